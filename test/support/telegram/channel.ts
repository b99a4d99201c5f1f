import { TelegramChannel, type TelegramOptions } from '../../../src/channels/telegram/index.ts'
import type { WebhookDoor } from '../../../src/channels/telegram/webhook.ts'
import { listen, type WebServer } from '../../../src/http/server.ts'
import { TELEGRAM_HOOK_PATH, telegramHookRoutes } from '../../../src/http/telegramHook.ts'
import { createLog } from '../../../src/lib/log.ts'
import { systemClock } from '../../../src/lib/time.ts'
import { freePort } from '../redis.ts'
import type { FakeBotApi } from './fake.ts'

/** The project's own channel for a running fake. */
export function telegramChannel(
  { token }: FakeBotApi,
  apiRoot: string,
  options: Partial<TelegramOptions> = {},
): TelegramChannel {
  const log = createLog('silent')
  return new TelegramChannel({ token, apiRoot, commands: [], clock: systemClock, log, ...options })
}

export interface Hooked {
  channel: TelegramChannel
  /** Where posts come in. */
  door: WebhookDoor
  url: string
  web: WebServer
}

/** The same in webhook mode, with the project's own route in a web server of its own. */
export async function hookedChannel(
  fake: FakeBotApi,
  apiRoot: string,
  { port, ...options }: Partial<TelegramOptions> & { port?: number } = {},
): Promise<Hooked> {
  const at = port ?? (await freePort())
  const url = `http://127.0.0.1:${at}${TELEGRAM_HOOK_PATH}`
  const channel = telegramChannel(fake, apiRoot, { webhookUrl: url, ...options })
  if (!channel.webhook) throw new Error('the channel has no hook')
  const web = await listen(telegramHookRoutes(channel.webhook), { port: at, hostname: '127.0.0.1' })
  return { channel, door: channel.webhook, url, web }
}
