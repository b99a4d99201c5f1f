import { Every } from './app/loop.ts'
import { PairingError, WhatsAppChannel, type Endpoint } from './channels/whatsapp/index.ts'
import { accountLease } from './channels/whatsapp/owner.ts'
import { PACE } from './channels/whatsapp/pace.ts'
import type { AccountState, PairingDesk, WhatsAppPorts } from './channels/whatsapp/ports.ts'
import { createLease } from './db/leases.ts'
import type { Store } from './db/open.ts'
import { createAuthStore } from './db/whatsapp/auth.ts'
import { Fence } from './db/whatsapp/fence.ts'
import { createIdentities } from './db/whatsapp/identities.ts'
import { createOutreach } from './db/whatsapp/outreach.ts'
import { createSentMessages } from './db/whatsapp/sent.ts'
import { createBoard, ownLease, type AccountBoard } from './db/whatsapp/state.ts'
import { formatInstant } from './lib/format.ts'
import { errorForLog, type Log } from './lib/log.ts'
import { SECOND, type Clock } from './lib/time.ts'

/** Its own name, not its number: after a new pairing, also with another number, people keep their chats. */
export const WHATSAPP_ACCOUNT = 'whatsapp:main'

/** Where WhatsApp is and how much faster than life everything goes, for tests and measurements. */
export interface Elsewhere {
  endpoint: Endpoint
  haste: number
}

interface OpenOptions {
  store: Store
  clock: Clock
  log: Log
  elsewhere?: Elsewhere | undefined
}

const ASKED_EVERY = SECOND

/** The channel, and the desk where operators in other processes ask for a pairing code. `stop` closes the desk. */
export function openWhatsApp(
  config: { WHATSAPP_DAILY_CAP: number; WHATSAPP_REPLIES_PER_MINUTE: number },
  { store, clock, log, elsewhere }: OpenOptions,
): { channel: WhatsAppChannel; stop: () => Promise<void> } {
  const { board, ...ports } = whatsAppPorts({ store, clock, log, dailyCap: config.WHATSAPP_DAILY_CAP })
  const channel = new WhatsAppChannel({
    ...{ account: WHATSAPP_ACCOUNT, ports, clock, log },
    pace: { ...PACE, repliesPerMinute: config.WHATSAPP_REPLIES_PER_MINUTE },
    ...(elsewhere ?? {}),
  })
  const fault = (error: unknown) => log.warn(errorForLog(error), 'WhatsApp: the desk failed')
  const desk = new Every(ASKED_EVERY, () => serve(board, channel), fault)
  return { channel, stop: () => desk.stop() }
}

/** Only the process that owns the account can answer. */
async function serve(board: AccountBoard, channel: { pairing: PairingDesk }): Promise<void> {
  const { status } = channel.pairing.state()
  if (status === 'waiting' || status === 'stopped') return
  const asked = await board.take()
  if (!asked) return
  const { id, request } = asked
  const { pairing } = channel
  const answered =
    request.kind === 'code'
      ? pairing.requestCode(request.phone).then(code => ({ code }))
      : pairing.unpair().then(() => ({ done: true as const }))
  const failed = (error: unknown) => ({ error: error instanceof PairingError ? error.message : 'It failed.' })
  await board.answer(id, await answered.catch(failed))
}

interface PortsOptions {
  store: Store
  clock: Clock
  log: Log
  account?: string
  dailyCap: number
}

/** What the WhatsApp adapter remembers and whom it tells, in the database. */
export function whatsAppPorts(options: PortsOptions): WhatsAppPorts & { board: AccountBoard } {
  const { store, clock, log, account = WHATSAPP_ACCOUNT, dailyCap } = options
  const { db, sealer } = store
  const fence = new Fence()
  const board = createBoard(db, sealer, account)
  return {
    board,
    auth: createAuthStore(db, sealer, { account, fence }),
    sent: createSentMessages(db, sealer, account),
    identities: createIdentities(db, sealer, { account, clock }),
    lease: accountLease(
      () => createLease(db, ownLease(account)),
      held => fence.stand(held),
    ),
    outreach: createOutreach(db, { account, dailyCap, alarm: locked => alarm(log, locked) }),
    health: healthOf(board, log),
  }
}

/** The newest state is written, one write after the other; a database that is away is told at the next change. */
function healthOf(board: AccountBoard, log: Log): WhatsAppPorts['health'] {
  let next: AccountState | undefined
  let writing: Promise<void> | undefined
  const write = async () => {
    for (let state = next; state; state = next) {
      next = undefined
      await board
        .write(state)
        .catch((error: unknown) => log.warn(errorForLog(error), 'WhatsApp: state not stored'))
    }
    writing = undefined
  }
  return {
    changed(state) {
      const level = ALARMING.has(state.status) ? 'error' : 'info'
      log[level]({ channel: 'whatsapp', status: state.status }, MEANS[state.status])
      // only its owner speaks of the account; that nobody owns it, the lease tells
      if (state.status === 'waiting' || state.status === 'stopped') return
      next = state
      writing ??= write()
    },
    deaf: () => log.error({ channel: 'whatsapp' }, 'WhatsApp: connected and deaf; connecting anew'),
  }
}

const ALARMING = new Set<AccountState['status']>(['needs_pairing', 'taken_over', 'banned', 'outdated'])

const MEANS: Record<AccountState['status'], string> = {
  waiting: 'WhatsApp: another process owns the account; waiting',
  connecting: 'WhatsApp: connecting',
  needs_pairing:
    'WhatsApp: link the phone with npm run whatsapp -- pair, or on the page that npm run whatsapp -- link opens',
  open: 'WhatsApp: connected',
  taken_over: 'WhatsApp: another program uses this account; end it, or unlink it on the phone',
  banned: 'WhatsApp: the number is banned; ask WhatsApp on the phone, or link another number',
  outdated: 'WhatsApp: the client is too old; update the assistant',
  stopped: 'WhatsApp: stopped',
}

function alarm(log: Log, locked: { until: number } | undefined): void {
  const channel = 'whatsapp'
  if (locked)
    log.error(
      { channel, until: formatInstant(locked.until, 'en') },
      'WhatsApp restricts chats that we start: reminders go to the other channel or wait; answers go on',
    )
  else log.info({ channel }, 'WhatsApp no longer restricts chats that we start')
}
