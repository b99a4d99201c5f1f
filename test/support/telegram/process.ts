import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { FakeBotApi, FakeOptions, Stats } from './fake.ts'
import type { FaultSpec } from './faults.ts'
import type { SentMessage } from './messages.ts'
import type { Person } from './person.ts'
import type { NewUpdate } from './updates.ts'

/** What a script module may export; it runs inside the fake's process. */
export interface Script {
  /** Answers a delivered message as its person would: `person.taps('Ya')`, `person.sends('Siti')`, or nothing. */
  onMessage?: (message: SentMessage, person: Person) => void
  /** Further orders for `control.order(name, argument)`. Arguments and results must survive a structured clone. */
  orders?: Record<string, (fake: FakeBotApi, argument: unknown) => unknown>
}

/** The hand on a fake in another process. Every promise rejects when that process has ended. */
export interface FakeControl {
  /** The apiRoot for a client. */
  url: string
  pid: number
  /** @returns their update ids */
  push(updates: NewUpdate[]): Promise<number[]>
  stats(): Promise<Stats>
  /** Messages accepted after the one with that number, in order; 0 = all. */
  messages(sinceSeq?: number): Promise<SentMessage[]>
  fault(spec: FaultSpec): Promise<void>
  clearFaults(): Promise<void>
  /** An order that the script exports. */
  order<T = unknown>(name: string, argument?: unknown): Promise<T>
  /** Ends the process and resolves when it is gone. */
  stop(): Promise<void>
}

interface Waiting {
  resolve: (value: never) => void
  reject: (error: Error) => void
}

type Answer = { url: string } | { id: number; result?: unknown; error?: string }

/**
 * Starts the fake in its own process, so that load and measurement do not share a thread.
 * @param options as for `FakeBotApi`; `script`: path of a module that exports (parts of) a `Script`
 */
export async function startFakeProcess(
  options: FakeOptions & { script?: string } = {},
): Promise<FakeControl> {
  const { script, ...rest } = options
  const argument = JSON.stringify({ ...rest, ...(script ? { script: pathToFileURL(script).href } : {}) })
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const child = fork(fileURLToPath(new URL('./entry.ts', import.meta.url)), [argument], {
    execArgv: ['--import', tsx],
    serialization: 'advanced',
  })
  const waiting = new Map<number, Waiting>()
  const gone = once(child, 'exit').then(() => {
    for (const { reject } of waiting.values()) reject(new Error('the process of the fake Bot API has ended'))
  })
  const url = await new Promise<string>((resolve, reject) => {
    void gone.then(() => reject(new Error('the fake Bot API did not start; see its error above')))
    child.on('message', (answer: Answer) => {
      if ('url' in answer) return resolve(answer.url)
      const asked = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (answer.error !== undefined) asked?.reject(new Error(answer.error))
      else asked?.resolve(answer.result as never)
    })
  })

  let last = 0
  const order = <T>(name: string, value?: unknown): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const id = ++last
      waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
      child.send({ id, order: name, argument: value }, error => error && reject(error))
    })
  return {
    url,
    pid: child.pid ?? 0,
    push: updates => order('push', updates),
    stats: () => order('stats'),
    messages: (sinceSeq = 0) => order('messages', sinceSeq),
    fault: spec => order('fault', spec),
    clearFaults: () => order('clearFaults'),
    order,
    stop: async () => {
      child.kill()
      await gone
    },
  }
}
