import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeCaption, writeText } from '../../../src/channels/whatsapp/write.ts'
import { messageId } from '../../../src/channels/whatsapp/send.ts'
import { plain } from '../../support/whatsapp/plain.ts'

describe('a say on WhatsApp', () => {
  test('choices are numbers, with how to answer (buttons are dropped silently by phones, Baileys#1127, #2239; by forks, baileyrs#7, itsliaaa/baileys#13, Itsukichann/Baileys#86)', () => {
    const say = {
      text: ['Kapan Anda ', { bold: 'bisa' }, ' datang?'],
      choices: [{ label: 'Pagi', description: '09.00' }, { label: 'Sore' }],
      more: 'lainnya',
      hint: ['Balas dengan angka atau nama pilihan.'],
    }
    expect(writeText(say)).toBe(
      'Kapan Anda *bisa* datang?\n\n1. Pagi (09.00)\n2. Sore\n0. lainnya\n\n_Balas dengan angka atau nama pilihan._',
    )
  })

  test('bold ends with its line', () => {
    expect(writeText({ text: [{ bold: 'satu\n dua \n\ntiga' }] })).toBe('*satu*\n *dua* \n\n*tiga*')
  })

  test('words of a person are no markup: stars, underscores, quotations', () => {
    expect(writeText({ text: ['*a* _b_ ~c~ `d`\n> e'] })).toBe(
      '*\u2060a*\u2060 _\u2060b_\u2060 ~\u2060c~\u2060 `\u2060d`\u2060\n>\u2060 e',
    )
  })

  test('a picture without words is told for who cannot see it', () => {
    const file = { key: 'x', name: 'a.png', as: 'picture' as const, alt: 'Penjualan November' }
    expect(writeCaption({ text: [], file })).toBe('Penjualan November')
    expect(writeCaption({ text: ['Ini'], file })).toBe('Ini')
  })

  test('whatever a person wrote is read as they wrote it', () => {
    fc.assert(
      fc.property(
        fc.string().filter(text => !text.includes('\u2060')),
        text => {
          expect(plain(writeText({ text: [text] }))).toBe(text)
        },
      ),
    )
  })
})

test('a message has the same id at every attempt, and another for every message and account', () => {
  expect(messageId('whatsapp:main', '17')).toBe(messageId('whatsapp:main', '17'))
  expect(messageId('whatsapp:main', '17')).toMatch(/^3EB0[0-9A-F]{18}$/)
  expect(new Set([messageId('a', '1'), messageId('a', '2'), messageId('b', '1')]).size).toBe(3)
})
