import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newState } from '../../../src/engine/state.ts'
import { parseTemplate, plainText, render, slotsOf, TemplateError } from '../../../src/engine/template.ts'
import { apology, lengthOf, splitSay } from '../../../src/engine/texts.ts'
import type { RichText, Say } from '../../../src/engine/types.ts'
import { realFlows } from './flows.ts'

const fill =
  (values: Record<string, string>, byPerson = false) =>
  (slot: string) => ({ text: values[slot] ?? '', byPerson })

describe('templates', () => {
  test.each<[string, RichText]>([
    ['Halo', ['Halo']],
    ['Halo *dunia*!', ['Halo ', { bold: 'dunia' }, '!']],
    ['*{name}* dan {name}', [{ bold: 'Siti' }, ' dan Siti']],
    ['a \\* b \\{c\\}', ['a * b {c}']],
    ['*a**b*', [{ bold: 'ab' }]],
    ['', []],
  ])('%j', (source, text) => {
    expect(render(parseTemplate(source), fill({ name: 'Siti' }))).toEqual(text)
  })

  test('the words of a person are never bold and never markup', () => {
    expect(render(parseTemplate('*{name}*'), fill({ name: '*Siti* {x}' }, true))).toEqual(['*Siti* {x}'])
  })

  test.each(['*a', 'a*', '{', '{a', '{A}', '{a b}', '{}'])('%j is refused', source => {
    expect(() => parseTemplate(source)).toThrow(TemplateError)
  })

  test('placeholders, each once', () => {
    expect(slotsOf(parseTemplate('{b} {a} {b}'))).toEqual(['b', 'a'])
  })

  test('any text is either read or refused, and plain text survives', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), source => {
        try {
          parseTemplate(source)
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError)
        }
        const escaped = source.replace(/[\\*{}]/g, '\\$&')
        expect(plainText(render(parseTemplate(escaped), fill({})))).toBe(source)
      }),
    )
  })
})

const span = fc.oneof(
  fc.string({ maxLength: 400 }),
  fc.string({ minLength: 1, maxLength: 100 }).map(bold => ({ bold })),
)
const words = (say: Say) => plainText(say.text).replace(/[\s*]/g, '')

describe('splitSay', () => {
  test('a text that fits stays as it is', () => {
    const say: Say = { text: ['Halo'], wait: 'a', choices: [{ label: 'Ya' }] }
    expect(splitSay(say, 100)).toEqual([say])
  })

  test('breaks at a paragraph, then a line, a sentence, a word', () => {
    const parts = (text: string, limit: number) =>
      splitSay({ text: [text] }, limit).map(say => plainText(say.text))
    expect(parts('satu dua\n\ntiga empat', 12)).toEqual(['satu dua', 'tiga empat'])
    expect(parts('satu dua\ntiga empat', 12)).toEqual(['satu dua', 'tiga empat'])
    expect(parts('Satu dua. Tiga empat.', 14)).toEqual(['Satu dua.', 'Tiga empat.'])
    expect(parts('satu dua tiga', 10)).toEqual(['satu dua', 'tiga'])
    expect(parts('a'.repeat(25), 10)).toEqual(['a'.repeat(10), 'a'.repeat(10), 'a'.repeat(5)])
  })

  test('choices, wait and request are on the last part only', () => {
    const parts = splitSay(
      {
        text: ['kata '.repeat(50)],
        wait: 'a',
        choices: [{ label: 'Ya' }],
        more: 'Lainnya',
        request: 'contact',
      },
      60,
    )
    expect(parts.slice(0, -1).every(part => Object.keys(part).join() === 'text')).toBe(true)
    expect(parts.at(-1)).toMatchObject({
      wait: 'a',
      choices: [{ label: 'Ya' }],
      more: 'Lainnya',
      request: 'contact',
    })
  })

  test('no part is longer than the limit, nothing is lost, and no letter is torn apart', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 30 }), fc.integer({ min: 20, max: 300 }), (text, limit) => {
        const say: Say = { text }
        const parts = splitSay(say, limit)
        for (const part of parts) expect(lengthOf(part.text)).toBeLessThanOrEqual(limit)
        expect(parts.map(words).join('')).toBe(words(say))
      }),
    )
    const emoji = splitSay({ text: ['🙂'.repeat(50)] }, 21)
    for (const part of emoji) expect(plainText(part.text).isWellFormed()).toBe(true)
  })
})

test('the apology is in the language of the conversation', () => {
  const flows = realFlows()
  expect(plainText(apology(flows, undefined).text)).toContain('sedang ada gangguan')
  expect(plainText(apology(flows, newState('en')).text)).toContain('a problem in our system')
})

describe('what goes with a text has its room', () => {
  const letters = (count: number) => 'kata '.repeat(count / 5)

  test('captions over 1024: the text goes first, the file follows', () => {
    const file = { key: 'own/1', name: 'buku.xlsx', as: 'document' } as const
    expect(splitSay({ text: [letters(1000)], file }, 3800)).toHaveLength(1)
    const [text, last, ...others] = splitSay({ text: [letters(1500)], file }, 3800)
    expect(others).toEqual([])
    expect(text).toEqual({ text: [letters(1500)] })
    expect(last).toEqual({ text: [], file })
  })

  test('message is too long: rows with their descriptions are counted', () => {
    const choices = Array.from({ length: 10 }, () => ({ label: 'x'.repeat(24), description: 'y'.repeat(72) }))
    const says = splitSay({ text: [letters(3700)], wait: 'w', choices, replaces: '7' }, 3800)
    expect(says.length).toBe(2)
    for (const say of says) expect(lengthOf(say.text)).toBeLessThan(3800 - 1000)
    expect(says.map(say => [say.wait, say.replaces])).toEqual([
      [undefined, undefined],
      ['w', undefined],
    ])
  })
})
