/**
 * What a reader found. Nothing guesses silently: `approximate` and `ask` are for the caller to confirm.
 * `why` is one of a closed set of codes per reader (see each reader's docstring), never a sentence.
 */
export type Reading<T> =
  | { kind: 'value'; value: T }
  /** A rounded or repaired value ("jam 9-an", "goceng", a typo): confirm before saving. */
  | { kind: 'approximate'; value: T }
  /** More than one reading; `candidates` may be empty when only the person can say. */
  | { kind: 'ask'; candidates: T[]; why: string }
  | { kind: 'none'; why: string }

export interface Holiday {
  /** `YYYY-MM-DD` in Jakarta. */
  date: string
  name: string
  kind: 'libur_nasional' | 'cuti_bersama'
}

/** What a reading of dates and times may depend on, and nothing else: no clock, zone or locale of the machine. */
export interface Moment {
  /** Epoch milliseconds. */
  now: number
  holidays: readonly Holiday[]
  /** Opening hours `HH:MM`, WIB: a bare hour is read inside them. */
  hours: { open: string; close: string }
}

export interface ChoiceOption {
  value: string
  label: string
  also?: readonly string[]
}

export const value = <T>(found: T): Reading<T> => ({ kind: 'value', value: found })
export const approximate = <T>(found: T): Reading<T> => ({ kind: 'approximate', value: found })
export const ask = <T>(candidates: T[], why: string): Reading<T> => ({ kind: 'ask', candidates, why })
export const none = <T>(why: string): Reading<T> => ({ kind: 'none', why })
