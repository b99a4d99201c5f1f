import { readFileSync } from 'node:fs'
import { defaultHolidays, type Moment } from '../../../src/understand/index.ts'

export interface Case {
  kind: string
  in: string
  want: string | number
}

const load = (name: string): Case[] =>
  (
    JSON.parse(readFileSync(new URL(`../../fixtures/understand/${name}`, import.meta.url), 'utf8')) as {
      cases: Case[]
    }
  ).cases

/** Wednesday 25 November 2026, 10.00 WIB, open 08.00–16.00: the moment of all tables. */
export const moment: Moment = {
  now: Date.parse('2026-11-25T10:00+07:00'),
  holidays: defaultHolidays,
  hours: { open: '08:00', close: '16:00' },
}

export const publicCases = load('chat-cases.json')
export const ownCases = load('own-cases.json')
export const allCases = [...publicCases, ...ownCases]
