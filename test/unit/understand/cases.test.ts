import { describe, expect, it } from 'vitest'
import { NOTATIONS } from '../../../src/understand/index.ts'
import { moment, ownCases, publicCases, type Case } from './support.ts'

const KINDS = [
  'yes',
  'no',
  'command',
  'intake',
  'date',
  'time',
  'datetime',
  'place_trap',
  'phone',
  'nik',
  'rupiah',
  'name',
]

/** What makes two cases the same: case, white space and doubled letters do not. */
const normalised = ({ kind, in: text }: Case): string =>
  `${kind} ${text
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/([^\d])\1+/g, '$1')
    .trim()}`

describe.each([
  ['the public table', publicCases],
  ['our own table', ownCases],
])('%s', (_, cases) => {
  it.each(cases.map(each => [each.kind, each.in, each.want] as const))(
    '%s: %j is read as %j',
    (kind, text, want) => {
      expect(NOTATIONS[kind]?.(text, moment)).toBe(want)
    },
  )
})

it('has all 286 public cases and at least 400 of our own, 20 for each kind, none twice', () => {
  expect(publicCases).toHaveLength(286)
  expect(ownCases.length).toBeGreaterThanOrEqual(400)
  for (const kind of KINDS)
    expect(ownCases.filter(each => each.kind === kind).length, kind).toBeGreaterThanOrEqual(20)
  const seen = ownCases.map(normalised)
  const known = new Set(publicCases.map(normalised))
  expect(seen.filter((each, at) => known.has(each) || seen.indexOf(each) !== at)).toEqual([])
})
