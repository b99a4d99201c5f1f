import { Api } from 'grammy'
import type { BotCommand } from 'grammy/types'
import type { Log } from '../../lib/log.ts'
import type { Clock } from '../../lib/time.ts'
import type { Lease } from '../channel.ts'
import { onlyProcess } from '../lease.ts'

export interface TelegramOptions {
  token: string
  apiRoot: string
  clock: Clock
  log: Log
  /** Shown in the menu of private chats, in both languages. */
  commands: { id: BotCommand; en: BotCommand }[]
  /** How long a call may take. */
  timeoutSeconds?: number
  /** Where Telegram posts updates; without it the channel asks for them. */
  webhookUrl?: string
  /** The right to hear an account. Without it this process is held to be the only one. */
  lease?: (account: string) => Lease
  /** How long a poll waits for something to hear, and how often the webhook is looked at; tests shorten it. */
  pollSeconds?: number
}

/** What the parts of the channel share. */
export interface TelegramParts extends TelegramOptions {
  account: string
  api: Api
  hearing: Lease
  pollSeconds: number
}

/** One typed client for everything; the account of a bot is its id, the part of the token before the colon: no secret. */
export function telegramParts(options: TelegramOptions): TelegramParts {
  const account = `telegram:${options.token.split(':')[0]}`
  return {
    ...options,
    account,
    pollSeconds: options.pollSeconds ?? 25,
    // grammY's own limit of 500 s would let a hung call hold its place for eight minutes
    api: new Api(options.token, { apiRoot: options.apiRoot, timeoutSeconds: options.timeoutSeconds ?? 30 }),
    hearing: options.lease?.(account) ?? onlyProcess,
  }
}
