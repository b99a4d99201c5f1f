import { readFileSync } from 'node:fs'
import { defaultHolidays, NOTATIONS, type Moment } from '../src/understand/index.ts'

interface Case {
  kind: string
  in: string
}

const CASES = new URL('../test/fixtures/understand/chat-cases.json', import.meta.url)
const WARM_UP_MS = 500
const MEASURE_MS = 3000

/** Readings per second over all cases of the public case table, on one core; the last line is one JSON object. */
export function run(): Promise<void> {
  const { now, cases } = JSON.parse(readFileSync(CASES, 'utf8')) as { now: string; cases: Case[] }
  const moment: Moment = {
    now: Date.parse(now),
    holidays: defaultHolidays,
    hours: { open: '08:00', close: '16:00' },
  }
  readFor(cases, moment, WARM_UP_MS)
  const { readings, ms } = readFor(cases, moment, MEASURE_MS)
  const perKind = Object.fromEntries(
    [...new Set(cases.map(each => each.kind))].map(kind => [
      kind,
      perSecond(
        cases.filter(each => each.kind === kind),
        moment,
      ),
    ]),
  )
  for (const [kind, rate] of Object.entries(perKind))
    console.log(`${kind.padEnd(12)} ${rate.toLocaleString('en')} readings/s`)
  console.log(
    JSON.stringify({
      bench: 'understand',
      cases: cases.length,
      readings,
      seconds: ms / 1000,
      readingsPerSecond: Math.round((readings / ms) * 1000),
      perKind,
    }),
  )
  return Promise.resolve()
}

const perSecond = (cases: readonly Case[], moment: Moment): number => {
  const { readings, ms } = readFor(cases, moment, 200)
  return Math.round((readings / ms) * 1000)
}

function readFor(cases: readonly Case[], moment: Moment, limit: number): { readings: number; ms: number } {
  const start = performance.now()
  let readings = 0
  while (performance.now() - start < limit) {
    for (const each of cases) NOTATIONS[each.kind]?.(each.in, moment)
    readings += cases.length
  }
  return { readings, ms: performance.now() - start }
}
