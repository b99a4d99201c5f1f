import type { Update } from 'grammy/types'
import { errorForLog } from '../../lib/log.ts'
import type { Received } from '../channel.ts'
import type { TelegramParts } from './options.ts'
import { readUpdate } from './read.ts'

/** The kinds of updates that we ask for; Telegram remembers them for both ways of hearing. */
export const ALLOWED = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

/** One update that our reader trips over must not stop the hearing for all: it is confirmed and logged. */
export function readUpdates(parts: TelegramParts, updates: Update[]): Received[] {
  const now = parts.clock.now()
  return updates.flatMap(update => {
    try {
      return readUpdate(update, parts.account, now) ?? []
    } catch (error) {
      parts.log.error({ ...errorForLog(error), update: update.update_id }, 'an update could not be read')
      return []
    }
  })
}

/** At once and outside any lock: a button that keeps spinning looks broken. Too late is too late. */
export function answerTaps({ api }: TelegramParts, updates: Update[]): void {
  for (const { callback_query: query } of updates) {
    if (query) api.answerCallbackQuery(query.id).catch(() => {})
  }
}
