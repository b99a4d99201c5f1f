import { fork, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { AccountState } from '../../../src/channels/whatsapp/ports.ts'
import type { EntryOptions } from './entry.ts'
import type { Person } from './person.ts'
import { until } from './scene.ts'
import type { FakeWhatsApp } from './server.ts'

interface Told {
  state: AccountState
  rss: number
  cpu: NodeJS.CpuUsage
}

const TSX = createRequire(import.meta.url).resolve('tsx')

/** An assistant that runs in a process of its own, as in life. */
export class AssistantProcess {
  readonly #child: ChildProcess
  readonly #exited: Promise<void>
  told: Told | undefined
  /** Everything it printed. */
  output = ''

  constructor(fake: FakeWhatsApp, options: Pick<EntryOptions, 'databaseUrl' | 'haste' | 'logLevel'>) {
    const entry: EntryOptions = {
      url: fake.url,
      mediaPort: fake.media.port,
      trust: fake.trustAnchor.toString('base64'),
      ...options,
    }
    this.#child = fork(path.join(import.meta.dirname, 'entry.ts'), [JSON.stringify(entry)], {
      execArgv: ['--import', `file://${TSX}`],
      silent: true,
    })
    this.#child.on('message', told => (this.told = told as Told))
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (data: Buffer) => (this.output += data.toString()))
    this.#exited = new Promise(resolve => this.#child.once('exit', () => resolve()))
  }

  /** Resolves when it is connected; the owner scans what it shows. */
  async paired(fake: FakeWhatsApp, owner: Person): Promise<void> {
    let scanned: string | undefined
    await until(() => {
      if (this.#child.exitCode !== null) throw new Error(`it ended: ${this.output}`)
      const state = this.told?.state
      if (state?.status === 'needs_pairing' && state.qr !== undefined && state.qr !== scanned) {
        scanned = state.qr
        fake.scan(scanned, owner)
      }
      return state?.status === 'open'
    }, 100_000)
  }

  /** As an operator does it. */
  async stop(): Promise<void> {
    this.#child.send('stop')
    await this.#exited
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#exited
  }
}
