import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { secureHeaders } from 'hono/secure-headers'
import { streamSSE } from 'hono/streaming'
import { errorForLog } from '../../lib/log.ts'
import { assetRoutes, ASSETS } from './assets.ts'
import type { ChatPageDeps } from './deps.ts'
import { MAX_BODY, MAX_RESIDENTS, MAX_STREAMS } from './limits.ts'
import { messageRoutes } from './messages.ts'
import { Page } from './page.tsx'
import { Serial } from './serial.ts'
import { addressOf, openSession, preferencesOf, residentOf, sessionOf, setLanguage } from './session.ts'
import { cursorOf, pump, writeCursor } from './stream.ts'
import { stateOf, view } from './view.ts'
import { isLanguage, WORDS } from './words.ts'

/** No outside host, nothing inline, no frame: whatever a message says, it cannot become a script. */
const HEADERS = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'same-origin', // without an Origin header, browsers' own forms would look like foreign ones
  strictTransportSecurity: false, // for the proxy that ends TLS to decide
})

/** The page to try the assistant at `/`, and what it needs below `/chat/`. */
export function chatPageRoutes(deps: ChatPageDeps): Hono {
  const app = new Hono()
  const serial = new Serial()
  const limit = bodyLimit({ maxSize: MAX_BODY, onError: c => c.json({ error: 'too_long' }, 413) })
  for (const path of ['/', '/chat/*']) app.use(path, HEADERS)
  app.use('/chat/*', csrf(), limit)
  app.onError((error, c) => {
    if ('getResponse' in error) return error.getResponse()
    deps.log.error(errorForLog(error), 'the chat page failed')
    return c.json({ error: 'failed' }, 503)
  })
  app.get('/', c => showPage(c, deps))
  app.get('/chat/events', c => streamNews(c, deps))
  app.post('/chat/language', async c => {
    const { language } = await c.req.parseBody()
    if (isLanguage(language)) setLanguage(c, language)
    return c.redirect('/', 303)
  })
  app.route('/chat/residents', residentRoutes(deps, serial))
  app.route('/chat/residents', messageRoutes(deps, serial))
  app.get('/chat/files/:message{[0-9]{1,15}}', c => sendFile(c, deps))
  app.route('/chat', assetRoutes())
  return app
}

async function showPage(c: Context, deps: ChatPageDeps) {
  const session = openSession(c)
  const { language, theme, look } = preferencesOf(c)
  const words = WORDS[language]
  const chats = await deps.sandbox.chats(session)
  const now = deps.clock.now()
  const numbers = chats.length > 0 ? chats.map(chat => residentOf(chat.address)) : [1]
  const residents = await Promise.all(
    numbers.map(async (number, i) => {
      const chat = chats[i]
      return {
        number,
        messages: chat ? view(await deps.sandbox.messages(chat), language) : [],
        state: stateOf(number, chat, language),
        look: look(number),
        now,
        removable: numbers.length > 1,
        numberedText: deps.numberedText,
        language,
        words,
      }
    }),
  )
  c.header('Cache-Control', 'no-store')
  const cursor = writeCursor(cursorOf(chats))
  return c.html(
    <Page words={words} theme={theme} residents={residents} now={now} cursor={cursor} assets={ASSETS} />,
  )
}

/** A file of the person's own chat. */
async function sendFile(c: Context, deps: ChatPageDeps) {
  const session = sessionOf(c)
  const say = session ? await deps.sandbox.say(session, Number(c.req.param('message'))) : undefined
  const file = say?.file ? await deps.openFile(say.file.key) : undefined
  if (!say?.file || !file) return c.json({ error: 'gone' }, 404)
  const shown = say.file.as === 'picture' ? 'inline' : 'attachment'
  c.header('Content-Disposition', `${shown}; filename="${say.file.name.replace(/[^\w.-]/g, '_')}"`)
  c.header('Cache-Control', 'private, no-store')
  return c.body(new Uint8Array(await file.bytes()), 200, { 'Content-Type': file.mime })
}

function streamNews(c: Context, deps: ChatPageDeps) {
  const session = sessionOf(c)
  if (!session) return c.json({ error: 'no_session' }, 403)
  if (deps.news.open >= MAX_STREAMS) return c.json({ error: 'full' }, 503)
  const after = c.req.header('last-event-id') ?? c.req.query('after') ?? ''
  const { language } = preferencesOf(c)
  c.header('X-Accel-Buffering', 'no')
  return streamSSE(
    c,
    stream => pump(stream, deps, { session, language, after }),
    // The page connects again by itself, from where it was.
    async error => deps.log.warn(errorForLog(error), 'a stream of the chat page ended'),
  )
}

/** Residents come, start over and go by plain forms. */
function residentRoutes(deps: ChatPageDeps, serial: Serial): Hono {
  const app = new Hono()
  app.post('/', async c => {
    const session = openSession(c)
    const taken = (await deps.sandbox.chats(session)).map(chat => residentOf(chat.address))
    // The first resident is on the page before anything of it is stored.
    if (taken.length === 0) await deps.sandbox.admit(addressOf(session, 1), deps.clock.now())
    const used = taken.length === 0 ? [1] : taken
    const free = Array.from({ length: MAX_RESIDENTS }, (_, i) => i + 1).find(n => !used.includes(n))
    if (free === undefined) return c.redirect('/', 303)
    await deps.sandbox.admit(addressOf(session, free), deps.clock.now())
    return c.redirect(`/#warga-${free}`, 303)
  })
  for (const ending of ['restart', 'remove'] as const)
    app.post(`/:resident{[1-${MAX_RESIDENTS}]}/${ending}`, async c => {
      const session = sessionOf(c)
      const resident = Number(c.req.param('resident'))
      if (!session) return c.redirect('/', 303)
      const address = addressOf(session, resident)
      await serial.run(address, async () => {
        await deps.sandbox.forget(address)
        if (ending === 'restart') await deps.sandbox.admit(address, deps.clock.now())
      })
      deps.news.ring(address)
      return c.redirect(ending === 'restart' ? `/#warga-${resident}` : '/', 303)
    })
  return app
}
