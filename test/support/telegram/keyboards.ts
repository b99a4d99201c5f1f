import type { InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'grammy/types'
import { badRequest, objectOf, type Params } from './http.ts'

/** Of an inline keyboard (with `data` or `url`) or of a reply keyboard (`contact`, `location` or plain text). */
export interface Button {
  label: string
  /** Counted from 0. */
  row: number
  data?: string
  url?: string
  contact?: true
  location?: true
}

export type Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup

const MAX_DATA_BYTES = 64
const MAX_BUTTONS = 100

/** Undefined also for `remove_keyboard` and `force_reply`, which have no buttons. */
export function checkedMarkup(params: Params): Markup | undefined {
  const markup = objectOf<Markup>(params.reply_markup)
  if (markup && 'inline_keyboard' in markup) {
    const buttons = markup.inline_keyboard.flat()
    if (buttons.length > MAX_BUTTONS) throw badRequest('REPLY_MARKUP_TOO_LONG')
    for (const button of buttons) checkButton(button)
    return markup
  }
  return markup && 'keyboard' in markup ? markup : undefined
}

function checkButton(button: { text?: string; callback_data?: string; url?: string }): void {
  const where = "can't parse inline keyboard button: "
  if (typeof button.text !== 'string') throw badRequest(`${where}Field "text" must be of type String`)
  if (button.text === '') throw badRequest('BUTTON_TEXT_INVALID')
  if (!button.callback_data && !button.url)
    throw badRequest(`${where}Text buttons are unallowed in the inline keyboard`)
  if (Buffer.byteLength(button.callback_data ?? '') > MAX_DATA_BYTES) throw badRequest('BUTTON_DATA_INVALID')
}

/** The fields of either kind of button that matter here. */
interface AnyButton {
  text: string
  callback_data?: string
  url?: string
  request_contact?: boolean
  request_location?: boolean
}

export function buttonsOf(markup: Markup | undefined): Button[] {
  if (!markup) return []
  const rows: (string | AnyButton)[][] = 'keyboard' in markup ? markup.keyboard : markup.inline_keyboard
  return rows.flatMap((row, index) => row.map(button => buttonOf(button, index)))
}

function buttonOf(button: string | AnyButton, row: number): Button {
  if (typeof button === 'string') return { label: button, row }
  return {
    ...{ label: button.text, row },
    ...(button.callback_data === undefined ? {} : { data: button.callback_data }),
    ...(button.url === undefined ? {} : { url: button.url }),
    ...(button.request_contact ? { contact: true } : {}),
    ...(button.request_location ? { location: true } : {}),
  }
}
