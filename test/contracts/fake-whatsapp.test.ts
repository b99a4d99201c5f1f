import {
  decryptPollVote,
  downloadMediaMessage,
  getAggregateVotesInPollMessage,
  jidNormalizedUser,
} from '@whiskeysockets/baileys'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { silenceSignal } from '../../src/channels/whatsapp/silence.ts'
import { BareClient, JsonAuth } from '../support/whatsapp/bare.ts'
import type { Person } from '../support/whatsapp/person.ts'
import { FakeWhatsApp } from '../support/whatsapp/server.ts'

silenceSignal()

let fake: FakeWhatsApp
let untrust: () => void
let owner: Person
let budi: Person
let client: BareClient
const auth = new JsonAuth()
const faults: unknown[] = []

beforeAll(async () => {
  fake = await FakeWhatsApp.start()
  untrust = fake.trust()
  fake.on('fault', fault => faults.push(fault))
  owner = fake.person('628111000111', 'Pemilik')
  budi = fake.person('628222000222', 'Budi')
  client = new BareClient(fake, auth, qr => fake.scan(qr, owner)).connect()
  await client.until(() => client.opened === 1)
})
afterAll(async () => {
  await client.stop()
  untrust()
  await fake.stop()
  expect(faults).toEqual([])
})

/** What the real client does against our server, with nothing of the adapter in between. */
describe('the unpatched client on the fake WhatsApp', () => {
  test('pairing by QR ends in 515, then open', () => {
    expect(client.closes).toEqual([515])
    expect(fake.devices).toHaveLength(1)
  })

  test('text in and out; LID and number are shown', async () => {
    await budi.writes('halo')
    const heard = await client.until(() => client.inbound().find(m => m.message?.conversation === 'halo'))
    expect(heard).toMatchObject({ upsert: 'notify', pushName: 'Budi' })
    expect(heard.key).toMatchObject({ remoteJid: budi.lid, remoteJidAlt: budi.pn })
    const next = budi.next()
    await client.open.sendMessage(budi.lid, { text: 'hai juga' })
    expect((await next).message.extendedTextMessage?.text).toBe('hai juga')
    const pn = await client.open.signalRepository.lidMapping.getPNForLID(budi.lid)
    expect(jidNormalizedUser(pn ?? '')).toBe(budi.pn) // the raw value carries ':0'
    // a fast confirmation is merged into the client's own upsert, a slow one is an update
    await client.until(
      () => client.updates.some(u => u.update.status === 3) || client.log.some(m => m.status === 3),
    )
  })

  test('documents in and out', async () => {
    const body = Buffer.from('%PDF-1.4 undangan '.repeat(5000))
    await budi.sendsMedia({ document: body, mimetype: 'application/pdf', fileName: 'undangan.pdf' })
    const heard = await client.until(() => client.inbound().find(m => m.message?.documentMessage))
    const { options } = fake.media.route()
    expect((await downloadMediaMessage(heard, 'buffer', { options })).equals(body)).toBe(true)
    const next = budi.next(message => Boolean(message.documentMessage))
    const csv = { document: Buffer.from('jadwal,csv'), mimetype: 'text/csv', fileName: 'jadwal.csv' }
    await client.open.sendMessage(budi.lid, csv)
    const sent = (await next).message.documentMessage
    expect((await fake.media.open(sent)).toString()).toBe('jadwal,csv')
  })

  test('a voice note in', async () => {
    await budi.sendsMedia({
      audio: Buffer.alloc(4000, 7),
      mimetype: 'audio/ogg; codecs=opus',
      ptt: true,
      seconds: 3,
    })
    const heard = await client.until(() => client.inbound().find(m => m.message?.audioMessage))
    expect(heard.message?.audioMessage?.ptt).toBe(true)
  })

  test('a poll out, a vote in: the creator by LID, the voter by number', async () => {
    const next = budi.next(message => Boolean(message.pollCreationMessageV3))
    const poll = { name: 'Kapan?', values: ['Pagi', 'Sore'], selectableCount: 1 }
    const sent = await client.open.sendMessage(budi.lid, { poll })
    const creator = jidNormalizedUser(client.open.user?.lid)
    await budi.votes(await next, ['Sore'], { creator, voter: budi.pn })
    const heard = await client.until(() => client.inbound().find(m => m.message?.pollUpdateMessage))
    const encrypted = heard.message?.pollUpdateMessage?.vote
    const pollEncKey = sent?.message?.messageContextInfo?.messageSecret
    if (!encrypted || !pollEncKey || !sent?.message) throw new Error('no vote')
    const about = { pollCreatorJid: creator, pollMsgId: sent.key.id ?? '', pollEncKey, voterJid: budi.pn }
    const pollUpdates = [{ pollUpdateMessageKey: heard.key, vote: decryptPollVote(encrypted, about) }]
    const votes = getAggregateVotesInPollMessage({ message: sent.message, pollUpdates })
    expect(votes.filter(vote => vote.voters.length > 0).map(vote => vote.name)).toEqual(['Sore'])
  })

  test('undecryptable: a stub first, then the content under the same id', async () => {
    const id = await budi.writes('penting', { corrupt: true })
    const stub = await client.until(() => client.log.find(m => m.key.id === id && !m.message))
    expect(stub.messageStubType).toBe(2)
    const content = await client.until(() => client.log.find(m => m.key.id === id && m.message))
    expect(content.message?.conversation).toBe('penting')
  })

  test('a stanza delivered twice gives its content twice, under one id', async () => {
    const id = await budi.writes('dobel')
    await client.until(() => client.inbound().some(m => m.key.id === id))
    budi.redelivers()
    await client.until(() => client.log.filter(m => m.key.id === id && m.message).length >= 2)
  })

  test('a refused message: 463 as status 0', async () => {
    fake.faults.nack = '463'
    const sent = await client.open.sendMessage(budi.lid, { text: 'x' })
    const found = await client
      .until(
        () =>
          client.updates.find(u => u.key.id === sent?.key.id && u.update.status === 0)?.update ??
          client.log.find(m => m.key.id === sent?.key.id && m.status === 0),
      )
      .finally(() => {
        fake.faults.nack = undefined
      })
    expect(found.messageStubParameters).toContain('463')
  })

  test('a phone that could not read asks again and reads then', async () => {
    const next = budi.next()
    await client.open.sendMessage(budi.lid, { text: 'sekali lagi' })
    const { id } = await next
    const again = budi.next()
    budi.asksAgain(id)
    expect((await again).message.extendedTextMessage?.text).toBe('sekali lagi')
  })

  test('what came while the client was away arrives as append, before open', async () => {
    await client.stop()
    await budi.writes('satu', { offline: true })
    await budi.writes('dua', { offline: true })
    client = new BareClient(fake, auth).connect()
    await client.until(() => client.inbound().length >= 2)
    expect(client.inbound().map(m => [m.upsert, m.message?.conversation])).toEqual([
      ['append', 'satu'],
      ['append', 'dua'],
    ])
    await client.until(() => client.opened === 1)
  })

  test('what was delivered and not confirmed comes again after the next login', async () => {
    const device = fake.device()
    const lost = { tag: 'message', attrs: { id: '3AVERLOREN' } }
    device.unconfirmed.set('3AVERLOREN', lost)
    expect(device.takeWaiting()).toEqual([{ ...lost, attrs: { id: '3AVERLOREN', offline: '0' } }])
    device.unconfirmed.clear()
  })

  test('a cut connection and a restart: 428, 515', async () => {
    fake.cut()
    await client.until(() => client.opened === 2)
    fake.streamError(515, 'x')
    await client.until(() => client.opened === 3)
    expect(client.closes.slice(-2)).toEqual([428, 515])
  })

  test('thirty people at once, each answered', async () => {
    const people = Array.from({ length: 30 }, (_, i) => fake.person(`62855500${1000 + i}`, `U${i}`))
    client.open.ev.on('messages.upsert', ({ messages, type }) => {
      for (const { key, message } of messages) {
        const text = message?.conversation ?? ''
        if (type === 'notify' && text.startsWith('ping'))
          void client.open.sendMessage(key.remoteJid ?? '', { text: `pong ${text}` })
      }
    })
    await Promise.all(
      people.map(async person => {
        for (const text of ['ping 1', 'ping 2', 'ping 3']) {
          const pong = person.next(m => m.extendedTextMessage?.text === `pong ${text}`, 30_000)
          await person.writes(text)
          await pong
        }
      }),
    )
  })

  test('pairing by code; 401 unlinks', async () => {
    const second = fake.person('628777000777', 'Pemilik kedua')
    let asked = false
    const other = new BareClient(fake, new JsonAuth(), (_qr, { open }) => {
      if (asked) return
      asked = true
      fake.once('code-asked', () => void fake.enterCode('ABCD1234', second))
      void open.requestPairingCode(second.phone, 'ABCD1234')
    }).connect()
    await other.until(() => other.opened === 1)
    expect(other.open.user?.id).toMatch(/^628777000777:1@/)
    expect(other.closes).toEqual([515])
    fake.streamError(401)
    await other.until(() => other.closes.includes(401))
    await sleep(100)
    expect(other.opened).toBe(1)
    await other.stop()
  })
})
