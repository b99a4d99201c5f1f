import { randomBytes } from 'node:crypto'

/** Crockford's base32: no I, L, O, U, so a number read aloud or written by hand stays right. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A random, non-sequential number such as `OKO-7K3M9Q`: nobody can count participants by it. */
export function randomNumber(prefix: 'OKO' | 'J' | 'T' | 'B', length: number): string {
  const code = Array.from(randomBytes(length), byte => ALPHABET[byte & 31]).join('')
  return `${prefix}-${code}`
}
