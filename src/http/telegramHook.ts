import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'

/** What the hook needs of the channel. */
export interface TelegramHook {
  knows(secret: string | undefined): boolean
  /** Resolves once stored, rejects when it is not. */
  receive(body: string): Promise<'stored' | 'malformed'>
}

export const TELEGRAM_HOOK_PATH = '/telegram/webhook'
/** A message holds 4,096 characters; with everything around it, also a quoted one, it stays far below. */
const MAX_BYTES = 1024 * 1024

/**
 * Where Telegram posts updates. The secret comes first, before anything is read; 200 is said after the commit only;
 * everything else makes Telegram post the update again.
 */
export function telegramHookRoutes(hook: TelegramHook): Hono {
  const app = new Hono()
  app.post(
    TELEGRAM_HOOK_PATH,
    async (c, next) => {
      if (!hook.knows(c.req.header('x-telegram-bot-api-secret-token'))) return c.body(null, 401)
      return next()
    },
    bodyLimit({ maxSize: MAX_BYTES, onError: c => c.body(null, 413) }),
    async c => {
      const body = await c.req.text()
      try {
        return c.body(null, (await hook.receive(body)) === 'stored' ? 200 : 400)
      } catch {
        return c.body(null, 503)
      }
    },
  )
  return app
}
