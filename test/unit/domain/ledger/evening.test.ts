import { expect, test } from 'vitest'
import { nextEvening } from '../../../../src/domain/ledger/evening.ts'

const at = (time: string) => Date.parse(`${time}+07:00`)

test.each<[string, string, number, string | undefined]>([
  ['today while the hour is still to come', '2026-11-25T10:00', 0, '2026-11-25T20:00'],
  ['tomorrow once it is past', '2026-11-25T20:00', 0, '2026-11-26T20:00'],
  ['on the WIB day, also at one in the morning', '2026-11-25T01:00', 0, '2026-11-25T20:00'],
  ['daily while two evenings were ignored', '2026-11-25T20:00', 2, '2026-11-26T20:00'],
  ['weekly after three', '2026-11-25T20:00', 3, '2026-12-02T20:00'],
  ['never again after two weeks more', '2026-11-25T20:00', 5, undefined],
])('the next evening comes %s', (_, now, ignored, next) => {
  expect(nextEvening(at(now), 20, ignored)).toBe(next && at(next))
})
