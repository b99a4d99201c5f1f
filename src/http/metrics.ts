import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Meter } from '../app/meter.ts'
import type { Ages } from '../app/ports.ts'

/** Open requests of the law's rights: all, those past the 48-hour alarm, those past their 72 hours. */
interface Requests {
  open: number
  alarm: number
  overdue: number
}

/** What waits, read at each scrape. */
const GAUGES: readonly [name: string, help: string, of: (ages: Ages) => number][] = [
  ['okoce_oldest_unhandled_seconds', 'Age of the oldest unhandled inbound.', a => a.oldestUnhandledMs / 1000],
  ['okoce_oldest_unsent_seconds', 'Age of the oldest waiting outbound.', a => a.oldestUnsentMs / 1000],
  [
    'okoce_oldest_reminder_seconds',
    'How late the oldest due reminder is that was not given to a chat yet.',
    a => a.oldestReminderMs / 1000,
  ],
  [
    'okoce_reminders_unreachable',
    'Reminders of the last seven days that could reach nobody.',
    a => a.remindersUnreachable,
  ],
  [
    'okoce_restricted_accounts',
    'Accounts whose platform restricts the chats that we start (WhatsApp error 463): above 0 is an alarm.',
    a => a.restrictedAccounts,
  ],
  [
    'okoce_appointments_unsettled',
    'Appointments that the programme called off and whose residents have nothing instead yet.',
    a => a.appointmentsUnsettled,
  ],
  [
    'okoce_oldest_unsettled_seconds',
    'How long ago the oldest of them was called off.',
    a => a.oldestUnsettledMs / 1000,
  ],
  ['okoce_set_aside', 'Inbound set aside after three failures.', a => a.setAside],
]

/** Prometheus metrics of the path. Labels are closed sets of ours; nothing a person said or is can become one. */
export class Metrics implements Meter {
  readonly registry = new Registry()
  readonly #received: Counter
  readonly #repeats: Counter
  readonly #turns: Counter<'heard'>
  readonly #sets: Histogram
  readonly #sent: Counter<'outcome'>

  /** @param read asked at each scrape */
  constructor(read: { ages: () => Promise<Ages>; requests: () => Promise<Requests> }) {
    const { ages, requests } = read
    const registers = [this.registry]
    collectDefaultMetrics({ register: this.registry })
    const counter = <T extends string>(name: string, help: string, labelNames: T[] = []) =>
      new Counter({ name, help, labelNames, registers })
    this.#received = counter('okoce_received_total', 'Inbound rows stored.')
    this.#repeats = counter('okoce_repeats_total', 'Updates offered again and ended at the door.')
    this.#turns = counter('okoce_turns_total', 'Turns by what was heard.', ['heard'])
    this.#sent = counter('okoce_sent_total', 'Sends by outcome.', ['outcome'])
    this.#sets = new Histogram({
      name: 'okoce_turn_set_seconds',
      help: 'Time of a set of turns, from claim to commit.',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    })
    for (const [name, help, of] of GAUGES) this.#gauge(name, help, async () => of(await ages()))
    for (const key of ['open', 'alarm', 'overdue'] as const)
      this.#gauge(
        `okoce_privacy_requests_${key}`,
        `Privacy requests: ${key}.`,
        async () => (await requests())[key],
      )
  }

  received(offered: number, fresh: number): void {
    this.#received.inc(fresh)
    this.#repeats.inc(offered - fresh)
  }

  turn(heard: string): void {
    this.#turns.inc({ heard: heard.split(':')[0] ?? heard })
  }

  set(_size: number, ms: number): void {
    this.#sets.observe(ms / 1000)
  }

  sent(outcome: string): void {
    this.#sent.inc({ outcome })
  }

  #gauge(name: string, help: string, read: () => Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        this.set(await read().catch(() => Number.NaN))
      },
    })
  }
}
