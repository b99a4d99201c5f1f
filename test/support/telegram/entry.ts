import { FakeBotApi, type FakeOptions } from './fake.ts'
import type { FaultSpec } from './faults.ts'
import type { NewUpdate } from './updates.ts'
import type { Script } from './process.ts'

/**
 * The fake in a process of its own. By `fork` (see process.ts) it takes its orders as messages; by hand,
 * `npx tsx test/support/telegram/entry.ts '{"port": 8081}'`, it prints its address and waits to be ended.
 */
const { script: path, ...options } = JSON.parse(process.argv[2] ?? '{}') as FakeOptions & { script?: string }
const fake = new FakeBotApi(options)
const script: Script = path ? ((await import(path)) as Script) : {}
if (script.onMessage) fake.onMessage = script.onMessage

const orders: Record<string, (argument: never) => unknown> = {
  push: (updates: NewUpdate[]) => updates.map(update => fake.push(update).update_id),
  stats: () => fake.stats(),
  messages: (sinceSeq: number) => fake.messages.all.slice(sinceSeq),
  fault: (spec: FaultSpec) => void fake.fault(spec),
  clearFaults: () => fake.clearFaults(),
}

async function carryOut(order: string, argument: unknown): Promise<unknown> {
  const own = orders[order]
  if (own) return own(argument as never)
  const scripted = script.orders?.[order]
  if (!scripted) throw new Error(`neither the fake nor its script knows the order "${order}"`)
  return scripted(fake, argument)
}

process.on('message', ({ id, order, argument }: { id: number; order: string; argument: unknown }) => {
  carryOut(order, argument).then(
    result => process.send?.({ id, result }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  )
})
process.on('disconnect', () => process.exit())

const { url } = await fake.start()
if (process.send) process.send({ url })
else console.log(`fake Bot API: ${url}  token: ${fake.token}`)
