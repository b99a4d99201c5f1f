import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLog, errorForLog, mask } from '../../src/lib/log.ts'

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map(d => d.join(''))
const separated = (number: fc.Arbitrary<string>) =>
  fc
    .tuple(number, fc.constantFrom('', ' ', '-', '.', ' - '))
    .map(([n, separator]) => n.match(/.{1,4}/g)?.join(separator) ?? n)
const phone = separated(digits(10).map(d => `08${d}`))
const nik = separated(digits(16))
const token = fc
  .tuple(digits(9), fc.stringMatching(/^[A-Za-z0-9_-]{35}$/))
  .map(([id, secret]) => `${id}:${secret}`)

const logged = (write: (log: ReturnType<typeof createLog>) => void): string => {
  let out = ''
  write(createLog('trace', { write: line => (out += line) }))
  return out
}

describe('logs hold no phone, NIK or token', () => {
  test('wherever it stands in any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.oneof(phone, nik, token), fc.string(), (before, secret, after) => {
        const text = before + secret + after
        const out = logged(log => {
          log.info(text)
          log.warn({ detail: text, nested: { deep: [text] } }, 'something')
        })
        expect(out).not.toContain(secret)
        const bare = out.replace(/"time":"[^"]*"/g, '').replace(/[ .()-]/g, '')
        const run = /^\d/.test(secret) && !secret.includes(':') ? secret.replace(/\D/g, '') : undefined
        if (run) expect(bare).not.toContain(run)
      }),
    )
  })

  test('in digits of other scripts, in URLs with passwords and in e-mail addresses too', () => {
    expect(mask('nomor ٠٨١٢٣٤٥٦٧٨٩٠')).not.toContain('٠٨١٢٣')
    expect(mask('postgresql://okoce:hunter2@127.0.0.1:5432/x')).not.toContain('hunter2')
    expect(mask('siti.aminah@example.co.id')).toBe('[email]')
  })

  test('and every line stays JSON', () => {
    const out = logged(log => log.info({ update: 123456789012 }, 'x'))
    expect(JSON.parse(out)).toMatchObject({ update: '[number]' })
  })

  test('an error is logged by class, code and place only', () => {
    const error = Object.assign(new Error('Siti Aminah 081234567890'), { code: 'P2002' })
    const entry = errorForLog(error)
    expect(entry).toMatchObject({ error: 'Error', code: 'P2002' })
    expect(JSON.stringify(entry)).not.toContain('Siti')
  })
})
