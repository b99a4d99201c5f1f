import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodyPlace } from '../../src/db/saveTurns.ts'
import { homeRoutes } from '../../src/http/home.tsx'
import { NOW, openPage, withScript, type Page, echo, type Visitor } from '../support/chat-page.ts'
import { messagesOf, plainOf } from '../support/html-reader.ts'

let page: Page
let visitor: Visitor
let settle: () => Promise<void>

beforeEach(async () => {
  page = await openPage()
  ;({ settle } = await withScript(page, echo))
  visitor = page.visitor()
  await visitor.html()
})
afterEach(async () => {
  await page.channel.stop()
  await page.close()
})

const texts = async (who = visitor) => messagesOf(await who.html()).map(message => plainOf(message.html))

describe('the page', () => {
  it('greets a newcomer and stores nothing until something is said', async () => {
    const fresh = page.visitor()
    const answer = await fresh.request('/')
    const html = await answer.text()
    expect(html).toContain('Ini halaman coba: jangan isi data asli.')
    expect(html).toContain('Ketik halo')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const cookie = answer.headers.getSetCookie().join()
    expect(cookie).toMatch(/^chat=[\w-]{32};/)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    expect(html).not.toContain(fresh.session)
    expect(await page.db.conversation.count()).toBe(0)
  })

  it('names no outside host and runs nothing inline', async () => {
    const answer = await visitor.request('/')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    const html = await answer.text()
    expect(html).not.toMatch(/<script>|\son\w+=|\sstyle="/)
    const files = [...html.matchAll(/(?:src|href)="(\/chat\/[^"]+)"/g)].map(match => match[1] ?? '')
    expect(files).toHaveLength(3)
    for (const file of [...files, '/chat/chat.js', '/chat/outbox.js']) {
      const asset = await visitor.request(file)
      expect(asset.status, file).toBe(200)
      const text = (await asset.text()).replaceAll('http://www.w3.org/2000/svg', '')
      expect(text, file).not.toMatch(/https?:\/\//)
      expect(asset.headers.get('etag'), file).toBeTruthy()
    }
    expect((await visitor.request('/chat/tsconfig.json')).status).toBe(404)
    expect((await visitor.request('/chat/..%2froutes.tsx')).status).toBe(404)
  })

  it('speaks English when asked, and keeps that', async () => {
    await visitor.form('/chat/language', { language: 'en' })
    expect(await visitor.html()).toContain('do not enter real data')
    await visitor.form('/chat/language', { language: 'xx' })
    expect(await visitor.html()).toContain('<html lang="en"')
  })

  it('shows the chat again after a reload: what was said, what was pressed, what was answered', async () => {
    await visitor.says('halo')
    await settle()
    await visitor.posts({ kind: 'tap', wait: 'w1', option: 1 })
    await visitor.posts({ kind: 'contact', phone: '0812 0000 0001' })
    await visitor.posts({ kind: 'media', media: 'voice' })
    await settle()
    expect((await texts()).toSorted()).toEqual(
      [
        'halo',
        'Apakah Anda setuju?',
        'Setuju',
        '👤 0812 0000 0001',
        '📎 Pesan suara',
        'dengar: tap',
        'dengar: contact',
        'dengar: media',
      ].toSorted(),
    )
    const html = await visitor.html()
    expect(html).toContain('data-tap="w1.1"')
    expect(html).toContain('Rabu, 25 November 2026')
    expect(html).toContain('Apakah Anda <b>setuju</b>?')
  })

  it('draws what a person wrote as text, whatever it is', async () => {
    await visitor.says('<img src=x onerror=alert(1)> & "x"')
    await settle()
    const html = await visitor.html()
    expect(html).not.toContain('<img')
    expect((await texts())[1]).toBe('dengar: <img src=x onerror=alert(1)> & "x"')
  })

  it('draws a numbered list for the look of WhatsApp, with stars of a person left alone', async () => {
    visitor.setCookie('look1', 'numbers')
    await visitor.says('halo')
    await settle()
    const html = await visitor.html()
    expect(html).toContain('data-look="numbers"')
    expect(html).toMatch(/look-numbers">Apakah Anda <b>setuju<\/b>\?\n\n1\. Setuju\n2\. Tidak</)
    await visitor.says('*tebal*')
    await settle()
    expect(await visitor.html()).toMatch(/look-numbers">dengar: \*\u2060tebal\*\u2060</)
  })

  it('gives the file of a message to who it was sent to, and to nobody else', async () => {
    await visitor.says('berkas')
    await settle()
    const html = await visitor.html()
    const href = /href="(\/chat\/files\/\d+)" download="catatan.txt"/.exec(html)?.[1] ?? ''
    const answer = await visitor.request(href)
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="catatan.txt"')
    expect(await answer.text()).toBe('halo')
    const stranger = page.visitor()
    await stranger.html()
    expect((await stranger.request(href)).status).toBe(404)
  })

  it('draws an answer that is on its way after the one before it, though that was sent later than both were made', async () => {
    await visitor.says('halo')
    await settle()
    const { id: conversationId, account } = await page.db.conversation.findFirstOrThrow({
      where: { address: { startsWith: visitor.session } },
    })
    const row = (words: string, more: object) => ({
      ...{ conversationId, account, purpose: 'reply', createdAt: new Date(NOW) },
      body: page.sealer.seal(bodyPlace(conversationId), JSON.stringify({ text: [words] })),
      ...more,
    })
    const sent = { status: 'sent', sentAt: new Date(NOW + 500) }
    const onItsWay = { leaseUntil: new Date(Date.now() + 60_000) }
    for (const data of [row('pertama', sent), row('kedua', onItsWay)]) await page.db.outbound.create({ data })
    expect((await texts()).slice(-2)).toEqual(['pertama', 'kedua'])
  })

  it('says so where the text of a message was erased', async () => {
    await visitor.says('halo')
    await settle()
    await page.db.inbound.updateMany({ data: { payload: null } })
    await page.db.outbound.updateMany({ data: { body: null } })
    const html = await visitor.html()
    expect(html.match(/Isi pesan ini sudah dihapus/g)).toHaveLength(2)
  })
})

describe('messages', () => {
  it('are stored once, however often they are offered, as those of a sandbox', async () => {
    const key = randomUUID()
    for (let i = 0; i < 3; i++) await visitor.posts({ kind: 'text', text: 'sekali' }, 1, key)
    await settle()
    expect(await texts()).toEqual(['sekali', 'dengar: sekali'])
    expect(await page.db.conversation.findMany()).toMatchObject([
      { channel: 'chatpage', account: 'chatpage:local', sandbox: true, address: `${visitor.session}.1` },
    ])
  })

  it('of one resident keep the order in which they came, however fast', async () => {
    const sent = Array.from({ length: 30 }, (_, i) => `pesan ${i}`)
    for (const text of sent) await visitor.says(text) // the page itself posts one after the other
    await settle()
    const [said, answered] = [
      await page.db.inbound.findMany({ orderBy: { id: 'asc' } }),
      (await texts()).filter(t => t.startsWith('dengar')),
    ]
    expect(said).toHaveLength(30)
    expect(answered).toEqual(sent.map(text => `dengar: ${text}`))
  })

  it('are seen by nobody else', async () => {
    await visitor.says('rahasia')
    await settle()
    const other = page.visitor()
    expect(await texts(other)).toEqual([])
    const stranger = page.visitor()
    const answer = await stranger.json('/chat/residents/1/messages', {
      key: randomUUID(),
      incoming: { kind: 'text', text: 'x' },
    })
    expect(answer.status).toBe(403)
    expect((await stranger.request('/chat/events')).status).toBe(403)
  })

  it.each([
    [{ key: 'kunci-kunci', incoming: { kind: 'text', text: '' } }, 400],
    [{ key: 'kunci-kunci', incoming: { kind: 'text', text: 'x'.repeat(4097) } }, 400],
    [{ key: 'kunci-kunci', incoming: { kind: 'timer', timer: 'nudge', wait: 'w1' } }, 400],
    [{ key: 'kunci-kunci', incoming: { kind: 'blocked' } }, 400],
    [{ key: 'a:b:c:d:e', incoming: { kind: 'text', text: 'x' } }, 400],
    [{ key: 'kunci-kunci', incoming: { kind: 'text', text: 'x'.repeat(40_000) } }, 413],
  ])('that are none are refused: %#', async (body, status) => {
    expect((await visitor.json('/chat/residents/1/messages', body)).status).toBe(status)
    expect(await page.db.inbound.count()).toBe(0)
  })

  it('do not come from other sites, nor faster than a person writes', async () => {
    const foreign = {
      method: 'POST',
      headers: { origin: 'https://jahat.example' },
      body: new URLSearchParams(),
    }
    expect((await visitor.request('/chat/residents/1/restart', foreign)).status).toBe(403)
    const answers = await Promise.all(
      Array.from({ length: 70 }, () =>
        visitor.json('/chat/residents/1/messages', {
          key: randomUUID(),
          incoming: { kind: 'text', text: 'x' },
        }),
      ),
    )
    const refused = answers.filter(answer => answer.status === 429)
    expect(refused).toHaveLength(10)
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('wait at the page while the assistant stops', async () => {
    await page.channel.stop()
    const answer = await visitor.json('/chat/residents/1/messages', {
      key: randomUUID(),
      incoming: { kind: 'text', text: 'x' },
    })
    expect(answer.status).toBe(503)
  })
})

it('says that it is off, and where to look, while a real channel is set', async () => {
  const answer = await homeRoutes().request('/')
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('href="/ready"')
})
