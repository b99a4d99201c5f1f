import type { Flow } from '../format.ts'
import type { RawStep } from '../schema.ts'
import type { CallSpecs } from '../types.ts'
import type { FlowFile } from './files.ts'
import type { Finding, Path } from './source.ts'

/** One flow under the rules: its file, what it means, and all flows around it. */
export interface Context {
  file: FlowFile
  flow: Flow
  flows: ReadonlyMap<string, Flow>
  /** Flow files by name, with mistakes or not. */
  names: ReadonlySet<string>
  calls: CallSpecs
  /** Flows that start without being given anything: by a command, a trigger or the end of another flow. */
  bare: ReadonlySet<string>
}

/** Reports at a key or value of a step. */
export const at = (context: Context, step: string, path: Path, finding: Finding): void =>
  context.file.source.at(['steps', step, ...path], finding)
export const atKey = (context: Context, step: string, path: Path, finding: Finding): void =>
  context.file.source.atKey(['steps', step, ...path], finding)

export const rawSteps = (context: Context): [string, RawStep][] => Object.entries(context.file.raw.steps)

/** "Did you mean …?" for a name that is not known: the closest of those that are. */
export function closest(name: string, known: Iterable<string>): string {
  let best: string | undefined
  let least = Math.max(2, Math.floor(name.length / 3)) + 1
  for (const each of known) {
    const apart = distance(name, each)
    if (apart < least) [best, least] = [each, apart]
  }
  return best === undefined ? '' : `; did you mean ${best}?`
}

function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const swap = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}
