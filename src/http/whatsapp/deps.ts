import type { AccountState } from '../../channels/whatsapp/ports.ts'
import type { Log } from '../../lib/log.ts'
import type { Clock } from '../../lib/time.ts'

export interface ShownAccount {
  state: AccountState
  /** Some process owns the account now. */
  live: boolean
  /** Epoch ms: until then WhatsApp restricts what we start. */
  lockedUntil: number | undefined
}

/** What the page needs; the account itself may live in another process. */
export interface PairingPageDeps {
  read: () => Promise<ShownAccount | undefined>
  /** @param phone E.164 digits @returns the code of eight letters; undefined: no code now */
  askCode: (phone: string) => Promise<string | undefined>
  /** Uses a one-time link up. @returns a session token */
  open: (link: string, now: number) => Promise<string | undefined>
  holds: (session: string, now: number) => Promise<boolean>
  /** A page to print that opens the chat with this number. */
  poster: (phone: string) => Promise<string>
  clock: Clock
  log: Log
}
