import { readCommand } from '../../understand/index.ts'
import { fold } from '../fold.ts'
import type { RawOffer } from '../schema.ts'
import type { VarType } from '../types.ts'
import { UNBLOCKABLE } from '../vocabulary.ts'
import { checkArgument, missingInput, noticeRun, unknownFlow } from './calls.ts'
import { checkTwins } from './choices.ts'
import { at, atKey, closest, rawSteps, type Context } from './context.ts'
import { checkLabel } from './texts.ts'
import { LIMITS } from '../vocabulary.ts'

/** What a notice may do: it speaks beside an open question, so it asks nothing and runs nothing that asks. */
const SPEAKS = ['say', 'call', 'branch', 'offer', 'end']

/** Notices ask nothing; their buttons start flows with values that a state can carry for days. */
export function checkNotice(context: Context): void {
  const { flow, file } = context
  for (const [id, step] of rawSteps(context)) {
    if (flow.notice && !SPEAKS.some(kind => kind in step))
      atKey(context, id, [], {
        kind: 'not_in_notice',
        message: `the step ${id} would wait or lead away, and a notice speaks beside whatever is open`,
        remedy: `use only ${SPEAKS.join(', ')}; put the rest into a flow that an offer starts`,
      })
    if ('offer' in step) checkOffer(context, id, step)
  }
  if (flow.notice && file.raw.triggers)
    file.source.atKey(['triggers'], {
      kind: 'not_in_notice',
      message: 'nobody starts a notice',
      remedy: 'remove triggers',
    })
}

/** Short enough to lie in a state for days. */
const CARRIED: readonly VarType[] = ['choice', 'number', 'rupiah', 'date', 'time', 'datetime', 'place']

/** Alone they answer whatever question is open. */
const ANSWERS = new Set([
  'ya',
  'iya',
  'y',
  'tidak',
  'tdk',
  'gak',
  'nggak',
  'belum',
  'ok',
  'oke',
  'mau',
  'boleh',
  'yes',
  'no',
])

function checkOffer(context: Context, id: string, step: RawOffer): void {
  const rule =
    step.choices.length <= LIMITS.buttons
      ? { most: LIMITS.button, what: 'button' }
      : { most: LIMITS.row, what: 'row' }
  for (const [index, choice] of step.choices.entries()) {
    const path = ['choices', index]
    checkLabel(context.file.source, ['steps', id, ...path, 'label'], choice.label, rule)
    for (const word of [choice.label, ...(choice.also ?? [])]) checkWord(context, id, path, word)
    const target = context.flows.get(choice.run)
    if (!context.names.has(choice.run)) at(context, id, [...path, 'run'], unknownFlow(context, choice.run))
    else if (target?.notice) at(context, id, [...path, 'run'], noticeRun(choice.run))
    else if (target) checkGiven(context, id, { path, choice, input: target.input })
  }
  checkTwins(context, id, step.choices)
}

/** Right after something was noted it means that; everything is deleted with "hapus data", which no offer may take. */
const DELETE = 'hapus'

function checkWord(context: Context, id: string, path: (string | number)[], word: string): void {
  const said = readCommand(word)
  const always = said?.exact === true && UNBLOCKABLE.has(said.command) && fold(word) !== DELETE
  if (always || ANSWERS.has(fold(word)))
    at(context, id, path, {
      kind: 'words_taken',
      message: `"${word}" ${always ? 'is a command that always works' : 'would answer the question that is open'}`,
      remedy: 'use a word that means only this, such as datang or pindah',
    })
}

interface Chosen {
  path: (string | number)[]
  choice: RawOffer['choices'][number]
  input: Readonly<Record<string, VarType>>
}

function checkGiven(context: Context, id: string, { path, choice, input }: Chosen): void {
  const given = choice.with ?? {}
  for (const [name, raw] of Object.entries(given)) {
    const type = input[name]
    if (type === undefined)
      atKey(context, id, [...path, 'with', name], {
        kind: 'unknown_input',
        message: `${choice.run} takes no ${name}`,
        remedy: `declare it under input: in ${choice.run}.yaml${closest(name, Object.keys(input))}`,
      })
    else if (!CARRIED.includes(type))
      atKey(context, id, [...path, 'with', name], {
        kind: 'wrong_type',
        message: `${name} is ${type}, and a button carries only ${CARRIED.join(', ')}`,
        remedy: 'give a number or code, and let the flow call for the rest',
      })
    else checkArgument(context, id, [...path, 'with', name], { name, raw, type })
  }
  const needed = context.bare.has(choice.run) ? [] : Object.keys(input)
  for (const name of needed)
    if (given[name] === undefined) atKey(context, id, [...path, 'run'], missingInput(choice.run, name))
}
