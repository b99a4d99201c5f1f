import type { FileRef, Incoming, Say } from '../../engine/types.ts'
import type { Channel, ChannelName, ChannelState, Received, SendOutcome } from '../../channels/channel.ts'
import { numberedText } from '../../channels/numbered.ts'
import { writeSay } from '../../channels/telegram/write.ts'

/** What the terminal shows of a message: neutral, and only after the channel's own rendering was made and found whole. */
export interface Shown {
  text: string[]
  choices: string[]
  say: Say
}

/** The rendering of a real channel dropped or changed something: a fault of ours, never of a flow. */
class RenderingError extends Error {}

/** A keyboard instead of a platform: speaks for Telegram or WhatsApp, so that turns and renderings are theirs. */
export class TerminalChannel implements Channel {
  readonly account: string
  readonly shown: Shown[] = []
  #accept: ((batch: Received[]) => Promise<void>) | undefined
  #heard = 0

  /** @param id makes the account unique in its database */
  constructor(
    readonly name: Extract<ChannelName, 'telegram' | 'whatsapp'>,
    id: string,
    /** Where the person writes from, as the channel would say it: on WhatsApp it may tell their number. */
    readonly address = '1',
  ) {
    this.account = `terminal:${id}`
  }

  async start(accept: (batch: Received[]) => Promise<void>): Promise<void> {
    this.#accept = accept
  }

  async stop(): Promise<void> {
    this.#accept = undefined
  }

  state(): ChannelState {
    return this.#accept ? { status: 'connected', since: 0 } : { status: 'stopped', reason: 'stopped' }
  }

  async hear(incoming: Incoming, now: number): Promise<void> {
    const { account, address, name: channel } = this
    const externalId = `t${++this.#heard}`
    await this.#accept?.([{ account, channel, address, externalId, sentAt: now, incoming, sandbox: true }])
  }

  async send(_address: string, say: Say): Promise<SendOutcome> {
    this.shown.push(show(say, this.name))
    return { kind: 'sent', providerId: String(this.shown.length) }
  }
}

function show(say: Say, channel: 'telegram' | 'whatsapp'): Shown {
  const choices = (say.choices ?? []).map(
    choice => choice.label + (choice.description ? ` — ${choice.description}` : ''),
  )
  if (say.more) choices.push(say.more)
  const text = say.text.map(span => (typeof span === 'string' ? span : `*${span.bold}*`)).join('')
  if (channel === 'telegram') checkTelegram(say)
  else checkNumbered(say)
  return { text: [...(say.file ? [attachment(say.file)] : []), ...text.split('\n')], choices, say }
}

const attachment = ({ as, name, alt }: FileRef) =>
  as === 'picture' ? `(gambar ${name}: ${(alt ?? '').replace(/\s*\n\s*/g, ' ')})` : `(berkas ${name})`

const MAX_TEXT = 4096
const MAX_BUTTON_BYTES = 64

function checkTelegram(say: Say): void {
  const { text, reply_markup: markup } = writeSay(say)
  if (text.length > MAX_TEXT) throw new RenderingError('a text longer than 4096 characters')
  if (say.request || !say.wait) return
  const buttons = markup && 'inline_keyboard' in markup ? markup.inline_keyboard.flat() : []
  const shown = buttons.map(button => button.text)
  const expected = [...(say.choices ?? []).map(choice => choice.label), ...(say.more ? [say.more] : [])]
  if (shown.join('\n') !== expected.join('\n')) throw new RenderingError('buttons differ from the choices')
  const data = buttons.map(button => ('callback_data' in button ? button.callback_data : ''))
  if (data.some(d => Buffer.byteLength(d) > MAX_BUTTON_BYTES))
    throw new RenderingError('button data over 64 bytes')
}

function checkNumbered(say: Say): void {
  const lines = numberedText(say).split('\n')
  if (say.words) {
    const found = say.choices?.every(choice => lines.at(-1)?.includes(`*${choice.label}*`))
    if (!found) throw new RenderingError('words differ from the choices')
    return
  }
  const numbers = lines.flatMap(line => /^(\d+)\. /.exec(line)?.[1] ?? []).map(Number)
  const expected = (say.choices ?? []).map((_, i) => i + 1)
  if (say.more) expected.push(0)
  if (numbers.slice(-expected.length || numbers.length).join() !== expected.join() && expected.length > 0)
    throw new RenderingError('numbers differ from the choices')
}
