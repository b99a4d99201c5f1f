import type { Messages, SentMessage } from './messages.ts'

/** What one person sees of their chat: waiting for the next message, and the transcript of both sides. */
export class Reading {
  readonly #log: (() => string)[] = []
  #read = 0
  #waiting: (() => void)[] = []

  constructor(
    private readonly messages: Messages,
    private readonly chat: number,
  ) {}

  received(): SentMessage[] {
    return this.messages.of(this.chat).filter(message => !message.deleted)
  }

  wrote(line: string, messageId?: number): void {
    const gone = () => messageId !== undefined && this.messages.byId(messageId)?.deleted
    this.#log.push(() => `> ${line}${gone() ? ' (deleted)' : ''}`)
  }

  /** A message has arrived. */
  heard(message: SentMessage): void {
    this.#log.push(() => asRead(message))
    for (const wake of this.#waiting.splice(0)) wake()
  }

  /** Both sides as they stand now, in the order in which they were written; `>` is the person. */
  transcript(): string {
    return this.#log.map(line => line()).join('\n')
  }

  async next(timeoutMs: number): Promise<SentMessage> {
    const place = this.#read++
    const until = Date.now() + timeoutMs
    for (;;) {
      const all = this.messages.of(this.chat)
      const message = all[place]
      if (message) return message
      const left = until - Date.now()
      if (left <= 0) {
        this.#read--
        const last = all.at(-1)
        throw new Error(
          `person ${this.chat} heard nothing within ${timeoutMs} ms; last message: ${last ? `"${last.plain}"` : 'none'}`,
        )
      }
      await this.#newsOr(left)
    }
  }

  #newsOr(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms)
      this.#waiting.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
}

function asRead({ plain, buttons, document, photo, deleted, edits }: SentMessage): string {
  if (deleted) return '< (deleted)'
  const file = document ? [`(document ${document.name})`] : photo ? [`(photo ${photo.name})`] : []
  const text = plain === '' ? [] : plain.split('\n')
  const lines = [...file, ...text, ...buttons.map(button => `  [${button.label}]`)]
  return lines.map((line, i) => `< ${line}${i === 0 && edits > 0 ? ' (edited)' : ''}`).join('\n')
}
