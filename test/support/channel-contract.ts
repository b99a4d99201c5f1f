import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Channel, Received, SendOutcome } from '../../src/channels/channel.ts'
import type { Incoming, Say } from '../../src/engine/types.ts'

/** Somebody on the platform. Acts resolve when the platform has taken them; what the channel makes of them comes later. */
export interface Someone {
  address: string
  writes(text: string): Promise<void>
  /** Presses a button of the newest message that shows it. */
  taps(label: string): Promise<void>
  /** What the assistant sent, oldest first, as the person reads it. */
  sees(): Promise<Seen[]>
}

export interface Seen {
  text: string
  buttons: string[]
  /** The name of the file that came with it. */
  file?: string
}

/** A file that every harness can send: `note/<words>` is made by code. */
export const NOTE = { key: 'note/halo', name: 'catatan.txt', as: 'document' } as const

export interface ChannelHarness {
  channel: Channel
  /** Without buttons choices are numbers in the text, and tapping means writing one. */
  numbered?: boolean
  /** A new person, known to the platform. */
  someone(): Promise<Someone>
  /** What the outbox does with a waiting row of this say; its file is `NOTE`, kept by the platform as `mediaId`. */
  send(address: string, say: Say, mediaId?: string): Promise<SendOutcome>
  /** An address in the platform's form behind which there is nobody. */
  nobody: string
  close(): Promise<void>
}

/**
 * What every channel keeps to, run against each of them: nothing is confirmed before it is stored, an identity stays the
 * same when a message comes again, order is kept, words of a person are never markup, a send always has an outcome.
 */
export function channelContract(name: string, open: () => Promise<ChannelHarness>): void {
  describe(`${name} keeps the channel contract`, () => {
    let harness: ChannelHarness
    let heard: Received[]
    /** Stores a batch; tests replace it. */
    let store: (batch: Received[]) => Promise<void>

    beforeEach(async () => {
      harness = await open()
      heard = []
      store = async batch => void heard.push(...batch)
    })
    afterEach(async () => {
      await harness.channel.stop()
      await harness.close()
    })

    const start = () => harness.channel.start(batch => store(batch))
    const until = (count: number) => expect.poll(() => heard.length).toBe(count)
    /** Without the platform's own numbers of messages. */
    const incoming = (): Incoming[] =>
      heard.map(({ incoming }) => {
        if (incoming.kind !== 'text' && incoming.kind !== 'tap') return incoming
        const { message: _, ...rest } = incoming
        return rest
      })

    it('is starting, connected and stopped, and says so', async () => {
      expect(harness.channel.state().status).toBe('starting')
      await start()
      await (await harness.someone()).writes('halo') // a long poll may rest until there is something to hear
      await expect.poll(() => harness.channel.state().status).toBe('connected')
      await harness.channel.stop()
      expect(harness.channel.state().status).toBe('stopped')
    })

    it('hears who wrote what, on which account, and keeps the order', async () => {
      await start()
      const [siti, budi] = [await harness.someone(), await harness.someone()]
      for (const text of ['satu', 'dua', 'tiga']) await siti.writes(text)
      await budi.writes('empat')
      await until(4)
      const { account, name: channel } = harness.channel
      const of = (who: Someone) => heard.filter(received => received.address === who.address)
      expect(of(siti).map(r => r.incoming)).toMatchObject(
        ['satu', 'dua', 'tiga'].map(text => ({ kind: 'text', text })),
      )
      expect(of(budi)).toMatchObject([{ account, channel, incoming: { kind: 'text', text: 'empat' } }])
      expect(new Set(heard.map(r => `${r.account} ${r.externalId}`)).size).toBe(4)
      for (const { sentAt } of heard) expect(Math.abs(sentAt - Date.now())).toBeLessThan(60_000)
    })

    it('confirms nothing that was not stored: it comes again under the same identity', async () => {
      const offered: Received[] = []
      store = async batch => {
        offered.push(...batch)
        if (offered.length < 3) throw new Error('the database is away')
        heard.push(...batch)
      }
      await start()
      await (await harness.someone()).writes('halo')
      await until(1)
      expect(offered.length).toBeGreaterThanOrEqual(3)
      expect(new Set(offered.map(r => r.externalId)).size).toBe(1)
    })

    it('keeps what cannot be stored out of texts: no NUL, no half of a letter', async () => {
      await start()
      await (await harness.someone()).writes('a\0b')
      await until(1)
      expect(incoming()).toEqual([{ kind: 'text', text: 'a\ufffdb' }])
    })

    it('shows text as it is meant: bold, line breaks, and words of a person never as markup', async () => {
      await start()
      const siti = await harness.someone()
      const text = ['Halo ', { bold: 'Siti <b>& *co*' }, '\n<i>_x_</i> &amp; `y` *z*']
      expect(await harness.send(siti.address, { text })).toMatchObject({
        kind: 'sent',
        providerId: expect.stringMatching(/./),
      })
      expect(await siti.sees()).toEqual([
        { text: 'Halo Siti <b>& *co*\n<i>_x_</i> &amp; `y` *z*', buttons: [] },
      ])
    })

    it('hears a tap as the number of the choice on the wait that showed it', async () => {
      await start()
      const siti = await harness.someone()
      const choices = [{ label: 'Ya' }, { label: 'Tidak <mau>' }]
      await harness.send(siti.address, { text: ['Mau?'], wait: 'w1', choices, more: 'lainnya' })
      expect((await siti.sees()).at(-1)?.buttons).toEqual(['Ya', 'Tidak <mau>', 'lainnya'])
      await siti.taps('Tidak <mau>')
      await siti.taps('lainnya')
      await until(2)
      expect(incoming()).toEqual(
        harness.numbered
          ? ['2', '0'].map(text => ({ kind: 'text', text }))
          : [2, 0].map(option => ({ kind: 'tap', wait: 'w1', option })),
      )
    })

    it('shares the own number where it is asked for, and sends the other buttons as words', async () => {
      await start()
      const siti = await harness.someone()
      const choices = [{ label: 'Bagikan nomor' }, { label: 'Lewati' }]
      await harness.send(siti.address, { text: ['Nomor HP?'], wait: 'w1', choices, request: 'contact' })
      await siti.taps('Bagikan nomor')
      await siti.taps('Lewati')
      await until(2)
      expect(incoming()).toEqual([
        { kind: 'contact', phone: expect.stringMatching(/\d{4}/), own: true },
        { kind: 'text', text: 'Lewati' },
      ])
    })

    it('sends a file with its caption, and again when the platform keeps it already', async () => {
      await start()
      const siti = await harness.someone()
      const say = { text: ['Ini <b>catatannya</b>.'], file: NOTE }
      const first = await harness.send(siti.address, say)
      expect(first).toMatchObject({ kind: 'sent', providerId: expect.stringMatching(/./) })
      const mediaId = first.kind === 'sent' ? first.mediaId : undefined
      expect(await harness.send(siti.address, { ...say, text: [] }, mediaId)).toMatchObject({ kind: 'sent' })
      expect(await siti.sees()).toEqual([
        { text: 'Ini <b>catatannya</b>.', buttons: [], file: NOTE.name },
        { text: '', buttons: [], file: NOTE.name },
      ])
    })

    it('shows a message that takes the place of another, edited or new, and one whose predecessor is gone', async () => {
      await start()
      const siti = await harness.someone()
      const page = (wait: string, label: string) => ({ text: [`Hal ${label}`], wait, choices: [{ label }] })
      const first = await harness.send(siti.address, page('w1', 'satu'))
      const replaces = first.kind === 'sent' ? first.providerId : ''
      expect(await harness.send(siti.address, { ...page('w2', 'dua'), replaces })).toMatchObject({
        kind: 'sent',
      })
      expect((await siti.sees()).at(-1)).toEqual({ text: 'Hal dua', buttons: ['dua'] })
      await siti.taps('dua')
      await until(1)
      expect(incoming()).toEqual(
        harness.numbered ? [{ kind: 'text', text: '1' }] : [{ kind: 'tap', wait: 'w2', option: 1 }],
      )
      const gone = { ...page('w3', 'tiga'), replaces: '999999' }
      expect(await harness.send(siti.address, gone)).toMatchObject({ kind: 'sent' })
      expect((await siti.sees()).at(-1)?.text).toBe('Hal tiga')
    })

    it('never throws for a courtesy or for a message that is gone, nor for nobody', async () => {
      await start()
      const siti = await harness.someone()
      const { channel, nobody } = harness
      for (const address of [siti.address, nobody]) {
        await channel.typing?.(address)
        for (const touch of ['unbutton', 'delete'] as const)
          expect((await channel.touch?.(address, { touch, message: '999999' }))?.kind ?? 'none').toMatch(
            /sent|refused|blocked|none/,
          )
      }
    })

    it('gives every send an outcome, also to nobody, and never throws', async () => {
      await start()
      const outcome = await harness.channel.send(harness.nobody, { text: ['halo'] })
      expect(['blocked', 'refused']).toContain(outcome.kind)
    })

    it('stops when nothing is being stored any more, and hears nothing after', async () => {
      let release = () => {}
      const stored = new Promise<void>(resolve => (release = resolve))
      let began = false
      store = async batch => {
        began = true
        await stored
        heard.push(...batch)
      }
      await start()
      const siti = await harness.someone()
      const writing = siti.writes('halo')
      await expect.poll(() => began).toBe(true)
      const stopping = harness.channel.stop().then(() => heard.length)
      release()
      expect(await stopping).toBe(1)
      await writing
      const late = siti.writes('terlambat').catch(() => {})
      await new Promise(resolve => setTimeout(resolve, 200))
      expect(heard).toHaveLength(1)
      await late
    })
  })
}
