import { HOUR } from '../../src/lib/time.ts'
import type { Resident } from '../../test/support/whatsapp/resident.ts'
import { quantile, round } from '../support/machine.ts'
import type { Assistant } from './assistant.ts'

const ROUNDS = 5

/** All of them ask for the menu at the same time, and again as soon as it has come. */
export async function chat(people: Resident[], assistant: Assistant) {
  const waits: number[] = []
  const started = performance.now()
  const cpu = assistant.cpuMs
  await Promise.all(
    people.map(async ({ person }) => {
      for (let i = 0; i < ROUNDS; i++) {
        const asked = performance.now()
        const answer = person.next(() => true, HOUR)
        await person.writes('menu')
        await answer
        waits.push(performance.now() - asked)
      }
    }),
  )
  const ms = performance.now() - started
  return {
    chats: people.length,
    messagesPerSecond: round((2 * waits.length) / (ms / 1000)),
    p50Ms: round(quantile(waits, 0.5)),
    p95Ms: round(quantile(waits, 0.95)),
    rssMb: assistant.mb,
    cpuPercent: round(((assistant.cpuMs - cpu) / ms) * 100),
  }
}
