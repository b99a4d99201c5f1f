import type { CallSpecs } from '../../engine/types.ts'
import { action, question } from './kinds.ts'

const nobody = {}

/**
 * Books kept by chat. `entry` and `row` are numbers of rows of the book, several separated by commas (what one message
 * made). `span`: day, week or month.
 */
export const BOOKS = {
  book_status: {
    input: {},
    outcomes: { empty: {}, kept: { progress: 'text' }, nobody },
    ...question,
  },
  /**
   * Reads a message and writes what is sure. `ask`: one question with its answers as rows, given back as `pick`. `again`:
   * the same was written just now; `sure: yes` writes it all the same. `next`: what to bring up after the echo, at most one thing and each only
   * once: night, opening, evening or none.
   */
  record_entry: {
    input: { text: 'text', pick: 'choice?', sure: 'choice?' },
    outcomes: {
      recorded: { echo: 'text', entry: 'choice', next: 'choice' },
      removed: { line: 'text', row: 'choice' },
      ask: { question: 'text' },
      again: { line: 'text' },
      plan: {},
      unread: { hint: 'text' },
      nobody,
    },
    rows: true,
    ...action,
  },
  /** The entries behind a number; several are rows to choose from. */
  book_entry: {
    input: { entry: 'choice' },
    outcomes: { one: { entry: 'choice', line: 'text' }, several: {}, gone: {}, nobody },
    rows: true,
    ...question,
  },
  undo_entry: {
    input: { entry: 'choice' },
    outcomes: { undone: { line: 'text', row: 'choice' }, gone: {}, nobody },
    ...action,
  },
  /** Undoes the undoing, for 24 hours. */
  redo_entry: {
    input: { row: 'choice' },
    outcomes: { redone: { line: 'text', entry: 'choice' }, late: {}, gone: {}, nobody },
    ...action,
  },
  /** Writes an entry anew: a whole sentence, or only what is different ("55rb"). */
  fix_entry: {
    input: { entry: 'choice', text: 'text', pick: 'choice?' },
    outcomes: {
      fixed: { echo: 'text', entry: 'choice' },
      ask: { question: 'text' },
      unread: {},
      gone: {},
      nobody,
    },
    rows: true,
    ...action,
  },
  /** Where entries after midnight go: today or yesterday. `entry`: one of the night that is to move along. */
  night_day: {
    input: { day: 'choice', entry: 'choice?' },
    outcomes: { moved: { echo: 'text', entry: 'choice' }, noted: {}, nobody },
    ...action,
  },
  show_book: {
    input: { span: 'choice' },
    outcomes: { shown: { text: 'text', progress: 'text' }, empty: {}, nobody },
    ...question,
  },
  /** Open debts; those of others are rows. */
  show_debts: {
    input: {},
    outcomes: { owed: { text: 'text' }, owing: { text: 'text' }, none: {}, nobody },
    rows: true,
    ...question,
  },
  /** A polite text to forward; never sent by us. */
  debt_text: {
    input: { party: 'choice' },
    outcomes: { ready: { text: 'text' }, gone: {}, nobody },
    ...question,
  },
  /** Nothing was sold today. */
  day_off: { input: {}, outcomes: { noted: {}, nobody }, ...action },
  opening_cash: { input: { amount: 'rupiah' }, outcomes: { noted: { line: 'text' }, nobody }, ...action },
  /** `hour`: 17 … 21, or off. */
  set_evening: {
    input: { hour: 'choice' },
    outcomes: { on: { hour: 'time' }, off: {}, nobody },
    ...action,
  },
  evening_later: { input: {}, outcomes: { noted: {}, nobody }, ...action },
  /** Of the evening notice: plans the next one too. */
  evening_book: {
    input: {},
    outcomes: {
      summary: { text: 'text' },
      picture: { text: 'text', picture: 'file' },
      month: { text: 'text', picture: 'file', workbook: 'file' },
      nothing: {},
      silent: {},
    },
    ...action,
  },
  share_book: { input: { answer: 'choice' }, outcomes: { shared: {}, closed: {}, nobody }, ...action },
  /** What was learned; rows are the phrases. */
  learned_phrases: {
    input: {},
    outcomes: { some: { text: 'text' }, none: {}, nobody },
    rows: true,
    ...question,
  },
  forget_phrase: { input: { phrase: 'choice' }, outcomes: { forgotten: {}, nobody }, ...action },
} as const satisfies CallSpecs
