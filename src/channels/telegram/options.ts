import { Api } from 'grammy'
import type { BotCommand } from 'grammy/types'
import type { Log } from '../../lib/log.ts'
import type { Clock } from '../../lib/time.ts'

export interface TelegramOptions {
  token: string
  apiRoot: string
  clock: Clock
  log: Log
  /** Shown in the menu of private chats, in both languages. */
  commands: { id: BotCommand; en: BotCommand }[]
  /** How long a call may take. */
  timeoutSeconds?: number
}

/** What the parts of the channel share. */
export interface TelegramParts extends TelegramOptions {
  account: string
  api: Api
}

/** One typed client for everything; the account of a bot is its id, the part of the token before the colon: no secret. */
export function telegramParts(options: TelegramOptions): TelegramParts {
  return {
    ...options,
    account: `telegram:${options.token.split(':')[0]}`,
    // grammY's own limit of 500 s would let a hung call hold its place for eight minutes
    api: new Api(options.token, { apiRoot: options.apiRoot, timeoutSeconds: options.timeoutSeconds ?? 30 }),
  }
}
