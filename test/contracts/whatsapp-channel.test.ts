import { afterAll, beforeAll } from 'vitest'
import { channelContract, type ChannelHarness, type Seen, type Someone } from '../support/channel-contract.ts'
import type { Person } from '../support/whatsapp/person.ts'
import { plain } from '../support/whatsapp/plain.ts'
import { Scene, until, wordsOf } from '../support/whatsapp/scene.ts'

let scene: Scene

/** Paired once: every test has a new assistant with the same credential, as after a restart. */
beforeAll(async () => {
  scene = await Scene.open()
  const channel = await scene.start(scene.channel())
  await channel.stop()
  await channel.close()
})
afterAll(() => scene.close())

channelContract('WhatsApp, through the real Baileys,', async (): Promise<ChannelHarness> => {
  const channel = scene.channel()
  const people = new Map<string, Person>()
  return {
    channel,
    numbered: true,
    nobody: 'chat of nobody',
    async someone() {
      const person = scene.someone()
      const address = await scene.ports.identities.addressOf(person.lid, person.pn, Date.now()) // wrote before
      people.set(address, person)
      return someone(address, person)
    },
    async send(address, say) {
      await until(() => channel.canSend())
      const outcome = await channel.send(address, say)
      if (outcome.kind === 'sent')
        await until(() => people.get(address)?.received.some(({ id }) => id === outcome.providerId))
      return outcome
    },
    close: () => channel.close(),
  }
})

function someone(address: string, person: Person): Someone {
  const seen = () => person.received.map(heard => read(plain(wordsOf(heard))))
  return {
    address,
    writes: async text => void (await person.writes(text)),
    async taps(label) {
      const shown = seen().findLast(({ buttons }) => buttons.includes(label))
      if (!shown) throw new Error(`${label} is not shown`)
      if (/nomor/i.test(label)) return void (await person.sharesOwnContact())
      const asksForNumber = shown.buttons.some(button => /nomor/i.test(button))
      await person.writes(asksForNumber ? label : (shown.numbers[shown.buttons.indexOf(label)] ?? ''))
    },
    sees: async () => seen().map(({ text, buttons }) => ({ text, buttons })),
  }
}

/** The list at the end of a text is its choices. */
function read(text: string): Seen & { numbers: string[] } {
  const [words = '', ...list] = text.split(/\n\n(?=\d+\. )|\n(?=\d+\. )/)
  const rows = list.map(row => /^(\d+)\. (.+)/.exec(row))
  return { text: words, buttons: rows.map(row => row?.[2] ?? ''), numbers: rows.map(row => row?.[1] ?? '') }
}
