import type { InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove } from 'grammy/types'
import type { RichText, Say } from '../../engine/types.ts'

export interface TelegramMessage {
  text: string
  parse_mode?: 'HTML'
  reply_markup?: InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
}

/** A say as the Bot API wants it. Pure: the same say always gives the same message. */
export function writeSay(say: Say): TelegramMessage {
  const markup = say.request ? contactKeyboard(say) : (inlineKeyboard(say) ?? noKeyboard(say))
  return {
    text: html(withDescriptions(say)),
    parse_mode: 'HTML',
    ...(markup ? { reply_markup: markup } : {}),
  }
}

/** The same without any markup, for when Telegram takes none: numbers are read like buttons. */
export function writePlain(say: Say): TelegramMessage {
  const words = say.text.map(span => (typeof span === 'string' ? span : span.bold)).join('')
  const rows = (say.choices ?? []).map(
    ({ label, description }, i) => `${i + 1}. ${label}${description ? ` (${description})` : ''}`,
  )
  const lines = [...rows, ...(say.more ? [`0. ${say.more}`] : [])]
  return { text: lines.length > 0 ? `${words}\n\n${lines.join('\n')}` : words }
}

/** Everything a person wrote arrives here as a plain span and is escaped; bold is the only markup. */
export function html(text: RichText): string {
  return text.map(span => (typeof span === 'string' ? escape(span) : `<b>${escape(span.bold)}</b>`)).join('')
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Buttons have no room for descriptions, so they are listed under the text. */
function withDescriptions(say: Say): RichText {
  const described = say.choices?.filter(choice => choice.description) ?? []
  return described.length === 0
    ? say.text
    : [...say.text, '\n', ...described.flatMap(c => ['\n• ', { bold: c.label }, `: ${c.description ?? ''}`])]
}

function inlineKeyboard(say: Say): InlineKeyboardMarkup | undefined {
  const { choices = [], wait } = say
  if (!wait || choices.length === 0) return undefined
  const button = (label: string, n: number) => ({ text: label, callback_data: `${wait}.${n}` })
  const buttons = choices.map((choice, i) => button(choice.label, i + 1))
  const rows = inRows(buttons)
  if (say.more) rows.push([button(say.more, 0)])
  return { inline_keyboard: rows }
}

const SHORT = 12

/** Two or three short answers stand side by side; longer ones get a row each, so that no label is cut on a small phone. */
function inRows<T extends { text: string }>(buttons: T[]): T[][] {
  const sideBySide = buttons.length <= 3 && buttons.every(button => button.text.length <= SHORT)
  return sideBySide ? [buttons] : buttons.map(button => [button])
}

/**
 * The keyboard that shared a number stays below the chat when the number was typed: the next plain words take it away.
 * Words about a question that is still open leave it.
 */
const noKeyboard = (say: Say): ReplyKeyboardRemove | undefined =>
  say.wait === undefined && say.replaces === undefined ? { remove_keyboard: true } : undefined

/** The one thing an inline button cannot do is to share the person's own number. */
function contactKeyboard(say: Say): ReplyKeyboardMarkup {
  const [share = 'Bagikan nomor saya', ...others] = (say.choices ?? []).map(choice => choice.label)
  return {
    keyboard: [[{ text: share, request_contact: true }], ...others.map(text => [{ text }])],
    one_time_keyboard: true,
    resize_keyboard: true,
  }
}
