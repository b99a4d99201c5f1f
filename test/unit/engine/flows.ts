import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse, stringify } from 'yaml'
import { callSpecs } from '../../../src/app/callSpecs.ts'
import { loadFlows } from '../../../src/app/loadFlows.ts'
import { check, type Checked } from '../../../src/engine/check.ts'
import type { Flows } from '../../../src/engine/format.ts'
import type { CallSpecs } from '../../../src/engine/types.ts'
import type { Calls } from './runner.ts'

const ROOT = path.join(import.meta.dirname, '../../..')
const file = (name: string) => readFileSync(path.join(ROOT, 'flows', name), 'utf8')

/** The flows as they are delivered. */
export const realFlows = (): Flows => loadFlows(path.join(ROOT, 'flows'), callSpecs)

export const TEST_CALLS: CallSpecs = {
  look_up: {
    input: {},
    outcomes: { found: { number: 'choice', name: 'name' }, nothing: {} },
    rows: true,
    writes: false,
    contended: false,
  },
  store: {
    input: { name: 'text', note: 'text?' },
    outcomes: { stored: { number: 'choice' }, taken: {} },
    writes: true,
    contended: true,
  },
  draw: {
    input: {},
    outcomes: { drawn: { picture: 'file' } },
    writes: false,
    contended: false,
  },
  open_ticket: {
    input: { reason: 'choice', text: 'text?' },
    outcomes: { opened: { ticket: 'choice', answered_by: 'choice' } },
    writes: true,
    contended: false,
  },
}

const COMMON = file('common.yaml')
  .replace(
    /commands:\n( {2}\w+: \w+\n)+/,
    'commands:\n  menu: menu\n  start: main\n  help: help\n  human: human\n',
  )
  .replace(/^links:\n(?: {2}.+\n)+/m, '')
const ENGLISH_COMMON = file('en/common.yaml')
const OTHERS = ['menu', 'help', 'human']

const SMALL_MENU = `
format: 1
id: menu
version: 1
title: menu
start: pick
steps:
  pick:
    ask: choice
    text: Menu?
    save: pick
    choices: [{ value: a, label: Utama }, { value: b, label: Bantuan }]
    next: { a: to_main, b: to_help }
  to_main: { end: main }
  to_help: { end: help }
`

/** Every text of a flow as its own English translation. */
export function asEnglish(yaml: string): string {
  const flow = parse(yaml) as { id: string; title: string; steps: Record<string, Record<string, unknown>> }
  const steps: Record<string, unknown> = {}
  for (const [id, step] of Object.entries(flow.steps)) {
    const own: Record<string, unknown> = {}
    const spoken =
      'ask' in step || 'review' in step
        ? ['text', 'question', 'title', 'example', 'retry', 'skip']
        : ['say', 'offer']
    for (const key of spoken) if (typeof step[key] === 'string') own[key] = step[key]
    const nudge = typeof step.nudge === 'object' ? (step.nudge as { text?: string }).text : step.nudge
    if (nudge !== undefined && nudge !== 'off') own.nudge = nudge
    const choices = step.choices as { value: string; label: string; description?: string }[] | undefined
    if (choices && ('ask' in step || 'offer' in step))
      own.choices = Object.fromEntries(
        choices.map(({ value, label, description }) => [
          value,
          description === undefined ? label : { label, description },
        ]),
      )
    if (Object.keys(own).length > 0) steps[id] = own
  }
  return stringify({ format: 1, id: flow.id, title: flow.title, steps })
}

/** A flow `main` of a test among a small menu and the delivered help, human and shared texts. */
export function flowFiles(...flows: string[]): { path: string; text: string }[] {
  const own = flows.flatMap(text => {
    const { id } = parse(text) as { id: string }
    return [
      { path: `flows/${id}.yaml`, text },
      { path: `flows/en/${id}.yaml`, text: asEnglish(text) },
    ]
  })
  const others = OTHERS.flatMap(name => [
    { path: `flows/${name}.yaml`, text: name === 'menu' ? SMALL_MENU : file(`${name}.yaml`) },
    {
      path: `flows/en/${name}.yaml`,
      text: name === 'menu' ? asEnglish(SMALL_MENU) : file(`en/${name}.yaml`),
    },
  ])
  const shared = [
    { path: 'flows/common.yaml', text: COMMON },
    { path: 'flows/en/common.yaml', text: ENGLISH_COMMON },
  ]
  return [...own, ...others.filter(other => !own.some(each => each.path === other.path)), ...shared]
}

export const checkFlows = (...flows: string[]): Checked => check(flowFiles(...flows), TEST_CALLS)

export function flowsOf(...flows: string[]): Flows {
  const checked = checkFlows(...flows)
  if (!checked.flows) throw new Error(JSON.stringify(checked.problems, null, 1))
  return checked.flows
}

/** A flow file with these steps. */
export const mainFlow = (start: string, steps: string, more = ''): string =>
  `format: 1\nid: main\nversion: 1\ntitle: percobaan\nstart: ${start}\n${more}steps:\n${steps}`

export const TICKET: Calls = {
  open_ticket: () => ({
    outcome: 'opened',
    output: { ticket: 'T-7K3M', answered_by: 'Kamis, 26 November 2026' },
  }),
}

const PROFILE = {
  number: 'OKO-7K3M9Q',
  name: 'Siti Aminah',
  form_of_address: 'Ibu',
  centre: 'Kebon Jeruk',
  kota: 'Jakarta Barat',
  coach: 'menyusul',
  stage: 'P1',
  step: 'bertemu coach',
}
const NEEDS = { wants_job: 'cari_kerja', wants_start: 'mulai_usaha', wants_grow: 'naik_kelas' }

/** Nobody is known yet; where that is no outcome, the first one with nothing to tell. */
const UNKNOWN: Calls = Object.fromEntries(
  Object.entries(callSpecs).map(([name, { outcomes }]) => {
    const empty = Object.keys(outcomes).find(outcome => Object.keys(outcomes[outcome] ?? {}).length === 0)
    return [name, () => ({ outcome: 'nobody' in outcomes ? 'nobody' : (empty ?? ''), rows: [] })]
  }),
)

/** Answers of the programme for somebody who registers for the first time. */
const SESSION = { when: 'Senin', place: 'OK OCE Center Gambir', coach: 'Coach Faran', topic: 'Perizinan' }
const ROWS = Array.from({ length: 9 }, (_, day) => ({
  value: `2026-12-0${day + 1}`,
  label: `${day + 1} Des`,
}))

export const NEWCOMER: Calls = {
  ...UNKNOWN,
  ...TICKET,
  who: () => ({ outcome: 'new' }),
  forget: () => ({ outcome: 'forgotten' }),
  record_consent: () => ({ outcome: 'recorded', output: { at: 'Rabu' } }),
  phone_of_chat: () => ({ outcome: 'unknown' }),
  find_own: () => ({ outcome: 'free' }),
  nik_wanted: () => ({ outcome: 'yes' }),
  check_nik: () => ({ outcome: 'adult' }),
  count_needs: input => {
    const needs = Object.entries(NEEDS).filter(([name]) => input[name] === 'yes')
    const [only] = needs
    if (!only) return { outcome: 'none' }
    return needs.length > 1 ? { outcome: 'several' } : { outcome: 'one', output: { primary_need: only[1] } }
  },
  guess_needs: input => ({
    outcome: 'guessed',
    output: Object.fromEntries(
      Object.entries(NEEDS).map(([name, need]) => [
        name,
        input[name] === 'yes' || input.closest === need ? 'yes' : 'no',
      ]),
    ),
  }),
  register: () => ({ outcome: 'registered', output: PROFILE }),
  erase: () => ({ outcome: 'erased', output: { number: 'B-1', at: 'Rabu', backups: 'Januari' } }),
  switch_person: () => ({ outcome: 'gone' }),
  claim_own: () => ({ outcome: 'unsure' }),
  booking_state: () => ({ outcome: 'ready', output: { name: 'Siti' } }),
  book_days: () => ({ outcome: 'some', output: { centre_name: 'Gambir', hours: 'Senin' }, rows: ROWS }),
  when: () => ({ outcome: 'slot', output: { slot: '2026-11-30T09:00', centre: '31.71.01' }, rows: ROWS }),
  hold_slot: () => ({ outcome: 'held', output: { ...SESSION, minutes: 5 } }),
  confirm_booking: () => ({
    outcome: 'booked',
    output: {
      ...SESSION,
      code: 'J-1',
      bring: 'KTP',
      file: { key: 'own/1', name: 'J-1.ics', as: 'document' },
    },
  }),
  join_waiting: () => ({ outcome: 'joined', output: { centre_name: 'Gambir', minutes: 30 } }),
}
