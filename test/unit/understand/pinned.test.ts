import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import {
  readCommand,
  readDate,
  readDateTime,
  readName,
  readNeed,
  readNik,
  readNumber,
  readPhone,
  readPlace,
  readRupiah,
  readTime,
  readYesNo,
} from '../../../src/understand/index.ts'
import { moment } from './support.ts'

/**
 * Full readings (kind, value, candidates, reason) of some 1,500 messages, so that nothing a caller sees changes unnoticed.
 * After a change that is wanted, `UPDATE_READINGS=1 npx vitest run pinned` rewrites the file: read its diff line by line.
 */
const FILE = new URL('../../fixtures/understand/readings.json', import.meta.url)

const READ: Record<string, (text: string) => unknown> = {
  yes: readYesNo, no: readYesNo, command: readCommand, intake: readNeed, name: readName, phone: readPhone, rupiah: readRupiah,
  number: readNumber, place_trap: text => readPlace(text), date: text => readDate(text, moment), time: text => readTime(text, moment),
  datetime: text => readDateTime(text, moment), nik: text => readNik(text, moment),
} // prettier-ignore

interface Pinned {
  kind: string
  in: string
  reading: unknown
}

const pinned = JSON.parse(readFileSync(FILE, 'utf8')) as Pinned[]

if (process.env['UPDATE_READINGS'] === '1') {
  const lines = pinned.map(({ kind, in: text }) =>
    JSON.stringify({ kind, in: text, reading: READ[kind]?.(text) ?? null }),
  )
  writeFileSync(FILE, `[\n${lines.join(',\n')}\n]\n`)
}

it.each(pinned.map(each => [each.kind, each.in, each.reading] as const))('%s: %j', (kind, text, reading) => {
  expect(READ[kind]?.(text) ?? null).toEqual(reading)
})
