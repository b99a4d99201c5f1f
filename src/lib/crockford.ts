import { randomBytes } from 'node:crypto'

/** Crockford's base32: no I, L, O, U, so a number read aloud or written by hand stays right. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The first `length` bytes, five bits each. */
export const crockford = (bytes: Uint8Array, length: number): string =>
  Array.from(bytes.subarray(0, length), byte => ALPHABET[byte & 31]).join('')

/** A random, non-sequential number such as `OKO-7K3M9Q`: nobody can count participants by it. */
export function randomNumber(prefix: 'OKO' | 'J' | 'T' | 'B' | 'H', length: number): string {
  return `${prefix}-${crockford(randomBytes(length), length)}`
}
