import type { CacheStore, WAMessage, WASocket, WAVersion } from '@whiskeysockets/baileys'
import { errorForLog, type Log } from '../../lib/log.ts'
import { atMost, HOUR, SECOND, type Clock } from '../../lib/time.ts'
import type { Acks } from './acks.ts'
import type { Auth } from './auth.ts'
import type { Baileys } from './baileys.ts'
import type { Locks } from './locks.ts'
import type { WhatsAppPorts } from './ports.ts'
import { openSession, type Endpoint, type SessionHears } from './session.ts'
import { Watch } from './watch.ts'

export interface ConverseDeps {
  ports: WhatsAppPorts
  acks: Acks
  messages: (messages: readonly WAMessage[]) => void
  endpoint?: Endpoint | undefined
  clock: Clock
  log: Log
  /** Pauses are so many times shorter, for tests. */
  haste: number
}

interface Conversation {
  baileys: Baileys
  auth: Auth
  retries: CacheStore
  locks: Locks
  version: WAVersion | undefined
  /** Ends it from our side. */
  end: AbortSignal
  begun(live: Live): void
  qr(qr: string): void
  opened(phone: string | undefined): void
}

/** A connection under way. */
export interface Live {
  socket: WASocket
  stopHearing(): Promise<void>
  /** Something was written: from now on a confirmation is due. */
  sent(): void
}

/** `asked`: the signal ended it. */
export type Ended = { code: number | undefined } | 'asked'

const WATCH_EVERY = 10 * SECOND
/** A phone that could not read a message asks soon; later, a repeat would be a riddle. */
const ASKED_AGAIN = HOUR
const END_MS = 10 * SECOND

/** One connection, from its opening to its end: heard, watched, and closed without losing what is half received. */
export async function converse(deps: ConverseDeps, one: Conversation): Promise<Ended> {
  const { clock, log, ports } = deps
  const watch = new Watch(clock.now())
  let close = (_: Ended) => {}
  const ended = new Promise<Ended>(resolve => (close = resolve))
  const fail = () => close({ code: undefined })
  const { baileys, auth, retries, version, locks } = one
  const session = openSession(
    {
      ...{ baileys, auth, retries, version, locks, endpoint: deps.endpoint },
      findMessage: id => ports.sent.find(id, clock.now() - ASKED_AGAIN),
    },
    hearing(deps, one, { watch, closed: code => close({ code }) }),
  )
  const { socket, stopHearing } = session
  one.begun({ socket, stopHearing, sent: () => watch.sent(clock.now()) })
  void auth.broken.then(error => {
    log.error(errorForLog(error), 'the credential could not be stored; connecting anew')
    void socket.end(undefined) // at once: else the client refuses the message that it cannot store, and it is lost
    fail()
  })
  const asked = () => close('asked')
  one.end.addEventListener('abort', asked, { once: true })
  const watching = setInterval(() => look(deps, watch, fail), WATCH_EVERY / deps.haste)
  try {
    return await ended
  } finally {
    clearInterval(watching)
    one.end.removeEventListener('abort', asked)
    await atMost(END_MS, session.close())
  }
}

function hearing(
  { acks, clock, log, messages, ports }: ConverseDeps,
  { qr, opened }: Conversation,
  { watch, closed }: { watch: Watch; closed: (code: number | undefined) => void },
): SessionHears {
  const fault = (what: string) => (error: unknown) => log.warn(errorForLog(error), `${what} failed`)
  return {
    ...{ qr, closed, messages },
    opened(phone) {
      watch.heard(clock.now())
      opened(phone)
    },
    news: news => news.forEach(each => acks.hear(each)),
    pairs: pairs => void ports.identities.learn(pairs).catch(fault('learning who is who')),
    reachOut(locked, until) {
      const { outreach } = ports
      const told = locked ? outreach.locked(until, clock.now()) : outreach.unlocked(clock.now())
      void told.catch(fault('noting a restriction'))
    },
    alive: () => watch.heard(clock.now()),
  }
}

function look({ clock, log, ports }: ConverseDeps, watch: Watch, reconnect: () => void): void {
  const verdict = watch.judge(clock.now())
  if (verdict === 'well') return
  if (verdict === 'deaf') {
    log.error('WhatsApp confirms nothing any more; connecting anew')
    ports.health.deaf(clock.now())
  }
  reconnect()
}
