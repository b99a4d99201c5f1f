import { checkCalls } from './check/calls.ts'
import { checkCommon } from './check/common.ts'
import type { Context } from './check/context.ts'
import { readFiles, type Files, type FlowFile, type TranslationFile } from './check/files.ts'
import { checkNotice } from './check/notices.ts'
import { checkQuestions, checkTypes } from './check/questions.ts'
import { checkRoads } from './check/roads.ts'
import type { Problem } from './check/source.ts'
import { checkText, readable, readableTexts, textsOf, translatedTextsOf } from './check/texts.ts'
import { checkTranslation } from './check/translations.ts'
import { checkVariables } from './check/variables.ts'
import { checkTriggers } from './check/words.ts'
import { compileCommon, compileFlow, withRunVariables, type Ground } from './compile.ts'
import type { Flow, Flows } from './format.ts'
import type { RawStep } from './schema.ts'
import type { RawTranslatedStep } from './schemaEn.ts'
import type { CallSpecs } from './types.ts'

export type { Problem } from './check/source.ts'

export interface Checked {
  /** Only when there are no problems. */
  flows?: Flows
  /** In the order of file and line. */
  problems: Problem[]
}

/**
 * Reads flow files as programs are read: every mistake with its file, line, step and remedy, and flows to run only when
 * there is none.
 * @param files every `.yaml` under `flows/`, with its path; `en/` in the path marks the English texts
 * @param calls what the programme can be asked to do
 */
export function check(files: readonly { path: string; text: string }[], calls: CallSpecs): Checked {
  const read = readFiles(files)
  const ground: Ground = { calls, common: commonOf(read, checkCommon(read, calls)) }
  for (const file of [...read.flows.values(), ...read.translations.values()]) checkTexts(file)
  const compiled = new Map<string, Flow>()
  for (const [id, file] of read.flows)
    compiled.set(id, compileFlow(file.raw, read.translations.get(id)?.raw, ground))
  const flows = withRunVariables(compiled)
  const bare = bareFlows(read)
  for (const [id, file] of read.flows)
    checkFlow({ file, flow: flows.get(id) as Flow, flows, names: read.names, calls, bare })
  for (const [id, file] of read.flows) checkTranslation(file, read.translations.get(id))
  checkStrangers(read)
  const triggers = checkTriggers(read)
  const problems = read.sources.flatMap(source =>
    source.problems.toSorted((a, b) => a.line - b.line || a.column - b.column),
  )
  const missing = missingCommon(read)
  if (problems.length + missing.length > 0) return { problems: [...missing, ...problems] }
  return { flows: { byId: flows, common: ground.common, triggers, calls }, problems }
}

function bareFlows({ flows, common }: Files): Set<string> {
  const ends = [...flows.values()].flatMap(({ raw }) =>
    Object.values(raw.steps).flatMap(step => ('end' in step && step.end !== true ? [step.end] : [])),
  )
  const triggered = [...flows.values()].flatMap(({ raw }) => (raw.triggers ? [raw.id] : []))
  // `entry` and `question` are given what was typed
  const { entry: _, question: __, ...commands } = common?.raw.commands ?? {}
  return new Set([...Object.values(commands), ...ends, ...triggered])
}

function checkFlow(context: Context): void {
  checkRoads(context)
  // What a step with a mistake of shape saves is not known: the rest would only tell its shadow.
  if (context.file.broken.size > 0) return
  checkQuestions(context)
  checkNotice(context)
  checkTypes(context)
  checkCalls(context)
  checkVariables(context)
}

/** Reports texts that cannot be read and puts a sign in their place, so that the other rules can go on. */
function checkTexts(file: FlowFile | TranslationFile): void {
  const steps = file.raw.steps as Record<string, RawStep | RawTranslatedStep>
  for (const [id, step] of Object.entries(steps)) {
    const texts = isStep(step) ? textsOf(step) : translatedTextsOf(step)
    const bad = texts.filter(
      ({ path, text }) => checkText(file.source, ['steps', id, ...path], text) === undefined,
    )
    if (bad.length > 0) steps[id] = readable(step, bad)
  }
}

/** Of a flow: it goes on, ends, or offers flows to go on with. */
const isStep = (step: RawStep | RawTranslatedStep): step is RawStep =>
  'next' in step || 'end' in step || ('offer' in step && Array.isArray(step.choices))

const commonOf = (files: Files, bad: ReadonlySet<string>) => {
  const empty = {
    texts: {},
    labels: { yes: 'Ya', no: 'Tidak' },
    commands: {},
    format: 1 as const,
    id: 'common',
    version: 1,
  }
  const raw = files.common?.raw ?? empty
  const english = files.translatedCommon?.raw
  return compileCommon(
    { ...raw, texts: readableTexts(raw.texts, bad), labels: { ...empty.labels, ...raw.labels } },
    english && { ...english, texts: readableTexts(english.texts, bad) },
  )
}

/** Without the shared sentences nothing can be said. */
function missingCommon(files: Files): Problem[] {
  if (
    files.common ||
    files.sources.some(source => /(^|\/)common\.ya?ml$/.test(source.path) && source.problems.length > 0)
  )
    return []
  const finding = {
    kind: 'missing_common',
    message: 'there is no common.yaml',
    remedy: 'add the file with the shared texts',
  }
  return [{ file: 'flows/common.yaml', line: 1, column: 1, ...finding }]
}

/** English files of flows that do not exist. */
function checkStrangers(files: Files): void {
  for (const [id, { source }] of files.translations)
    if (!files.names.has(id))
      source.at(['id'], {
        kind: 'extra_translation',
        message: `there is no flow ${id} to translate`,
        remedy: 'remove the file, or rename it like its flow',
      })
}
