import type { AskKind } from '../schema.ts'
import { choice, yesno } from './choice.ts'
import { choices } from './choices.ts'
import { date, location, name, nik, number, phone, rupiah, text, time, when } from './free.ts'
import type { Kind } from './kind.ts'
import { place } from './place.ts'

/** The kinds that can be asked. Documents are not taken in the chat, and the checker says so. */
export const KINDS: Partial<Record<AskKind, Kind>> = {
  choice, choices, yesno, text, name, phone, number, rupiah, date, time, when, place, location, nik,
} // prettier-ignore
