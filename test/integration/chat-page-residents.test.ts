import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_LIVE_CHATS } from '../../src/db/sandbox.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/lib/time.ts'
import {
  messagesIn,
  NOW,
  openPage,
  readStream,
  withScript,
  type Page,
  echo,
  type Script,
  type Visitor,
} from '../support/chat-page.ts'
import { buttonsOf, messagesOf, plainOf } from '../support/html-reader.ts'

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
    const under: Promise<unknown>[] = []
    const events = await readStream(visitor, {
      enough: seen => {
        if (messagesIn(seen).length === 2 && !answered) {
          answered = true
          under.push(visitor.posts({ kind: 'tap', wait: 'w1', option: 2 }).then(settle))
        }
        if (messagesIn(seen).length === 4 && !restarted) {
          restarted = true
          under.push(visitor.form('/chat/residents/1/restart'))
        }
        return (
          restarted &&
          seen.at(-1)?.event === 'state' &&
          seen.at(-1)?.data['conversation'] !== seen[0]?.data['conversation']
        )
      },
    })
    await Promise.all(under)
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
