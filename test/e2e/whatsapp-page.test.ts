import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { whatsAppCli } from '../../src/cli/whatsapp.ts'
import { startApp, type App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createPageKeys, LINK_MS } from '../../src/db/whatsapp/pageKeys.ts'
import { createBoard } from '../../src/db/whatsapp/state.ts'
import { createLog } from '../../src/lib/log.ts'
import { Panel } from '../../src/http/whatsapp/page.tsx'
import { HOUR, MINUTE, systemClock } from '../../src/lib/time.ts'
import { WHATSAPP_ACCOUNT } from '../../src/whatsapp.ts'
import {
  axeFindings,
  DESKTOP,
  openBrowser,
  openTab,
  overflow,
  PHONE,
  screenshot,
} from '../support/browser.ts'
import { testDatabase } from '../support/postgres.ts'
import type { Person } from '../support/whatsapp/person.ts'
import { FakeWhatsApp } from '../support/whatsapp/server.ts'

/** The page where an operator links a phone: the whole assistant, the real client, a real browser. */

let fake: FakeWhatsApp
let owner: Person
let untrust: () => void
let app: App
let browser: Browser
const lines: string[] = []
const config = async () =>
  readConfig({
    DATABASE_URL: (await testDatabase()).url,
    SECRET_KEY: 'a key for tests only, of 32 characters',
    WHATSAPP: 'on',
    PORT: '0',
  })

beforeAll(async () => {
  fake = await FakeWhatsApp.start()
  owner = fake.person('628111000111', 'OK OCE')
  untrust = fake.trust()
  const { fetchAgent, options } = fake.media.route()
  app = await startApp(await config(), {
    clock: systemClock,
    log: createLog('trace', { write: line => void lines.push(line) }),
    whatsApp: { endpoint: { url: fake.url, fetchAgent, options }, haste: 100 },
  })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await app.stop()
  untrust()
  await fake.stop()
})

const url = (path: string) => `${app.url}${path}`
const keys = () => createPageKeys(app.store.db, app.store.sealer)
async function link(): Promise<string> {
  const printed: string[] = []
  const terminal = { print: (text: string) => void printed.push(text), end: AbortSignal.timeout(60_000) }
  const config = readConfig({ PUBLIC_URL: app.url })
  await whatsAppCli({ name: 'link' }, { store: app.store, config }, terminal)
  return /#(\S+)/.exec(printed.join())?.[1] ?? ''
}
const enter = (token: string, origin = app.url ?? '') =>
  fetch(url('/whatsapp/enter'), {
    method: 'POST',
    body: new URLSearchParams({ token }),
    headers: { origin },
    redirect: 'manual',
  })

test('without a link nothing of the account is shown, on no path', async () => {
  for (const path of ['/whatsapp', '/whatsapp/panel', '/whatsapp/poster']) {
    const answer = await fetch(url(path), { headers: { cookie: 'whatsapp=guessed' } })
    expect(answer.status).toBe(path === '/whatsapp' ? 200 : 403)
    expect(await answer.text()).not.toMatch(/<svg|628111000111|id="panel"/)
  }
  expect(
    (await fetch(url('/whatsapp/code'), { method: 'POST', headers: { origin: app.url ?? '' } })).status,
  ).toBe(403)
})

test('a link opens once, only in time, and only from the page itself; its token is stored as a digest and never logged', async () => {
  const token = await link()
  expect((await enter(token, 'https://elsewhere.example')).status).toBe(403)
  const first = await enter(token)
  expect(first.status).toBe(303)
  expect(first.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Strict/)
  expect((await enter(token)).status).toBe(403)
  const old = await keys().makeLink(Date.now() - LINK_MS - 1)
  expect((await enter(old)).status).toBe(403)
  const both = await link()
  const answers = await Promise.all([enter(both), enter(both)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 403])
  const rows = JSON.stringify(await app.store.db.whatsAppPageKey.findMany())
  const session = /whatsapp=([^;]+)/.exec(first.headers.get('set-cookie') ?? '')?.[1] ?? ''
  for (const secret of [token, both, session]) {
    expect(secret.length).toBeGreaterThan(30)
    expect(rows).not.toContain(secret)
    expect(lines.join('')).not.toContain(secret)
  }
})

test('a phone is linked by QR or code on the page, which follows by itself; keyboard, screen reader, phone and desktop', async () => {
  const board = createBoard(app.store.db, app.store.sealer, WHATSAPP_ACCOUNT)
  const waits = () => expect.poll(async () => (await board.read())?.state)
  await waits().toMatchObject({ status: 'needs_pairing', qr: expect.any(String) as unknown })
  const tab = await openTab(browser, url(`/whatsapp#${await link()}`))
  const { page } = tab
  try {
    await page.getByRole('img', { name: 'Kode QR untuk menautkan HP' }).waitFor()
    expect(page.url()).toBe(url('/whatsapp'))
    expect(await axeFindings(page)).toEqual([])
    expect(await overflow(page)).toBe(0)
    await screenshot(page, 'whatsapp-390-qr')
    await page.setViewportSize(DESKTOP)
    await screenshot(page, 'whatsapp-1280-qr')
    await page.setViewportSize(PHONE)
    await page.getByLabel(/Nomor HP/).focus()
    await page.keyboard.type('021')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await page.getByLabel(/Nomor HP/).fill('0811 1000 111')
    await page.keyboard.press('Enter')
    const code = await page.locator('.code').innerText()
    expect(code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/)
    expect(await axeFindings(page)).toEqual([])
    await screenshot(page, 'whatsapp-390-code')
    await fake.enterCode(code.replace('-', ''), owner)
    await page.getByRole('heading', { name: 'Terhubung', exact: true }).waitFor()
    expect(await page.getByRole('status').first().innerText()).toBe('Terhubung')
    expect(await page.getByLabel(/Nomor HP/).isVisible()).toBe(false)
    const wa = page.getByRole('link', { name: /wa\.me/ })
    expect(await wa.getAttribute('href')).toBe('https://wa.me/628111000111?text=halo')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /poster/ }).click(),
    ])
    expect(file.suggestedFilename()).toBe('poster-whatsapp.html')
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await axeFindings(page)).toEqual([])
    await screenshot(page, 'whatsapp-390-open')
    expect(tab.complaints).toEqual([])
  } finally {
    await tab.close()
  }
})

test('every state has words of its own', async () => {
  const session = (await keys().open(await link(), Date.now())) ?? ''
  const board = createBoard(app.store.db, app.store.sealer, WHATSAPP_ACCOUNT)
  const panel = async () =>
    (await fetch(url('/whatsapp/panel'), { headers: { cookie: `whatsapp=${session}` } })).text()
  const since = Date.now()
  const said = {
    connecting: 'Menyambung ke WhatsApp',
    needs_pairing: 'HP belum terhubung',
    taken_over: 'Dipakai program lain',
    banned: 'Nomor diblokir WhatsApp',
    outdated: 'Versi terlalu lama',
  } as const
  for (const [status, words] of Object.entries(said)) {
    await board.write({
      status: status as 'banned',
      since,
      ...(status === 'taken_over' ? { retryAt: since } : {}),
    })
    expect(await panel()).toContain(words)
  }
  // given up for a while on purpose: that nobody owns it then is no sign of a process that does not run
  const left = (retryAt: number) => {
    const shown = {
      state: { status: 'taken_over', since, retryAt } as const,
      live: false,
      lockedUntil: undefined,
    }
    return String(Panel({ shown, svg: undefined, now: since }))
  }
  expect(left(since + MINUTE)).toMatch(/Dipakai program lain.*Asisten mencoba lagi sendiri/s)
  expect(left(since)).toContain('Asisten sedang tidak berjalan')
  const where = { account: WHATSAPP_ACCOUNT }
  await app.store.db.whatsAppAccount.update({ where, data: { lockedUntil: new Date(since + HOUR) } })
  expect(await panel()).toContain('WhatsApp membatasi chat yang kita mulai sampai')
})
