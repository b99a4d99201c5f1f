import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { check, type Problem } from '../engine/check.ts'
import type { Flows } from '../engine/format.ts'
import type { CallSpecs } from '../engine/types.ts'

/** Flows with mistakes never go live: the start ends with this. */
export class FlowErrors extends Error {
  override readonly name = 'FlowErrors'
  constructor(readonly problems: readonly Problem[]) {
    super(
      `The flows have ${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'}:\n${problems.map(formatProblem).join('\n')}`,
    )
  }
}

/** `flows/registration.yaml:12:5 (step ask_name) unknown_step: there is no step x. Remedy: …` */
export function formatProblem({ file, line, column, step, kind, message, remedy }: Problem): string {
  return `${file}:${line}:${column}${step === undefined ? '' : ` (step ${step})`} ${kind}: ${message}.\n    Remedy: ${remedy}${remedy.endsWith('?') ? '' : '.'}`
}

/** Every flow file under `dir`, in the order of their names. */
export function readFlowFiles(dir: string): { path: string; text: string }[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.ya?ml$/.test(name))
    .toSorted()
    .map(name => ({ path: path.join(dir, name), text: readFileSync(path.join(dir, name), 'utf8') }))
}

/** Reads and checks the flows of a folder. @throws FlowErrors naming every mistake */
export function loadFlows(dir: string, calls: CallSpecs): Flows {
  const { flows, problems } = check(readFlowFiles(dir), calls)
  if (!flows) throw new FlowErrors(problems)
  return flows
}
