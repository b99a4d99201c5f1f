import { Hono } from 'hono'
import { z } from 'zod'
import type { Incoming } from '../../engine/types.ts'
import { errorForLog } from '../../lib/log.ts'
import { wellFormed } from '../../lib/text.ts'
import type { ChatPageDeps } from './deps.ts'
import { MAX_RESIDENTS, MAX_TEXT, Pace } from './limits.ts'
import { passTime, STEPS } from './passTime.ts'
import type { Serial } from './serial.ts'
import { addressOf, sessionOf } from './session.ts'

const text = z.string().min(1).max(MAX_TEXT).transform(wellFormed)
const incoming = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text }),
  z.object({
    kind: z.literal('tap'),
    wait: z.string().regex(/^[a-z0-9]{1,20}$/),
    option: z.number().int().min(0).max(999),
  }),
  z.object({ kind: z.literal('contact'), phone: z.string().min(1).max(30).transform(wellFormed) }),
  z.object({ kind: z.literal('media'), media: z.enum(['photo', 'voice', 'sticker']) }),
])
/** `key` is made by the page, once per message: the same key is the same message, offered again. */
const message = z.object({ key: z.string().regex(/^[\w-]{8,40}$/), incoming })
const clockMove = z.object({ step: z.enum(['hour', 'hours', 'day', 'week']) })

const RESIDENT = `:resident{[1-${MAX_RESIDENTS}]}`

/** What a resident does: says something, or lets time pass. Errors are codes that the page puts into words. */
export function messageRoutes(deps: ChatPageDeps, serial: Serial): Hono {
  const app = new Hono()
  const pace = new Pace()

  app.post(`/${RESIDENT}/messages`, async c => {
    const session = sessionOf(c)
    if (!session) return c.json({ error: 'no_session' }, 403)
    const read = message.safeParse(await c.req.json().catch(() => undefined))
    if (!read.success) return c.json({ error: 'unreadable', fields: fieldsOf(read.error) }, 400)
    const wait = pace.take(session, deps.clock.now())
    if (wait > 0) return c.json({ error: 'too_fast' }, 429, { 'Retry-After': String(wait) })
    const address = addressOf(session, Number(c.req.param('resident')))
    const { key, incoming } = read.data
    return serial.run(address, async () => {
      if (!(await deps.sandbox.admit(address, deps.clock.now()))) return c.json({ error: 'full' }, 507)
      try {
        await deps.post({ address, key, incoming: ownContact(incoming) })
      } catch (error) {
        deps.log.warn(
          errorForLog(error),
          'a message of the chat page was not stored; the page offers it again',
        )
        return c.json({ error: 'closed' }, 503)
      }
      deps.news.ring(address)
      return c.body(null, 204)
    })
  })

  app.post(`/${RESIDENT}/clock`, async c => {
    const session = sessionOf(c)
    if (!session) return c.json({ error: 'no_session' }, 403)
    const read = clockMove.safeParse(await c.req.json().catch(() => undefined))
    if (!read.success) return c.json({ error: 'unreadable', fields: fieldsOf(read.error) }, 400)
    const address = addressOf(session, Number(c.req.param('resident')))
    const chat = async () => {
      deps.news.ring(address)
      return (await deps.sandbox.chats(session)).find(one => one.address === address)
    }
    if (!(await deps.sandbox.admit(address, deps.clock.now()))) return c.json({ error: 'full' }, 507)
    const { sandbox, clock } = deps
    await serial.run(`clock:${address}`, () =>
      passTime({ sandbox, clock, address, chat }, STEPS[read.data.step]),
    )
    deps.news.ring(address)
    return c.body(null, 204)
  })
  return app
}

/** The page vouches that a contact is the sender's own: it is the one that made the number up. */
const ownContact = (read: z.infer<typeof incoming>): Incoming =>
  read.kind === 'contact' ? { ...read, own: true } : read

const fieldsOf = (error: z.ZodError) => error.issues.map(issue => issue.path.join('.'))
