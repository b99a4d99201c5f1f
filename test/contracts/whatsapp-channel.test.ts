import { afterAll, beforeAll } from 'vitest'
import { channelContract, type ChannelHarness, type Seen, type Someone } from '../support/channel-contract.ts'
import type { Heard, Person } from '../support/whatsapp/person.ts'
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
    async send(address, say, mediaId) {
      await until(() => channel.canSend())
      const bytes = async () => Buffer.from(say.file?.key ?? '')
      const kept = mediaId === undefined ? {} : { mediaId }
      const outcome = await channel.send(address, say, say.file && { ...kept, mime: 'text/plain', bytes })
      if (outcome.kind === 'sent')
        await until(() => people.get(address)?.received.some(({ id }) => id === outcome.providerId))
      return outcome
    },
    close: () => channel.close(),
  }
})

function someone(address: string, person: Person): Someone {
  const seen = () => person.received.map(read)
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
    sees: async () => seen().map(({ numbers: _, ...shown }) => shown),
  }
}

/** The list at the end of a text is its choices. */
function read(heard: Heard): Seen & { numbers: string[] } {
  const [words = '', ...list] = plain(wordsOf(heard)).split(/\n\n(?=\d+\. )|\n(?=\d+\. )/)
  const rows = list.map(row => /^(\d+)\. (.+)/.exec(row))
  const column = (n: number) => rows.map(row => row?.[n] ?? '')
  const file = heard.message.documentMessage?.fileName
  return { text: words, buttons: column(2), numbers: column(1), ...(file ? { file } : {}) }
}
