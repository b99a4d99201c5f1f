import type { RawCommon } from '../schema.ts'
import type { CallSpecs } from '../types.ts'
import { COMMON_LABELS, COMMON_TEXTS, FLOW_COMMANDS, LIMITS, type CommonText } from '../vocabulary.ts'
import { closest } from './context.ts'
import type { Files } from './files.ts'
import type { Source } from './source.ts'
import { checkLabel, checkText } from './texts.ts'
import { comparePlaceholders } from './translations.ts'

/** The shared sentences: all of them, with no other placeholders than the engine fills, in both languages. */
export function checkCommon(files: Files, calls: CallSpecs): ReadonlySet<string> {
  const bad = new Set<string>()
  const { common, translatedCommon: english } = files
  if (!common) return bad
  const { source, raw } = common
  checkCommands(source, raw, files, calls)
  checkLinks(source, raw, files)
  checkNames(source, raw)
  for (const [id, text] of Object.entries(raw.texts)) if (!checkPlaceholders(source, id, text)) bad.add(id)
  for (const [id, label] of Object.entries(raw.labels))
    checkLabel(source, ['labels', id], label, { most: LIMITS.button, what: 'button' })
  if (!english) {
    source.at(['texts'], {
      kind: 'missing_translation',
      message: 'the shared texts have no English file',
      remedy: 'write flows/en/common.yaml with the same texts and labels',
    })
    return bad
  }
  checkNames(english.source, english.raw)
  for (const [id, text] of Object.entries(english.raw.texts)) {
    const own = raw.texts[id]
    if (!checkPlaceholders(english.source, id, text)) bad.add(id)
    else if (own !== undefined && !bad.has(id)) comparePlaceholders(english.source, ['texts', id], own, text)
  }
  for (const [id, label] of Object.entries(english.raw.labels))
    checkLabel(english.source, ['labels', id], label, { most: LIMITS.button, what: 'button' })
  return bad
}

function checkCommands(source: Source, raw: RawCommon, files: Files, calls: CallSpecs): void {
  for (const [command, flow] of Object.entries(raw.commands)) {
    if (!(FLOW_COMMANDS as readonly string[]).includes(command))
      source.atKey(['commands', command], {
        kind: 'unknown_command',
        message: `there is no command ${command}`,
        remedy: `use one of ${FLOW_COMMANDS.join(', ')}${closest(command, FLOW_COMMANDS)}`,
      })
    if (!files.names.has(flow))
      source.at(['commands', command], {
        kind: 'unknown_flow',
        message: `there is no flow ${flow}`,
        remedy: `name a file in flows/${closest(flow, files.names)}`,
      })
  }
  for (const needed of ['menu', 'start'])
    if (raw.commands[needed] === undefined)
      source.atKey(['commands'], {
        kind: 'missing_command',
        message: `no flow answers the command ${needed}`,
        remedy: `add ${needed}: with the name of a flow`,
      })
  if (!calls.open_ticket)
    source.atKey(['texts', 'handoff_done'], {
      kind: 'unknown_call',
      message: 'the programme has no call open_ticket, so nobody could take over',
      remedy: 'declare the call open_ticket',
    })
}

/** A link gives its flow a text: what somebody can type into an address is not more than that. */
function checkLinks(source: Source, { links = {} }: RawCommon, files: Files): void {
  for (const [prefix, { flow, input }] of Object.entries(links)) {
    if (!files.names.has(flow))
      source.at(['links', prefix, 'flow'], {
        kind: 'unknown_flow',
        message: `there is no flow ${flow}`,
        remedy: `name a file in flows/${closest(flow, files.names)}`,
      })
    const inputs = files.flows.get(flow)?.raw.input
    if (files.flows.has(flow) && inputs?.[input] !== 'text')
      source.at(['links', prefix, 'input'], {
        kind: 'unknown_input',
        message: `${flow} takes no text ${input}`,
        remedy: `declare input: { ${input}: text } in ${flow}${closest(input, Object.keys(inputs ?? {}))}`,
      })
  }
}

function checkNames(source: Source, { texts, labels }: Pick<RawCommon, 'texts' | 'labels'>): void {
  const check = (part: 'texts' | 'labels', given: Record<string, string>, needed: readonly string[]) => {
    for (const id of needed)
      if (given[id] === undefined)
        source.atKey([part], {
          kind: 'missing_text',
          message: `${id} is missing`,
          remedy: `add ${id}: under ${part}:`,
        })
    for (const id of Object.keys(given))
      if (!needed.includes(id))
        source.atKey([part, id], {
          kind: 'unknown_text',
          message: `nothing says ${id}`,
          remedy: `remove it${closest(id, needed)}`,
        })
  }
  check('texts', texts, Object.keys(COMMON_TEXTS))
  check('labels', labels, COMMON_LABELS)
}

/** @returns whether the text can be read */
function checkPlaceholders(source: Source, id: string, text: string): boolean {
  const slots = checkText(source, ['texts', id], text)
  if (slots === undefined) return false
  const allowed: readonly string[] = COMMON_TEXTS[id as CommonText] ?? []
  for (const slot of slots)
    if (id in COMMON_TEXTS && !allowed.includes(slot))
      source.at(['texts', id], {
        kind: 'unknown_placeholder',
        message: `{${slot}} stands for nothing here`,
        remedy:
          allowed.length > 0
            ? `use ${allowed.map(each => `{${each}}`).join(', ')}`
            : 'this text has no placeholders',
      })
  return true
}
