import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import { csrf } from 'hono/csrf'
import { secureHeaders } from 'hono/secure-headers'
import { errorForLog } from '../../lib/log.ts'
import { readPhone } from '../../understand/index.ts'
import { FILES } from './assets.ts'
import type { PairingPageDeps } from './deps.ts'
import { Gate, Page, Panel, panelOf } from './page.tsx'

/** Nothing inline, no outside host, no frame: whoever sees this page can link a phone. */
const HEADERS = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'same-origin',
  strictTransportSecurity: false, // for the proxy that ends TLS to decide
})

const MAX_BODY = 2_000
const COOKIE = 'whatsapp'
const SESSION_SECONDS = 2 * 60 * 60

/** The page `/whatsapp`, where an operator links a phone. Opened by a link that works once. */
export function pairingRoutes(deps: PairingPageDeps): Hono {
  const app = new Hono()
  const limit = bodyLimit({ maxSize: MAX_BODY, onError: c => c.text('too long', 413) })
  for (const path of ['/whatsapp', '/whatsapp/*']) app.use(path, HEADERS, csrf(), limit)
  app.onError((error, c) => {
    if ('getResponse' in error) return error.getResponse()
    deps.log.error(errorForLog(error), 'the WhatsApp page failed')
    return c.text('Maaf, ada gangguan. Coba lagi sebentar lagi.', 503)
  })
  for (const [name, file] of Object.entries(FILES))
    app.get(`/whatsapp/${name}`, c =>
      c.body(file.text, 200, { 'Content-Type': file.type, 'Cache-Control': 'no-cache' }),
    )
  app.post('/whatsapp/enter', c => enter(c, deps))
  for (const path of ['/whatsapp', '/whatsapp/*']) app.use(path, guard(deps))
  const panel = async () => panelOf(await deps.read(), deps.clock.now())
  app.get('/whatsapp', async c => c.html(<Page {...await panel()} />))
  app.get('/whatsapp/panel', async c => c.html(<Panel {...await panel()} />))
  app.get('/whatsapp/poster', c => poster(c, deps))
  app.post('/whatsapp/code', async c => {
    const { phone } = await c.req.parseBody()
    const asked = await codeFor(deps, typeof phone === 'string' ? phone : '')
    return c.html(<Page {...await panel()} {...asked} />)
  })
  return app
}

async function enter(c: Context, deps: PairingPageDeps) {
  const { token } = await c.req.parseBody()
  const session = await deps.open(typeof token === 'string' ? token.trim() : '', deps.clock.now())
  c.header('Cache-Control', 'no-store')
  if (session === undefined) return c.html(<Gate wrong={true} />, 403)
  const secure = new URL(c.req.url).protocol === 'https:' || c.req.header('x-forwarded-proto') === 'https'
  setCookie(c, COOKIE, session, {
    ...{ httpOnly: true, sameSite: 'Strict', path: '/whatsapp', secure, maxAge: SESSION_SECONDS },
  })
  return c.redirect('/whatsapp', 303)
}

function guard(deps: PairingPageDeps): MiddlewareHandler {
  return async (c, next) => {
    c.header('Cache-Control', 'no-store')
    const session = getCookie(c, COOKIE)
    if (session !== undefined && (await deps.holds(session, deps.clock.now()))) return next()
    // the door itself is a page like any other
    return c.html(<Gate wrong={false} />, c.req.path === '/whatsapp' && c.req.method === 'GET' ? 200 : 403)
  }
}

async function codeFor(
  deps: PairingPageDeps,
  phone: string,
): Promise<{ code: string } | { problem: string }> {
  const read = readPhone(phone)
  if (read.kind !== 'value') return { problem: 'Nomor ini tidak bisa dibaca. Contoh: 0812-3456-7890.' }
  const code = await deps.askCode(read.value.slice(1))
  return code === undefined
    ? { problem: 'Kode belum bisa dibuat. Tunggu sampai kode QR tampil, lalu coba lagi.' }
    : { code: `${code.slice(0, 4)}-${code.slice(4)}` }
}

async function poster(c: Context, deps: PairingPageDeps) {
  const shown = await deps.read()
  if (shown?.state.status !== 'open' || shown.state.phone === undefined) return c.notFound()
  c.header('Content-Disposition', 'attachment; filename="poster-whatsapp.html"')
  return c.html(await deps.poster(shown.state.phone))
}
