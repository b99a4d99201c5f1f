import { PACE } from '../../src/channels/whatsapp/pace.ts'
import { openStore, type Store } from '../../src/db/open.ts'
import { Resident } from '../../test/support/whatsapp/resident.ts'
import { FakeWhatsApp } from '../../test/support/whatsapp/server.ts'
import { describeMachine, printMachine, round } from '../support/machine.ts'
import { startCluster } from '../support/servers.ts'
import { Assistant, HASTE } from './assistant.ts'
import { chat } from './chat.ts'
import { register, type Registered } from './register.ts'

/** As many as write on a busy day. */
const ACTIVE = 200

/**
 * Everybody registers at once through the real Baileys, the assistant being restarted in the middle; then those who write on a busy day ask for the menu again and again. The assistant is a process of its own; people and the
 * fake WhatsApp are this one, and take about as much of the machine as it does.
 */
export async function benchWhatsApp({ residents }: { residents: number }): Promise<void> {
  const cluster = await startCluster()
  const machine = await describeMachine(cluster)
  printMachine(machine)
  const store = await openDatabase(cluster.url)
  const fake = await FakeWhatsApp.start()
  fake.phoneHears = false // it would decrypt a copy of everything, on our cores
  const assistant = new Assistant(fake, cluster.url)
  try {
    await assistant.start()
    const people = Array.from(
      { length: residents },
      (_, i) => new Resident(fake.person(`62855${10_000_000 + i}`, `Warga ${i}`)),
    )
    console.log(`\nPaired; the assistant has ${assistant.mb} MB. ${residents} residents begin at once …`)
    const registered = await register(people, { assistant, fake, db: store.db })
    printRegistered(registered)
    const active = await chat(people.slice(0, ACTIVE), assistant)
    console.log(
      `\n${active.chats} active chats: ${active.messagesPerSecond} messages a second (both ways), answer p50 ` +
        `${active.p50Ms} ms, p95 ${active.p95Ms} ms\n  the assistant has ${active.rssMb} MB, CPU ${active.cpuPercent} %`,
    )
    console.log(JSON.stringify({ machine, registered, active }))
    process.exitCode = registered.faults.length === 0 ? 0 : 1
  } finally {
    await assistant.stop()
    await fake.stop()
    await store.stop()
    await cluster.stop()
  }
}

const openDatabase = (databaseUrl: string): Promise<Store> =>
  openStore({ databaseUrl, dataDir: 'data', secretKey: 'a key for tests only, of 32 characters' })

function printRegistered(run: Registered): void {
  const { residents, seconds, heard, answers, peakRssMb, restart, faults } = run
  const minutes = answers / PACE.repliesPerMinute
  console.log(`\n${residents} residents registered in ${seconds} s, the pace multiplied by ${HASTE}`)
  console.log(
    `  restarted after ${restart.after} messages: away for ${restart.seconds} s, ${restart.waiting} messages waited for it`,
  )
  if (faults.length === 0) console.log('  each message recorded once, in order; nobody registered twice')
  console.log(
    `  ${heard} messages heard, ${answers} answers confirmed: ${round((heard + answers) / seconds)} a second; at most ${peakRssMb} MB`,
  )
  console.log(
    `  At the real pace (${PACE.repliesPerMinute} answers a minute over all chats) the same ${answers} answers take ` +
      `${Math.floor(minutes / 60)} h ${round(minutes % 60)} min: ${round(answers / residents, 1)} answers a resident, ` +
      `${round((PACE.repliesPerMinute * 60 * residents) / answers)} registrations an hour`,
  )
  for (const fault of faults) console.log(`  FAULT: ${fault}`)
}
