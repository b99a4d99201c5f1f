import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type Pair } from 'yaml'

/** One mistake in a flow file, as the person who writes flows reads it. */
export interface Problem {
  file: string
  /** 1-based. */
  line: number
  column: number
  step?: string
  /** A stable word for the rule that was broken. */
  kind: string
  message: string
  remedy: string
}

export type Path = readonly (string | number)[]
/** What a rule found wrong, before it has a place. */
export interface Finding {
  kind: string
  message: string
  remedy: string
}

/** A flow file with the places of everything in it. */
export class Source {
  readonly #lines = new LineCounter()
  readonly #document: Document.Parsed
  readonly problems: Problem[] = []

  constructor(
    readonly path: string,
    text: string,
  ) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false })
    for (const error of this.#document.errors) {
      const duplicate = error.code === 'DUPLICATE_KEY'
      this.#push(error.pos[0], {
        kind: duplicate ? 'duplicate_key' : 'yaml',
        message: duplicate ? 'this key stands twice in the same block' : error.message.replace(/\.$/, ''),
        remedy: duplicate
          ? 'keep one of the two'
          : 'mend the YAML: indent with spaces, and put texts with a colon, a # or quotation marks into a block after |',
      })
    }
  }

  /** The file as plain data, or undefined when it is no readable YAML. */
  read(): unknown {
    return this.#document.errors.length > 0 ? undefined : (this.#document.toJS() as unknown)
  }

  /** Reports at the value under `path`, or as near to it as the file goes. */
  at(path: Path, finding: Finding): void {
    this.#push(this.#offset(path, false), finding, stepOf(path))
  }

  /** Reports at the key itself. */
  atKey(path: Path, finding: Finding): void {
    this.#push(this.#offset(path, true), finding, stepOf(path))
  }

  #push(offset: number, finding: Finding, step?: string): void {
    const { line, col } = this.#lines.linePos(offset)
    const place = { file: this.path, line, column: col }
    this.problems.push(step === undefined ? { ...place, ...finding } : { ...place, step, ...finding })
  }

  #offset(path: Path, key: boolean): number {
    let node = this.#document.contents as Node | null
    let offset = node?.range?.[0] ?? 0
    for (const [depth, part] of path.entries()) {
      const pair = childOf(node, part)
      if (!pair) break
      const last = depth === path.length - 1
      const target = (key && last) || !pair.value?.range ? (pair.key ?? pair.value) : pair.value
      offset = target?.range?.[0] ?? offset
      node = pair.value
    }
    return offset
  }
}

const stepOf = (path: Path): string | undefined =>
  path[0] === 'steps' && typeof path[1] === 'string' ? path[1] : undefined

function childOf(
  node: Node | null,
  part: string | number,
): { key: Node | null; value: Node | null } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(
      (item: Pair) => isScalar(item.key) && String(item.key.value) === String(part),
    )
    return pair && { key: pair.key as Node, value: pair.value as Node | null }
  }
  if (isSeq(node) && typeof part === 'number') {
    const value = node.items[part] as Node | undefined
    return value && { key: null, value }
  }
  return undefined
}
