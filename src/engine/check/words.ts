import { gist, readCommand } from '../../understand/index.ts'
import type { Files } from './files.ts'
import type { Source } from './source.ts'

/** Trigger words: each starts one flow, and none is a global command. @returns the gist of the words → flow */
export function checkTriggers(files: Files): Map<string, string> {
  const owners = new Map<string, string>()
  const check = (source: Source, flow: string, triggers: readonly string[] | undefined) => {
    for (const [index, trigger] of (triggers ?? []).entries()) {
      const word = gist(trigger)
      const owner = owners.get(word)
      if (owner !== undefined && owner !== flow)
        source.at(['triggers', index], {
          kind: 'trigger_twice',
          message: `"${trigger}" starts ${owner} already`,
          remedy: 'keep it in one of the two flows',
        })
      if (readCommand(trigger)?.exact === true)
        source.at(['triggers', index], {
          kind: 'trigger_is_command',
          message: `"${trigger}" is a global command, which always comes first`,
          remedy: 'remove it; commands are led to flows in common.yaml',
        })
      owners.set(word, flow)
    }
  }
  for (const [id, { source, raw }] of files.flows) check(source, id, raw.triggers)
  for (const [id, { source, raw }] of files.translations) check(source, id, raw.triggers)
  return owners
}
