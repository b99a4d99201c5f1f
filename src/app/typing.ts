import type { Channel } from '../channels/channel.ts'
import { SECOND, type Clock } from '../lib/time.ts'
import type { Inbox } from './ports.ts'

/** An answer that comes sooner needs no sign that it is coming. */
const AFTER_MS = 1.5 * SECOND
/** Whatever takes longer is no slow turn but a fault, and "typing" would be a lie. */
const UNTIL_MS = 60 * SECOND
/** Platforms show it for about five seconds. */
const AGAIN_MS = 4 * SECOND
const MOST = 20

/** Shows "typing" in the chats whose message is being worked on for longer than an answer usually takes. */
export class Typing {
  readonly #shown = new Map<string, number>()

  constructor(private readonly deps: { inbox: Inbox; channel: Channel; clock: Clock }) {}

  async pass(): Promise<void> {
    const { inbox, channel, clock } = this.deps
    if (!channel.typing) return
    const now = clock.now()
    for (const [address, at] of this.#shown) if (now - at > UNTIL_MS) this.#shown.delete(address)
    const between = { from: now - UNTIL_MS, to: now - AFTER_MS }
    for (const address of await inbox.unanswered(channel.account, between, MOST)) {
      const shown = this.#shown.get(address)
      if (shown !== undefined && now - shown < AGAIN_MS) continue
      this.#shown.set(address, now)
      void channel.typing(address)
    }
  }
}
