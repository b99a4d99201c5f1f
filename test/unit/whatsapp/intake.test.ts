import type { WAMessage } from '@whiskeysockets/baileys'
import { describe, expect, test } from 'vitest'
import type { Received } from '../../../src/channels/channel.ts'
import { Intake } from '../../../src/channels/whatsapp/intake.ts'
import { createLog } from '../../../src/lib/log.ts'
import { FixedClock, MINUTE } from '../../../src/lib/time.ts'

const NOW = Date.parse('2026-11-25T10:00:00+07:00')
/** Of WebMessageInfo.StubType: what could not be decrypted. */
const CIPHERTEXT = 2

const of = (id: string, changes: Partial<WAMessage> = {}): WAMessage => ({
  key: { remoteJid: '900028222000222@lid', fromMe: false, id },
  messageTimestamp: NOW / 1000,
  message: { conversation: id },
  ...changes,
})
const stub = (id: string) => of(id, { message: null, messageStubType: CIPHERTEXT })

/** An intake into a store that may fail, and what was stored. */
function scene(accept: (batch: Received[]) => void = () => {}) {
  const clock = new FixedClock(NOW)
  const stored: Received[] = []
  const intake = new Intake({
    ...{ account: 'whatsapp:1', clock, log: createLog('silent') },
    identities: { addressOf: async jid => `chat of ${jid}` },
    async accept(batch) {
      accept(batch)
      stored.push(...batch)
    },
  })
  const kinds = () => stored.map(({ incoming }) => (incoming.kind === 'text' ? incoming.text : incoming.kind))
  return { intake, clock, kinds }
}

describe('what could not be decrypted', () => {
  test('is waited for: the content comes under the same id, and the stub leaves no trace', async () => {
    const { intake, clock, kinds } = scene()
    intake.hear([stub('satu')])
    clock.advance(2 * MINUTE - 1)
    intake.giveUpStubs()
    intake.hear([of('satu')])
    clock.advance(MINUTE)
    intake.giveUpStubs()
    await intake.stop()
    expect(kinds()).toEqual(['satu'])
  })

  test('and stays so for two minutes is told once, so that nobody waits for an answer in vain', async () => {
    const { intake, clock, kinds } = scene()
    intake.hear([stub('satu')])
    clock.advance(2 * MINUTE)
    intake.giveUpStubs()
    clock.advance(2 * MINUTE)
    intake.giveUpStubs()
    await intake.stop()
    expect(kinds()).toEqual(['unreadable'])
  })
})

test('the database is away when messages come: each is stored when it is back, in order, once', async () => {
  let failures = 3
  const { intake, kinds } = scene(() => {
    if (failures-- > 0) throw new Error('the database is away')
  })
  intake.hear([of('satu'), of('dua')])
  intake.hear([of('tiga')])
  await expect.poll(kinds, { timeout: 10_000 }).toEqual(['satu', 'dua', 'tiga'])
  await intake.stop()
  expect(kinds()).toHaveLength(3)
})

test('more than fit into one transaction come in order', async () => {
  const sizes: number[] = []
  const { intake, kinds } = scene(batch => void sizes.push(batch.length))
  const ids = Array.from({ length: 250 }, (_, i) => `pesan ${i}`)
  intake.hear(ids.map(id => of(id)))
  await intake.stop()
  expect(kinds()).toEqual(ids)
  expect(sizes).toEqual([100, 100, 50])
})
