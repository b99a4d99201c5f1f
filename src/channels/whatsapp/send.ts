import type { WASocket } from '@whiskeysockets/baileys'
import { createHash } from 'node:crypto'
import { errorForLog, type Log } from '../../lib/log.ts'
import { SECOND, sleep, type Clock } from '../../lib/time.ts'
import type { Say } from '../../engine/types.ts'
import type { OutboundFile, SendOutcome, Sending } from '../channel.ts'
import type { Account } from './account.ts'
import type { Ack, Acks } from './acks.ts'
import { loadBaileys } from './baileys.ts'
import { contentOf, UploadError, type Content } from './content.ts'
import { isGroup } from './jids.ts'
import type { Pace } from './pace.ts'
import type { WhatsAppPorts } from './ports.ts'
import type { Endpoint } from './session.ts'

export interface SendDeps {
  account: string
  connection: Pick<Account, 'socket' | 'sent' | 'locks'>
  acks: Acks
  pace: Pace
  ports: Pick<WhatsAppPorts, 'identities' | 'outreach' | 'sent'>
  endpoint?: Endpoint | undefined
  clock: Clock
  log: Log
  chance: () => number
  haste: number
}

export interface Letter {
  address: string
  say: Say
  file?: OutboundFile | undefined
  sending: Sending
}

/** Nothing goes out: ask again so soon. */
const NOT_CONNECTED = 3 * SECOND
const ACK_WITHIN = 20 * SECOND
/** How fast somebody seems to write, within limits that nobody minds. */
const TYPING = { msPerLetter: 12, least: 0.4 * SECOND, most: 1.5 * SECOND }
/** "This account may not start chats now." */
const REACH_OUT = '463'
/** "The stanza does not fit": mostly a device list that is out of date, and heals by itself. */
const STALE = '479'

/** One letter's way out: whom, whether, when, what, and what became of it. Never throws for what WhatsApp does. */
export class Sender {
  constructor(private readonly deps: SendDeps) {}

  async send(letter: Letter): Promise<SendOutcome> {
    const { connection, ports, clock, pace, chance } = this.deps
    const { address, sending } = letter
    const jid = isGroup(address) ? address : await ports.identities.jidOf(address)
    if (jid === undefined) return { kind: 'refused', reason: 'they never wrote to this number' }
    if (!connection.socket()) return this.#later(NOT_CONNECTED, 'not connected')
    const starts = sending.purpose === 'reminder' || sending.purpose === 'bulk'
    const may = starts ? await ports.outreach.mayStart(address, clock.now()) : ({ kind: 'yes' } as const)
    if (may.kind === 'no') return { kind: 'refused', reason: may.reason }
    if (may.kind === 'later') return { ...may, scope: 'chat', reason: 'not now' }
    const turn = pace.take(address, starts ? 'start' : 'reply', clock.now(), chance())
    if (turn.kind === 'later') return { ...turn, scope: starts ? 'chat' : 'account', reason: 'pace' }
    await this.#seemToType(jid, letter.say, turn.waitMs)
    const socket = connection.socket()
    if (!socket) return this.#later(NOT_CONNECTED, 'not connected')
    const outcome = await this.#hand(socket, jid, letter)
    if (starts && outcome.kind === 'sent') await ports.outreach.started(address, clock.now())
    return outcome
  }

  async #hand(socket: WASocket, jid: string, letter: Letter): Promise<SendOutcome> {
    const { acks, clock, connection, log, ports } = this.deps
    const id = messageId(this.deps.account, letter.sending.outbound)
    try {
      const { message, mediaId } = await this.#content(socket, letter)
      const { proto } = await loadBaileys()
      const content = proto.Message.encode(message).finish()
      const { address, sending } = letter
      const kept = await ports.sent.keep(
        { id, outbound: sending.outbound, part: 0, address, content },
        clock.now(),
      )
      const acked = acks.expect(id, ACK_WITHIN)
      await connection.locks.run(await ratchetOf(socket, jid), () =>
        socket.relayMessage(jid, proto.Message.decode(kept), { messageId: id }),
      )
      connection.sent()
      acks.hear({ id, status: 'written' })
      return await this.#judge(await acked, id, mediaId)
    } catch (error) {
      log.warn(
        { ...errorForLog(error), outbound: letter.sending.outbound },
        'a message could not be handed over',
      )
      acks.forget(id)
      return error instanceof UploadError
        ? { kind: 'unknown', reason: 'upload failed' }
        : this.#later(NOT_CONNECTED, 'not handed over', 'chat')
    }
  }

  async #content(socket: WASocket, { say, file }: Letter): Promise<Content> {
    const baileys = await loadBaileys()
    const options = this.deps.endpoint?.options
    return contentOf(say, file, {
      baileys,
      socket,
      now: this.deps.clock.now(),
      ...(options ? { options } : {}),
    })
  }

  async #judge(ack: Ack, id: string, mediaId: string | undefined): Promise<SendOutcome> {
    if (ack.kind === 'sent')
      return { kind: 'sent', providerId: id, ...(mediaId === undefined ? {} : { mediaId }) }
    if (ack.kind === 'unanswered') return { kind: 'unknown', reason: ack.reason }
    if (ack.code === STALE) return { kind: 'unknown', reason: `refused with ${STALE}` }
    // trying it again would count as one more reach-out, and make the restriction longer
    if (ack.code === REACH_OUT) await this.deps.ports.outreach.locked(undefined, this.deps.clock.now())
    return { kind: 'refused', reason: `refused with ${ack.code}` }
  }

  /** "Mengetik…" while the turn is waited for; answers that come in no time look like a machine's. */
  async #seemToType(jid: string, say: Say, waitMs: number): Promise<void> {
    const { connection, haste } = this.deps
    const letters = say.text.reduce(
      (sum, span) => sum + (typeof span === 'string' ? span : span.bold).length,
      0,
    )
    const typing = Math.min(TYPING.most, Math.max(TYPING.least, letters * TYPING.msPerLetter)) / haste
    await sleep(waitMs - typing)
    await connection
      .socket()
      ?.sendPresenceUpdate('composing', jid)
      .catch(() => {})
    await sleep(Math.max(typing, waitMs - Math.max(0, waitMs - typing)))
  }

  #later(ms: number, reason: string, scope: 'chat' | 'account' = 'account'): SendOutcome {
    return { kind: 'later', at: this.deps.clock.now() + ms, scope, reason }
  }
}

/** Sessions are kept under the LID where it is known. */
const ratchetOf = async (socket: WASocket, jid: string): Promise<string> =>
  (jid.endsWith('@s.whatsapp.net') && (await socket.signalRepository.lidMapping.getLIDForPN(jid))) || jid

/**
 * The same message has the same id at every attempt, so that a repeat after a crash is no second message. It looks like
 * the ids of WhatsApp Web: 3EB0 and 18 hexadecimal digits.
 */
export const messageId = (account: string, outbound: string): string =>
  `3EB0${createHash('sha256').update(`${account} ${outbound}`).digest('hex').slice(0, 18).toUpperCase()}`
