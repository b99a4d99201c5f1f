import type { AccountState } from '../../channels/whatsapp/ports.ts'
import { askOwner } from '../../db/whatsapp/ask.ts'
import type { AccountBoard, Shown } from '../../db/whatsapp/state.ts'
import { formatInstant, formatPhone } from '../../lib/format.ts'
import { SECOND, sleep } from '../../lib/time.ts'
import { readPhone } from '../../understand/index.ts'
import { qrText } from '../links/posters.ts'

export interface Terminal {
  print: (text: string) => void
  /** Ends the waiting; the account goes on as it was. */
  end: AbortSignal
}

const LOOK_MS = SECOND / 2

const SAYS: Record<AccountState['status'], string> = {
  waiting: 'Waiting for another process to give the account up.',
  connecting: 'Connecting to WhatsApp.',
  needs_pairing: 'No phone is linked: npm run whatsapp -- pair',
  open: 'Connected.',
  taken_over: 'Another program uses this account. End it, or unlink it on the phone.',
  banned:
    'WhatsApp has banned this number. Ask WhatsApp on the phone, or link another number: unpair, then pair.',
  outdated: 'WhatsApp refuses this version of the client. Update the assistant.',
  stopped: 'Stopped.',
}

/** How the account is doing, in words for an operator. */
export function describeAccount(shown: Shown | undefined, now: number): string {
  if (!shown) return 'WhatsApp was never started here. Link a phone: npm run whatsapp -- pair'
  const { state, live, lockedUntil } = shown
  const lines = [SAYS[state.status]]
  if (state.status === 'open' && state.phone !== undefined)
    lines.push(`Number: ${formatPhone(`+${state.phone}`)}`)
  lines.push(`Since: ${formatInstant(state.since, 'en')}`)
  if (!live) lines.push('No process is connected now; this is how it was when the last one ended.')
  if (lockedUntil !== undefined && lockedUntil > now)
    lines.push(
      `WhatsApp restricts chats that we start until ${formatInstant(lockedUntil, 'en')}: reminders go to the other channel or wait; answers go on.`,
    )
  return lines.join('\n')
}

/** Waiting for a phone can only end in one of these. */
const FINAL = new Set<AccountState['status']>(['open', 'banned', 'taken_over', 'outdated'])

/** Shows each QR code until a phone has scanned one. @returns the exit code */
export async function pairByQr(board: AccountBoard, { print, end }: Terminal): Promise<0 | 1> {
  let drawn: string | undefined
  return watch(board, { print, end }, async state => {
    if (state.status !== 'needs_pairing' || state.qr === undefined || state.qr === drawn) return
    drawn = state.qr
    print(
      `${await qrText(drawn)}\nOn the phone: WhatsApp, Linked devices, Link a device. Scan this code; a new one follows.`,
    )
  })
}

/** Shows an eight-letter code for the phone with this number until it has been typed there. @returns the exit code */
export async function pairByCode(board: AccountBoard, phone: string, terminal: Terminal): Promise<0 | 1> {
  const read = readPhone(phone)
  if (read.kind !== 'value') {
    terminal.print(`"${phone}" is no mobile number; expected one such as 0812-3456-7890.`)
    return 1
  }
  let asked = false
  return watch(board, terminal, async (state, stop) => {
    if (asked || state.status !== 'needs_pairing' || state.qr === undefined) return
    asked = true
    const answer = await askOwner(board, { kind: 'code', phone: read.value.slice(1) })
    if (!answer || !('code' in answer)) {
      terminal.print(answer && 'error' in answer ? answer.error : 'The assistant did not answer. Try again.')
      return stop()
    }
    const code = spaced(answer.code)
    terminal.print(
      `Code: ${code}\nOn the phone: WhatsApp, Linked devices, Link a device, "Link with phone number instead". Type this code.`,
    )
  })
}

/** "ABCD-1234", as the phone shows its eight boxes. */
export const spaced = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`

/** Forgets the linked phone. People, their chats and profiles stay. @returns the exit code */
export async function unpair(board: AccountBoard, { print }: Terminal): Promise<0 | 1> {
  const answer = await askOwner(board, { kind: 'unpair' })
  const done = answer !== undefined && 'done' in answer
  print(
    done
      ? 'The phone is unlinked. Link one again: npm run whatsapp -- pair'
      : 'The assistant did not answer. Try again.',
  )
  return done ? 0 : 1
}

async function watch(
  board: AccountBoard,
  { print, end }: Terminal,
  look: (state: AccountState, stop: () => void) => Promise<void>,
): Promise<0 | 1> {
  let stopped = false
  while (!end.aborted && !stopped) {
    const shown = await board.read()
    if (shown && FINAL.has(shown.state.status)) {
      print(describeAccount(shown, shown.state.since))
      return shown.state.status === 'open' ? 0 : 1
    }
    if (shown) await look(shown.state, () => (stopped = true))
    if (!stopped) await sleep(LOOK_MS, end)
  }
  return 1
}
