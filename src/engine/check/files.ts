import type { RawFlow } from '../compile.ts'
import {
  commonFile,
  flowHead,
  STEP_KINDS,
  stepSchemas,
  type RawCommon,
  type RawFlowHead,
  type RawStep,
  type StepKind,
} from '../schema.ts'
import {
  translatedCommon,
  translatedStep,
  translationHead,
  type RawTranslatedStep,
  type RawTranslation,
} from '../schemaEn.ts'
import { readShape } from './shape.ts'
import { Source } from './source.ts'

export interface FlowFile {
  source: Source
  raw: RawFlow
  /** Steps with mistakes of shape: known by name, and nothing more is said about them. */
  broken: ReadonlySet<string>
}

export interface TranslationFile {
  source: Source
  raw: RawTranslation
  broken: ReadonlySet<string>
}

/** The files as far as their shape is right. */
export interface Files {
  sources: Source[]
  flows: Map<string, FlowFile>
  translations: Map<string, TranslationFile>
  common: { source: Source; raw: RawCommon } | undefined
  translatedCommon: { source: Source; raw: Pick<RawCommon, 'texts' | 'labels'> } | undefined
  /** Names of all flow files, with mistakes or not: a reference to one is no mistake of its own. */
  names: Set<string>
}

export function readFiles(files: readonly { path: string; text: string }[]): Files {
  const read: Files = {
    sources: [],
    flows: new Map(),
    translations: new Map(),
    common: undefined,
    translatedCommon: undefined,
    names: new Set(),
  }
  for (const { path, text } of files) {
    const source = new Source(path, text)
    read.sources.push(source)
    const parts = path.split('/')
    const name = (parts.at(-1) ?? '').replace(/\.ya?ml$/, '')
    const english = parts.at(-2) === 'en'
    if (!english && name !== 'common') read.names.add(name)
    if (source.problems.length === 0) readOne(read, source, name, english)
  }
  return read
}

function readOne(files: Files, source: Source, name: string, english: boolean): void {
  const data = source.read()
  if (name === 'common') {
    if (english) {
      const raw = readShape(source, translatedCommon, data)
      if (raw) files.translatedCommon = { source, raw }
    } else {
      const raw = readShape(source, commonFile, data)
      if (raw) files.common = { source, raw }
    }
    return
  }
  const id = (data as { id?: unknown } | null)?.id
  if (typeof id === 'string' && id !== name)
    source.at(['id'], {
      kind: 'wrong_id',
      message: `the id ${id} is not the name of the file`,
      remedy: `write id: ${name}, or rename the file to ${id}.yaml`,
    })
  if (english) readTranslation(files, source, name, data)
  else readFlow(files, source, name, data)
}

function readFlow(files: Files, source: Source, name: string, data: unknown): void {
  const head = readShape<RawFlowHead>(source, flowHead, data)
  if (!head) return
  const broken = new Set<string>()
  const steps: Record<string, RawStep> = {}
  for (const [id, step] of Object.entries(head.steps)) {
    const kind = kindOfStep(source, id, step)
    const read = kind && (readShape(source, stepSchemas[kind], step, ['steps', id]) as RawStep | undefined)
    if (read) steps[id] = read
    else broken.add(id)
  }
  files.flows.set(name, { source, raw: { ...head, id: name, steps }, broken })
}

const KINDS = STEP_KINDS.join(', ')

/** A step is what its one telling key says: `text` belongs to a question, and a question that is reviewed is a review. */
function kindOfStep(source: Source, id: string, step: unknown): StepKind | undefined {
  const keys = typeof step === 'object' && step !== null && !Array.isArray(step) ? Object.keys(step) : []
  const kinds = STEP_KINDS.filter(kind => keys.includes(kind))
  const [only] = kinds
  if (only !== undefined && kinds.length === 1) return only
  if (only === undefined)
    source.atKey(['steps', id], {
      kind: 'no_step_kind',
      message: `the step ${id} says nothing of what it does`,
      remedy: `give it one of ${KINDS}`,
    })
  else
    source.atKey(['steps', id, kinds[1] ?? ''], {
      kind: 'two_step_kinds',
      message: `the step ${id} does two things: ${kinds.join(' and ')}`,
      remedy: 'make it two steps, one after the other',
    })
  return undefined
}

function readTranslation(files: Files, source: Source, name: string, data: unknown): void {
  const head = readShape(source, translationHead, data)
  if (!head) return
  const broken = new Set<string>()
  const steps: Record<string, RawTranslatedStep> = {}
  for (const [id, step] of Object.entries(head.steps)) {
    const read = readShape(source, translatedStep, step, ['steps', id])
    if (read) steps[id] = read
    else broken.add(id)
  }
  files.translations.set(name, { source, raw: { ...head, steps }, broken })
}
