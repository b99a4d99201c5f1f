import { callSpecs } from '../../app/callSpecs.ts'
import { silentMeter } from '../../app/meter.ts'
import { nextDue } from '../../db/nextDue.ts'
import { TerminalChannel, type Shown } from './terminal.ts'
import type { Store } from '../../db/open.ts'
import { remindersFor } from '../../db/reminders.ts'
import { REMINDER_KINDS, type ReminderKindName } from '../../domain/reminderKinds.ts'
import type { Flows } from '../../engine/format.ts'
import type { Incoming, Say } from '../../engine/types.ts'
import type { Log } from '../../lib/log.ts'
import { MINUTE, type FixedClock } from '../../lib/time.ts'
import { buildPath, type Path } from '../../path.ts'
import { readLine, ScriptError, type Line } from './script.ts'

export interface PlayerOptions {
  store: Store
  flows: Flows
  facts: Record<string, string>
  log: Log
  clock: FixedClock
  channel: 'telegram' | 'whatsapp'
  /** Makes this player's conversation its own within the database. */
  id: string
  /** Where the person writes from; a WhatsApp address may tell their number. */
  address?: string | undefined
  /** What `@scene` does, by name. @throws ScriptError for a name it does not know */
  scene?: (name: string, now: number) => Promise<void>
}

const STUCK_MS = 15 * MINUTE

/** Plays a chat through the real path, one line at a time; what comes back reads like the `.chat` file it can become. */
export class Player {
  readonly #channel: TerminalChannel
  #path: Path | undefined

  constructor(private readonly options: PlayerOptions) {
    this.#channel = new TerminalChannel(options.channel, options.id, options.address)
  }

  /** Plays a whole script. @returns the script with the answers as they are now. */
  async play(script: string): Promise<string> {
    const blocks: string[] = []
    for (const [i, line] of script.split('\n').entries()) {
      if (!readsOn(line, i)) continue
      blocks.push([line, ...(await this.line(line))].join('\n'))
    }
    return `${blocks
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()}\n`
  }

  /** Plays one line. @returns the lines that answer it. @throws ScriptError */
  async line(text: string): Promise<string[]> {
    const line = readLine(text)
    if (!line || line.kind === 'remark' || line.kind === 'header') return []
    const before = this.#channel.shown.length
    await this.#act(line)
    await (await this.#open()).settle()
    return this.#channel.shown
      .slice(before)
      .flatMap(shown => ['', ...print(shown, this.options.channel)])
      .concat('')
  }

  async close(): Promise<void> {
    await this.#path?.stop()
    this.#path = undefined
  }

  async #open(): Promise<Path> {
    if (this.#path) return this.#path
    const { clock, ...options } = this.options
    this.#path = await buildPath({
      ...options,
      clock,
      specs: callSpecs,
      meter: silentMeter,
      channels: [this.#channel],
      roles: ['worker', 'channels'],
    })
    await this.#path.start()
    return this.#path
  }

  async #act(line: Exclude<Line, { kind: 'remark' | 'header' }>): Promise<void> {
    await this.#open()
    const now = this.options.clock.now()
    switch (line.kind) {
      case 'say':
        return this.#channel.hear({ kind: 'text', text: line.text }, now)
      case 'send':
        return this.#channel.hear(line.incoming, now)
      case 'choose':
        return this.#choose(line.label, this.#latest())
      case 'old':
        return this.#choose(line.label, this.#earlier(line.label))
      case 'notice':
        return this.#plan(line.notice, line.values)
      case 'scene':
        return this.#scene(line.name, now)
      case 'advance':
        return this.#advance(line.ms)
      case 'restart':
        await this.close()
        await this.#open()
    }
  }

  async #scene(name: string, now: number): Promise<void> {
    const { scene } = this.options
    if (!scene) throw new ScriptError(`@scene ${name}: there are no scenes here`)
    await scene(name, now)
  }

  /** A reminder at once, to the chat's active resident, or to the chat. */
  async #plan(name: string, values: Record<string, string>): Promise<void> {
    const { store, clock } = this.options
    const kind = Object.keys(REMINDER_KINDS).find(each => each === name) as ReminderKindName | undefined
    if (!kind) throw new ScriptError(`@notice ${name}: no such kind of reminder`)
    const { account, address } = this.#channel
    const chat = await store.db.conversation.findUnique({
      where: { account_address: { account, address } },
      include: { residents: { where: { active: true } } },
    })
    if (!chat) throw new ScriptError(`@notice ${name}: nothing was said in this chat yet`)
    const [resident] = chat.residents
    const to = resident ? { resident: resident.residentId } : { conversation: chat.id }
    const now = clock.now()
    const about = { subject: `script:${chat.id}`, version: Math.floor(now / 1000) % 2 ** 31 }
    await store.db.$transaction(tx =>
      remindersFor(tx, store.sealer).plan(about, [{ kind, to, dueAt: now, values }], now),
    )
  }

  /** From one due moment to the next, so that timers set by timers fire at their own time. */
  async #advance(ms: number): Promise<void> {
    const { clock, store } = this.options
    const path = await this.#open()
    const end = clock.now() + ms
    for (let stuck = 0; clock.now() < end;) {
      const due = (await nextDue(store.db, this.#channel.account)) ?? end
      clock.advance(Math.min(Math.max(due + stuck, clock.now()), end) - clock.now())
      const fired = await path.fireDue()
      if (fired > 0) await path.settle()
      // what is due and does not fire yet is looked at again a little later
      stuck = fired > 0 ? 0 : stuck + STUCK_MS
    }
  }

  async #choose(label: string, shown: Shown | undefined): Promise<void> {
    const option = optionOf(label, shown?.say)
    return this.#channel.hear(this.#incoming(shown?.say as Say, label, option), this.options.clock.now())
  }

  /** A tap where there are buttons, the shared contact where that is the button, else the number typed. */
  #incoming(say: Say, label: string, option: number): Incoming {
    if (say.request && option === 1) return { kind: 'contact', phone: '+6281234567890', own: true }
    if (say.request) return { kind: 'text', text: label }
    if (this.options.channel === 'whatsapp' && say.words) return { kind: 'text', text: label }
    if (this.options.channel === 'whatsapp' || !say.wait) return { kind: 'text', text: String(option) }
    return { kind: 'tap', wait: say.wait, option }
  }

  #latest(): Shown | undefined {
    return this.#channel.shown.findLast(shown => shown.choices.length > 0)
  }

  #earlier(label: string): Shown | undefined {
    return this.#channel.shown.find(shown => shown.choices.some(choice => choice.split(' — ')[0] === label))
  }
}

/** @throws ScriptError when no choice of that label is shown */
function optionOf(label: string, say: Say | undefined): number {
  const labels = (say?.choices ?? []).map(choice => choice.label)
  const at = labels.indexOf(label)
  if (at >= 0) return at + 1
  if (say?.more === label) return 0
  const shown = labels.map(l => `[${l}]`).join(' ') || 'no choice'
  throw new ScriptError(`[${label}] is not shown; there is: ${shown}`)
}

/** Answers and blank lines of an earlier run are written anew; the first lines of a file may be blank. */
const readsOn = (line: string, i: number) =>
  (line.trim() !== '' && !line.startsWith('<')) || (i === 0 && line === '')

/** The one word that differs between the renderings: a transcript serves both. */
const APP = { telegram: /\btelegram\b/gi, whatsapp: /\bwhatsapp\b/gi }

/** Random numbers look alike in a transcript: they are never the same twice. */
const RANDOM = /\b(OKO-)[0-9A-Z]{6}\b|\b([JTBH]-)[0-9A-Z]{4,8}\b/g

function print({ text, choices, say }: Shown, channel: keyof typeof APP): string[] {
  const listed = say.request ? choices.slice(1) : choices // the share button exists on one channel only
  const rows = listed.map((choice, i) => {
    const number = say.more && i === listed.length - 1 ? 0 : i + 1
    return `<   [${number}] ${mask(choice, channel)}`
  })
  const masked = text.map(line => mask(line, channel))
  return [...masked.map(line => `< ${line}`.trimEnd()), ...rows]
}

const mask = (line: string, channel: keyof typeof APP) =>
  line
    .replace(APP[channel], '{aplikasi}')
    .replace(/\b[0-9a-f]{64}\b/g, '#')
    .replace(RANDOM, (found, oko, other) => `${String(oko ?? other)}######`.slice(0, found.length))
