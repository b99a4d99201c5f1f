import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { numberedText } from '../../../src/channels/numbered.ts'
import { html, writeSay } from '../../../src/channels/telegram/write.ts'

describe('a say on Telegram', () => {
  test('bold is ours; whatever a person wrote is escaped', () => {
    expect(html(['Halo ', { bold: 'Siti <b>' }, ' & "teman"'])).toBe(
      'Halo <b>Siti &lt;b&gt;</b> &amp; "teman"',
    )
  })

  test('three short answers share a row; longer ones stand alone; the next page is 0', () => {
    const short = writeSay({ text: ['?'], wait: 'w1', choices: [{ label: 'Ya' }, { label: 'Tidak' }] })
    expect(short.reply_markup).toEqual({
      inline_keyboard: [
        [
          { text: 'Ya', callback_data: 'w1.1' },
          { text: 'Tidak', callback_data: 'w1.2' },
        ],
      ],
    })
    const long = writeSay({
      text: ['?'],
      wait: 'w1',
      choices: [{ label: 'Kepulauan Seribu' }],
      more: 'Lainnya',
    })
    expect(long.reply_markup).toEqual({
      inline_keyboard: [
        [{ text: 'Kepulauan Seribu', callback_data: 'w1.1' }],
        [{ text: 'Lainnya', callback_data: 'w1.0' }],
      ],
    })
  })

  test('descriptions stand under the text', () => {
    const { text } = writeSay({
      text: ['Pilih'],
      wait: 'w',
      choices: [{ label: 'Daftar', description: '3 menit' }],
    })
    expect(text).toBe('Pilih\n\n• <b>Daftar</b>: 3 menit')
  })

  test('asking for a contact makes the one keyboard that can share it', () => {
    const { reply_markup } = writeSay({
      text: ['Nomor?'],
      request: 'contact',
      choices: [{ label: 'Bagikan nomor saya' }],
    })
    expect(reply_markup).toMatchObject({
      keyboard: [[{ text: 'Bagikan nomor saya', request_contact: true }]],
    })
  })
})

describe('a say as numbered text', () => {
  test('choices are numbered, 0 is the next page', () => {
    const say = {
      text: ['Pilih ', { bold: 'satu' }],
      wait: 'w',
      choices: [{ label: 'Ya' }, { label: 'Tidak' }],
      more: 'lainnya',
    }
    expect(numberedText(say)).toBe('Pilih *satu*\n\n1. Ya\n2. Tidak\n0. lainnya')
  })

  test('no words of a person become markup', () => {
    fc.assert(
      fc.property(fc.string(), words => {
        const out = numberedText({ text: [words] })
        expect(out).not.toMatch(/[*_~`](?!\u2060)/)
        expect(out.replaceAll('\u2060', '')).toBe(words.replaceAll('\u2060', ''))
      }),
    )
  })
})
