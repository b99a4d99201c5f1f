import { TelegramChannel, type TelegramOptions } from './channels/telegram/index.ts'
import type { Config } from './config.ts'
import { createLease } from './db/leases.ts'
import type { Store } from './db/open.ts'
import type { Routes } from './http/server.ts'
import { TELEGRAM_HOOK_PATH, telegramHookRoutes } from './http/telegramHook.ts'

type Deps = Pick<TelegramOptions, 'clock' | 'log' | 'commands'> & { store: Store }

/** The Telegram channel, and its hook in the web server when Telegram is to post. */
export function openTelegram(
  config: Config,
  { store, ...deps }: Deps,
): { channel: TelegramChannel; routes: Routes[] } {
  const channel = new TelegramChannel({
    ...deps,
    token: config.TELEGRAM_BOT_TOKEN ?? '',
    apiRoot: config.TELEGRAM_API_ROOT,
    lease: account => createLease(store.db, `hear ${account}`),
    ...(config.telegramWebhook ? { webhookUrl: hookUrl(config.PUBLIC_URL ?? '') } : {}),
  })
  return { channel, routes: channel.webhook ? [telegramHookRoutes(channel.webhook)] : [] }
}

/** Below PUBLIC_URL, also when that has a path of its own. */
const hookUrl = (publicUrl: string) => `${publicUrl.replace(/\/+$/, '')}${TELEGRAM_HOOK_PATH}`
