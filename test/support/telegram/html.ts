import type { MessageEntity } from 'grammy/types'
import { badRequest } from './http.ts'

export interface Formatted {
  /** What the person sees. */
  text: string
  entities: MessageEntity[]
}

/** Tags of parse_mode HTML and the entity each becomes. `span` must carry class="tg-spoiler". */
const TAGS: Record<string, MessageEntity['type']> = {
  ...{ b: 'bold', strong: 'bold', i: 'italic', em: 'italic', u: 'underline', ins: 'underline' },
  ...{ s: 'strikethrough', strike: 'strikethrough', del: 'strikethrough' },
  ...{ 'tg-spoiler': 'spoiler', span: 'spoiler', 'tg-emoji': 'custom_emoji' },
  ...{ a: 'text_link', code: 'code', pre: 'pre', blockquote: 'blockquote' },
}
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const TAG_NAME = /<\/?([^\s>]*)/y
const ATTRIBUTE = /\s+([^\s=>]+)\s*=\s*("[^"]*"|'[^']*'|[a-zA-Z0-9.-]+)/y
const TAG_END = /\s*>/y
const REFERENCE = /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![a-zA-Z]));?/y
const PLAIN = /[^<&]+/y

interface Open {
  tag: string
  at: number
  href: string | undefined
}

/**
 * Parses text as the official server's `parse_html` (TDLib, MessageEntity.cpp) does, with its error texts. Nested
 * tags must close in order; an unknown tag or a bare `<` is refused; an unknown `&name` stays as it is.
 */
export function parseHtml(source: string): Formatted {
  if (!/[<&]/.test(source)) return { text: source, entities: [] }
  const reader = new Reader(source)
  while (!reader.done) reader.step()
  return reader.end()
}

class Reader {
  #at = 0
  #text = ''
  readonly #open: Open[] = []
  readonly #entities: MessageEntity[] = []

  constructor(private readonly source: string) {}

  get done(): boolean {
    return this.#at >= this.source.length
  }

  step(): void {
    const start = this.source[this.#at]
    if (start === '<') return this.source[this.#at + 1] === '/' ? this.#closeTag() : this.#openTag()
    if (start !== '&') {
      this.#text += this.#match(PLAIN)?.[0] ?? ''
      return
    }
    const [, hex, decimal, name] = this.#match(REFERENCE) ?? []
    const code = hex ? parseInt(hex, 16) : Number(decimal ?? 0)
    if (name) this.#text += NAMED[name]
    else if (code > 0 && code < 0x10ffff) this.#text += String.fromCodePoint(code)
    else this.#literal()
  }

  end(): Formatted {
    const left = this.#open.at(-1)
    if (left) throw cannotParse(`Can't find end tag corresponding to start tag "${left.tag}"`)
    return { text: this.#text, entities: this.#entities.sort((a, b) => a.offset - b.offset) }
  }

  #openTag(): void {
    const place = this.#place()
    const tag = this.#match(TAG_NAME)?.[1]?.toLowerCase() ?? ''
    if (this.done) throw cannotParse(`Unclosed start tag ${place}`)
    if (!Object.hasOwn(TAGS, tag)) throw cannotParse(`Unsupported start tag "${tag}" ${place}`)
    const attributes = new Map<string, string>()
    for (let found; (found = this.#match(ATTRIBUTE));)
      attributes.set(found[1] ?? '', (found[2] ?? '').replace(/^["']|["']$/g, ''))
    if (!this.#match(TAG_END)) throw cannotParse(`Unclosed start tag "${tag}" ${place}`)
    if (tag === 'span' && attributes.get('class') !== 'tg-spoiler')
      throw cannotParse(`Tag "span" must have class "tg-spoiler" ${place}`)
    this.#open.push({ tag, at: this.#text.length, href: attributes.get('href') })
  }

  #closeTag(): void {
    const place = this.#place()
    const open = this.#open.pop()
    if (!open) throw cannotParse(`Unexpected end tag ${place}`)
    const name = this.#match(TAG_NAME)?.[1]?.toLowerCase() ?? ''
    if (!this.#match(TAG_END)) throw cannotParse(`Unclosed end tag ${place}`)
    if (name !== '' && name !== open.tag)
      throw cannotParse(`Unmatched end tag ${place}, expected "</${open.tag}>", found "</${name}>"`)
    const length = this.#text.length - open.at
    if (length === 0) return
    const entity = { type: TAGS[open.tag], offset: open.at, length, ...(open.href ? { url: open.href } : {}) }
    this.#entities.push(entity as MessageEntity)
  }

  #literal(): void {
    this.#text += this.source[this.#at++]
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.source)
    if (found) this.#at = pattern.lastIndex
    return found
  }

  #place(): string {
    return `at byte offset ${Buffer.byteLength(this.source.slice(0, this.#at))}`
  }
}

const cannotParse = (what: string) => badRequest(`can't parse entities: ${what}`)
