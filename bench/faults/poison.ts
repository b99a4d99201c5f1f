import { setTimeout as sleep } from 'node:timers/promises'
import { POISON } from './calls.ts'
import { untilSettled } from './run.ts'
import { messagesOf, range } from './script.ts'
import { openWorld, type BackendName } from './world.ts'

export interface PoisonRun {
  backend: BackendName
  messages: number
  poisoned: number
  setAside: number
  /** Poisoned people who were told that their message could not be handled. */
  told: number
  /** Poisoned people whose next message was handled. */
  nextHandled: number
  /** Other people's messages that were not handled. */
  othersHarmed: number
}

/** Which answer of a poisoned person fails: its call runs in a set (2, 5) or alone (3). */
const FAILING = [2, 3, 5]

/** Some messages fail every time they are tried: they harm nobody but themselves. */
export async function runPoison(backend: BackendName, residents = 40, poisoned = 5): Promise<PoisonRun> {
  const world = await openWorld(backend)
  try {
    const { app } = await world.startApp(1, 0)
    const bad = new Map<number, string>() // chat → update that fails
    let messages = 0
    const write = (chat: number, text: string) => {
      messages++
      return `u${world.api.person(chat).sends(text).update_id}`
    }
    for (const chat of range(1, residents)) {
      const failing = chat <= poisoned ? FAILING[chat % FAILING.length] : undefined
      for (const [k, text] of messagesOf(chat).entries()) {
        if (k === failing) bad.set(chat, write(chat, `${POISON} ${chat}`))
        write(chat, text)
      }
      await sleep(5)
    }
    await untilSettled(world, messages, app)
    const rows = await world.cluster.query<{
      chat: number
      external_id: string
      result: string
      sent: boolean
    }>(
      `SELECT c.address::int AS chat, i.external_id, i.result,
              EXISTS (SELECT FROM outbound o WHERE o.inbound_id = i.id AND o.status = 'sent') AS sent
       FROM inbound i JOIN conversations c ON c.id = i.conversation_id ORDER BY i.id`,
    )
    await app.stop()
    const isBad = (row: { chat: number; external_id: string }) => bad.get(row.chat) === row.external_id
    const aside = rows.filter(row => row.result === 'set_aside')
    const next = [...bad].map(([chat, id]) => {
      const own = rows.filter(row => row.chat === chat)
      return own[own.findIndex(row => row.external_id === id) + 1]
    })
    return {
      backend,
      messages,
      poisoned,
      setAside: aside.length,
      told: aside.filter(row => isBad(row) && row.sent).length,
      nextHandled: next.filter(row => row?.result === 'answer').length,
      othersHarmed: rows.filter(row => !isBad(row) && row.result !== 'answer').length,
    }
  } finally {
    await world.close()
  }
}

export const poisonBroken = ({ poisoned, setAside, told, nextHandled, othersHarmed }: PoisonRun): boolean =>
  setAside !== poisoned || told !== poisoned || nextHandled !== poisoned || othersHarmed > 0
