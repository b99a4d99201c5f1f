import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_LIVE_CHATS } from '../../src/db/sandbox.ts'
import { homeRoutes } from '../../src/http/home.tsx'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/lib/time.ts'
import {
  messagesIn,
  NOW,
  openPage,
  readStream,
  withScript,
  type Page,
  type Script,
  type Visitor,
} from '../support/chat-page.ts'
import { buttonsOf, messagesOf, plainOf } from '../support/html-reader.ts'

let page: Page
let visitor: Visitor
let settle: () => Promise<void>

/** Asks once, then repeats what it hears. */
const echo: Script = ({ inbound: { incoming } }) => {
  if (incoming.kind === 'text' && incoming.text === 'halo')
    return {
      says: [
        {
          text: ['Apakah Anda ', { bold: 'setuju' }, '?'],
          wait: 'w1',
          choices: [{ label: 'Setuju' }, { label: 'Tidak' }],
        },
      ],
      step: 'izin',
    }
  return { says: [{ text: [`dengar: ${incoming.kind === 'text' ? incoming.text : incoming.kind}`] }] }
}

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

describe('the stream of news', () => {
  it('misses nothing between two connections and repeats nothing', async () => {
    await visitor.says('satu')
    await settle()
    const first = messagesIn(await readStream(visitor, { enough: events => messagesIn(events).length === 2 }))
    for (const text of ['dua', 'tiga']) {
      page.clock.advance(SECOND)
      await visitor.says(text)
      page.clock.advance(SECOND)
      await settle()
    }
    const lastEventId = first.at(-1)?.id ?? ''
    const rest = messagesIn(
      await readStream(visitor, {
        after: '',
        lastEventId,
        enough: events => messagesIn(events).length === 4,
      }),
    )
    expect(rest.map(event => plainOf(String(event.data['html'])))).toEqual([
      'dua',
      'dengar: dua',
      'tiga',
      'dengar: tiga',
    ])
    expect(first.map(event => event.data['id'])).not.toContain(rest[0]?.data['id'])
    expect(rest[0]?.data['key']).toMatch(/^[\w-]{36}$/)
  })

  it('tells that the assistant is busy, the open step, the timer and the clock', async () => {
    await visitor.says('halo')
    const [busy] = await readStream(visitor, { enough: events => events.length > 0 })
    expect(busy?.data).toMatchObject({ resident: 1, typing: true })
    await settle()
    const [rest] = await readStream(visitor, { enough: events => events.length > 0 })
    expect(rest?.data).toMatchObject({
      typing: false,
      step: 'uji / izin · v1',
      timer: 'tidak ada',
      offset: 0,
    })
  })

  it('brings an answer as it is sent, and empties a chat that was started anew', async () => {
    await visitor.says('halo')
    await settle()
    let [answered, restarted] = [false, false]
    const events = await readStream(visitor, {
      enough: seen => {
        if (messagesIn(seen).length === 2 && !answered) {
          answered = true
          void visitor.posts({ kind: 'tap', wait: 'w1', option: 2 }).then(settle)
        }
        if (messagesIn(seen).length === 4 && !restarted) {
          restarted = true
          void visitor.form('/chat/residents/1/restart')
        }
        return (
          restarted &&
          seen.at(-1)?.event === 'state' &&
          seen.at(-1)?.data['conversation'] !== seen[0]?.data['conversation']
        )
      },
    })
    const shown = messagesIn(events).map(event => String(event.data['html']))
    expect(shown.map(plainOf)).toEqual(['halo', 'Apakah Anda setuju?', 'Tidak', 'dengar: tap'])
    expect(buttonsOf(shown[1] ?? '').map(button => button.data)).toEqual([
      { act: 'tap', wait: 'w1', option: '1' },
      { act: 'tap', wait: 'w1', option: '2' },
    ])
    expect(events.at(-1)?.data).toMatchObject({ resident: 1, typing: false })
  })
})

describe('residents side by side', () => {
  it('come and go, each with a chat of its own', async () => {
    await visitor.says('saya satu')
    expect((await visitor.form('/chat/residents')).headers.get('location')).toBe('/#warga-2')
    await visitor.says('saya dua', 2)
    await settle()
    expect(await texts()).toEqual(['saya satu', 'dengar: saya satu']) // the first column
    expect(await visitor.html()).toContain('dengar: saya dua')
    for (let i = 0; i < 5; i++) await visitor.form('/chat/residents')
    expect(await page.db.conversation.count()).toBe(4)
    await visitor.form('/chat/residents/1/remove')
    expect(await visitor.html()).not.toContain('saya satu')
    expect((await visitor.html()).match(/<section/g)).toHaveLength(3)
  })

  it('are forgotten wholly at a restart, and nobody real is touched', async () => {
    await visitor.says('halo')
    await settle()
    const chat = await page.db.conversation.findFirstOrThrow()
    const at = new Date(NOW)
    const person = {
      name: Buffer.from('x'),
      formOfAddress: 'Ibu',
      kelurahan: '31.73.05.1005',
      centreCode: '31.73.05',
      nextStep: 'x',
      createdAt: at,
      updatedAt: at,
    }
    const link = { conversations: { create: { conversationId: chat.id, active: true, createdAt: at } } }
    const own = await page.db.resident.create({
      data: { ...person, number: 'OKO-1', sandbox: true, ...link },
    })
    await page.db.resident.create({ data: { ...person, number: 'OKO-2' } })
    await page.db.consentText.create({ data: { sha256: 'a', purpose: 'data', text: 'x', firstAt: at } })
    const consent = {
      subjectDigest: 's',
      purpose: 'data',
      answer: true,
      textSha256: 'a',
      channel: 'chatpage',
      at,
    }
    await page.db.consent.create({ data: { ...consent, conversationId: chat.id, residentId: own.id } })
    await page.db.consent.create({ data: consent })
    await visitor.form('/chat/residents/1/restart')
    expect(await texts()).toEqual([])
    expect(await page.db.inbound.count()).toBe(0)
    expect(await page.db.outbound.count()).toBe(0)
    expect(await page.db.resident.findMany({ select: { number: true } })).toEqual([{ number: 'OKO-2' }])
    expect(await page.db.consent.count()).toBe(1)
    await visitor.says('halo lagi')
    await settle()
    expect(await texts()).toEqual(['halo lagi', 'dengar: halo lagi'])
  })

  it('cannot fill the page: the one idle for more than a day gives way, else it is full', async () => {
    const { db, clock } = page
    const data = Array.from({ length: MAX_LIVE_CHATS }, (_, i) => ({
      channel: 'chatpage',
      account: 'chatpage:local',
      address: `${'x'.repeat(30)}${String(i).padStart(2, '0')}.1`,
      sandbox: true,
      createdAt: new Date(NOW + i * MINUTE),
    }))
    await db.conversation.createMany({ data })
    const post = () =>
      visitor.json('/chat/residents/1/messages', { key: randomUUID(), incoming: { kind: 'text', text: 'x' } })
    const full = await post()
    expect([full.status, await full.json()]).toEqual([507, { error: 'full' }])
    clock.advance(DAY + MINUTE / 2)
    expect((await post()).status).toBe(204)
    expect(await db.conversation.count()).toBe(MAX_LIVE_CHATS)
    expect(await db.conversation.findFirst({ where: { address: data[0]?.address ?? '' } })).toBeNull()
  })
})

describe('the clock of a chat', () => {
  /** Reminds after 3 hours and again 9 hours later, and says when that was. */
  const reminding: Script = ({ inbound: { incoming } }, now) => {
    const at = new Date(now + 7 * HOUR).toISOString().slice(8, 16).replace('T', ' ')
    if (incoming.kind === 'timer')
      return incoming.timer === 'nudge'
        ? { says: [{ text: [`ingat ${at}`] }], timer: { name: 'card', wait: 'w1', at: now + 9 * HOUR } }
        : { says: [{ text: [`lanjutkan? ${at}`] }] }
    return { says: [{ text: [`mulai ${at}`] }], timer: { name: 'nudge', wait: 'w1', at: now + 3 * HOUR } }
  }

  /** Beats the path while something else is under way, as the sweep does. */
  async function beating<T>(beat: () => Promise<void>, work: Promise<T>): Promise<T> {
    let done = false
    const beats = (async () => {
      while (!done) {
        await beat()
        await new Promise(resolve => setTimeout(resolve, 20))
      }
    })()
    try {
      return await work
    } finally {
      done = true
      await beats
    }
  }

  it('moves as time does: every timer on the way is heard at its own time, earlier messages keep theirs', async () => {
    await page.channel.stop()
    const { settle: beat } = await withScript(page, reminding)
    await visitor.says('halo')
    await beat()
    const answer = await beating(beat, visitor.json('/chat/residents/1/clock', { step: 'day' }))
    expect(answer.status).toBe(204)
    await beat()
    expect(await texts()).toEqual(['halo', 'mulai 25 10:00', 'ingat 25 13:00', 'lanjutkan? 25 22:00'])
    const html = await visitor.html()
    expect([...html.matchAll(/<time[^>]*>([\d.]+)<\/time>/g)].map(match => match[1])).toEqual([
      '10.00',
      '10.00',
      '13.00',
      '22.00',
    ])
    expect(html).toContain(`data-offset="${DAY}"`)
  })

  it('moves for this chat alone', async () => {
    await page.channel.stop()
    const { settle: beat } = await withScript(page, reminding)
    const other = page.visitor()
    await other.html()
    await visitor.says('halo')
    await other.says('halo')
    await beat()
    await beating(beat, visitor.json('/chat/residents/1/clock', { step: 'hours' }))
    await beat()
    expect(await texts()).toHaveLength(3)
    expect(await texts(other)).toHaveLength(2)
    expect((await visitor.json('/chat/residents/1/clock', { step: 'year' })).status).toBe(400)
  })
})

it('says that it is off, and where to look, while a real channel is set', async () => {
  const answer = await homeRoutes().request('/')
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('href="/ready"')
})
