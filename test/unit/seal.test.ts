import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Sealer, SealError } from '../../src/db/seal.ts'

const sealer = new Sealer(Buffer.from('a test key that is longer than 32 characters'))
const place = 'residents:1:phone'

describe('sealed values', () => {
  test('open to what was sealed, and never look like it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), plain => {
        const sealed = sealer.seal(place, plain)
        expect(sealer.open(place, sealed)).toBe(plain)
        if (plain.length > 3) expect(sealed.includes(Buffer.from(plain))).toBe(false)
      }),
    )
  })

  test('a changed bit, another row, another field, another key: an error, no plaintext', () => {
    const sealed = sealer.seal(place, '+6281234567890')
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const tampered = Buffer.from(sealed)
        tampered[at] = (tampered[at] ?? 0) ^ (1 << bit)
        expect(() => sealer.open(place, tampered)).toThrow(SealError)
      }),
    )
    expect(() => sealer.open('residents:2:phone', sealed)).toThrow(SealError)
    expect(() => sealer.open('residents:1:nik', sealed)).toThrow(SealError)
    expect(() => new Sealer(randomBytes(32)).open(place, sealed)).toThrow(SealError)
    expect(() => sealer.open(place, sealed.subarray(0, 10))).toThrow(SealError)
  })

  test('digests find equals, differ by kind and by key', () => {
    expect(sealer.digest('phone', '+62812')).toBe(sealer.digest('phone', '+62812'))
    expect(sealer.digest('phone', '+62812')).not.toBe(sealer.digest('nik', '+62812'))
    expect(sealer.digest('phone', '+62812')).not.toBe(new Sealer(randomBytes(32)).digest('phone', '+62812'))
  })
})
