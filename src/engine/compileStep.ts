import type { Argument, AskStep, ByLang, ChoiceDef, Common, FlowStep, OfferStep } from './format.ts'
import type { RawAsk, RawChoice, RawOffer, RawStep } from './schema.ts'
import type { RawTranslatedStep } from './schemaEn.ts'
import { parseTemplate, type Template } from './template.ts'
import { LIMITS } from './vocabulary.ts'

/** One step of a file as the interpreter walks it. A text without a translation speaks Indonesian in both languages. */

const NUDGE_AFTER = '3h'
const EXPIRE_AFTER = '7d'
const UNIT = { m: 60_000, h: 3_600_000, d: 86_400_000 }

const durationMs = (text: string): number =>
  Number(text.slice(0, -1)) * UNIT[text.at(-1) as keyof typeof UNIT]

export const both = <T>(id: T, en: T | undefined): ByLang<T> => ({ id, en: en ?? id })
export const texts = (id: string, en: string | undefined): ByLang<Template> =>
  both(parseTemplate(id), en === undefined ? undefined : parseTemplate(en))
const maybe = <T>(id: string | undefined, make: (id: string) => T): T | undefined =>
  id === undefined ? undefined : make(id)

interface Surroundings {
  title: ByLang<string>
  common: Common
}

export function compileStep(id: string, raw: RawStep, en: RawTranslatedStep, around: Surroundings): FlowStep {
  if ('say' in raw)
    return { does: 'say', id, text: texts(raw.say, en.say), file: raw.file?.slice(1, -1), next: raw.next }
  if ('ask' in raw) return compileAsk(id, raw, en, around)
  if ('call' in raw)
    return {
      does: 'call',
      id,
      call: raw.call,
      with: args(raw.with),
      save: raw.save ?? {},
      rows: raw.rows,
      next: raw.next,
    }
  if ('branch' in raw) return { does: 'branch', id, variable: raw.branch, next: raw.next }
  if ('run' in raw)
    return { does: 'run', id, flow: raw.run, with: args(raw.with), save: raw.save ?? {}, next: raw.next }
  if ('review' in raw) {
    const question = maybe(raw.question, text => texts(text, en.question))
    return {
      does: 'review',
      id,
      fields: raw.review,
      text: texts(raw.text, en.text),
      question,
      title: around.title,
      next: raw.next,
    }
  }
  if ('offer' in raw) return compileOffer(id, raw, en)
  if ('handover' in raw) return { does: 'handover', id, reason: raw.handover, text: raw.text, next: raw.next }
  return { does: 'end', id, then: raw.end === true ? undefined : raw.end }
}

const OFFER_LASTS = '2d'

function compileOffer(id: string, raw: RawOffer, en: RawTranslatedStep): OfferStep {
  const choices = raw.choices.map(choice => {
    const { value, label, also } = compileChoice(choice, en.choices?.[choice.value])
    return { value, label, also, run: choice.run, with: args(choice.with) }
  })
  const lasts = durationMs(raw.lasts ?? OFFER_LASTS)
  return { does: 'offer', id, text: texts(raw.offer, en.offer), choices, lasts }
}

const VARIABLE = /^\{([a-z][a-z0-9_]*)\}$/

/** `"{name}"` is the variable, anything else stands for itself. */
export function argument(raw: string | number | boolean): Argument {
  const match = typeof raw === 'string' ? VARIABLE.exec(raw) : null
  return match?.[1] === undefined ? { value: raw } : { variable: match[1] }
}

const args = (raw: Record<string, string | number | boolean> | undefined): Record<string, Argument> =>
  Object.fromEntries(Object.entries(raw ?? {}).map(([name, value]) => [name, argument(value)]))

function compileAsk(id: string, raw: RawAsk, en: RawTranslatedStep, around: Surroundings): AskStep {
  return {
    does: 'ask',
    id,
    kind: raw.ask,
    text: texts(raw.text, en.text),
    title: raw.title === undefined ? around.title : both(raw.title, en.title),
    save: raw.save,
    saveText: raw.save_text,
    choices: choicesOf(raw, en, around.common),
    from: raw.from,
    example: maybe(raw.example, text => texts(text, en.example)),
    retry: maybe(raw.retry, text => texts(text, en.retry)),
    tries: raw.tries ?? 3,
    afterTries: raw.after_tries,
    skip: maybe(raw.skip, label => both(label, en.skip)),
    max: raw.max ?? LIMITS.answer,
    strict: raw.strict ?? false,
    sensitive: raw.sensitive ?? raw.ask === 'nik',
    need: raw.need,
    hears: raw.hears ?? [],
    interrupt: raw.interrupt ?? 'allow',
    commands: raw.commands ?? {},
    nudge: nudgeOf(raw.nudge, en.nudge),
    expire: { after: durationMs(raw.expire?.after ?? EXPIRE_AFTER), to: raw.expire?.to },
    next: raw.next,
  }
}

function choicesOf(raw: RawAsk, en: RawTranslatedStep, common: Common): ChoiceDef[] {
  if (raw.ask === 'yesno' && raw.choices === undefined) {
    const { yes, no } = common.labels
    return [
      { value: 'yes', label: yes, also: [yes.id, yes.en], when: undefined },
      { value: 'no', label: no, also: [no.id, no.en], when: undefined },
    ]
  }
  return (raw.choices ?? []).map(choice => compileChoice(choice, en.choices?.[choice.value]))
}

function compileChoice(
  raw: RawChoice,
  en: string | { label: string; description?: string | undefined; also?: string[] | undefined } | undefined,
): ChoiceDef {
  const other = typeof en === 'string' ? { label: en } : en
  const also = [
    ...(raw.also ?? []),
    ...(other?.also ?? []),
    ...(other && other.label !== raw.label ? [raw.label, other.label] : []),
  ]
  const choice = { value: raw.value, label: both(raw.label, other?.label), also, when: raw.when }
  return raw.description === undefined
    ? choice
    : { ...choice, description: both(raw.description, other?.description) }
}

function nudgeOf(raw: RawAsk['nudge'], en: string | undefined): AskStep['nudge'] {
  if (raw === 'off') return undefined
  if (raw === undefined) return { after: durationMs(NUDGE_AFTER), text: undefined }
  if (typeof raw === 'string') return { after: durationMs(NUDGE_AFTER), text: texts(raw, en) }
  return { after: durationMs(raw.after), text: maybe(raw.text, text => texts(text, en)) }
}
