import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FAQ_DIR, faqSearch } from '../../../src/app/faq.ts'
import { loadFaq } from '../../../src/app/loadFaq.ts'
import { faqAnswer, readLedgerOrQuestion } from '../../../src/understand/index.ts'
import { tableCases } from '../ledger/cases.ts'

const NOW = Date.parse('2026-11-25T10:00+07:00')
const MOMENT = { now: NOW, holidays: [], hours: { open: '08:00', close: '16:00' } }

interface Case {
  in: string
  /** The number of the entry; 0 = none. */
  faq: number
}
const read = (file: string): Case[] =>
  readFileSync(`test/fixtures/understand/${file}`, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Case)

describe.each(['faq-cases.jsonl', 'faq-own.jsonl'])('%s', file => {
  test.each(read(file))('$in', ({ in: text, faq }) => {
    expect(faqSearch()(text)?.entry.number ?? 0).toBe(faq)
  })
})

test('what the books can record is never answered as a question', () => {
  for (const { in: text, want, after } of tableCases) {
    if (after !== undefined) continue // only the flow knows what was written before
    const kinds = [want].flat().map(each => each['kind'])
    if (kinds.includes('ask') || kinds.includes('none')) continue
    expect(readLedgerOrQuestion(text, MOMENT, faqSearch()).is, text).not.toBe('question')
  }
})

test.each(read('faq-cases.jsonl').filter(each => each.faq > 0))('$in is never booked', ({ in: text }) => {
  const spoken = readLedgerOrQuestion(text, MOMENT, faqSearch())
  expect(spoken.is === 'ledger' && spoken.reading.is === 'entries').toBe(false)
})

test('every answer has its date, says where it may have changed, and ends with its next step', () => {
  for (const entry of loadFaq(FAQ_DIR)) {
    for (const language of ['id', 'en'] as const) {
      const answer = faqAnswer(entry, language)
      expect(answer.length).toBeLessThan(3500)
      expect(answer).toContain(language === 'id' ? '(per ' : '(as of ')
      expect(answer.endsWith(entry.next[language].replaceAll('*', '"'))).toBe(true)
    }
    if (entry.verify) expect(faqAnswer(entry, 'id')).toContain('mohon cek')
  }
})

test('whatever is typed, the search answers with an entry or nothing', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), text => {
      expect(faqSearch()(text)?.entry.number ?? 0).toBeGreaterThanOrEqual(0)
    }),
  )
})
