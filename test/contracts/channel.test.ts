import { randomUUID } from 'node:crypto'
import { createOutbox } from '../../src/db/outbox.ts'
import { bodyPlace } from '../../src/db/saveTurns.ts'
import type { TelegramChannel } from '../../src/channels/telegram/index.ts'
import type { Say } from '../../src/engine/types.ts'
import { channelContract, type ChannelHarness, type Someone } from '../support/channel-contract.ts'
import { openPage, type Page, type Visitor } from '../support/chat-page.ts'
import type { WebServer } from '../../src/http/server.ts'
import { hookedChannel, telegramChannel } from '../support/telegram/channel.ts'
import { FakeBotApi } from '../support/telegram/fake.ts'
import { buttonsOf, messagesOf, plainOf } from '../support/html-reader.ts'

channelContract('the chat page', async (): Promise<ChannelHarness> => {
  const page = await openPage()
  page.clock.advance(Date.now() - page.clock.now())
  return {
    channel: page.channel,
    nobody: `${'x'.repeat(32)}.1`,
    someone: () => someone(page.visitor()),
    send: (address, say) => send(page, address, say),
    close: () => page.close(),
  }
})

async function someone(visitor: Visitor): Promise<Someone> {
  await visitor.html()
  await visitor.form('/chat/residents/1/restart')
  const theirs = async () => messagesOf(await visitor.html()).filter(message => message.theirs)
  return {
    address: `${visitor.session}.1`,
    writes: text => visitor.says(text),
    async taps(label) {
      const buttons = (await theirs()).flatMap(message => buttonsOf(message.html)).reverse()
      const button = buttons.find(one => one.label === label)
      if (!button) throw new Error(`No button ${label}; there are: ${buttons.map(b => b.label).join(', ')}`)
      const { wait, option, text, act } = button.data
      if (act === 'tap') await visitor.posts({ kind: 'tap', wait, option: Number(option) })
      else if (act === 'contact') await visitor.posts({ kind: 'contact', phone: '0812 0000 0001' })
      else await visitor.posts({ kind: 'text', text })
    },
    sees: async () =>
      (await theirs()).map(({ html }) => ({
        text: plainOf(html),
        buttons: buttonsOf(html).map(button => button.label),
        ...fileOf(/download="([^"]+)"/.exec(html)?.[1]),
      })),
  }
}

const fileOf = (file: string | undefined) => (file === undefined ? {} : { file })

async function send(page: Page, address: string, say: Say) {
  const { db, sealer, channel } = page
  const { account } = channel
  const chat = await db.conversation.findUniqueOrThrow({ where: { account_address: { account, address } } })
  const body = sealer.seal(bodyPlace(chat.id), JSON.stringify(say))
  const at = new Date(page.clock.now())
  await db.outbound.create({
    data: { conversationId: chat.id, account, purpose: 'reply', body, createdAt: at },
  })
  const outbox = createOutbox(db, sealer)
  const lease = randomUUID()
  const [row] = await outbox.lease(account, lease, 1, page.clock.now())
  if (!row?.say) throw new Error('The outbox gave nothing to send.')
  const outcome = await channel.send(row.address, row.say)
  if (outcome.kind === 'later') throw new Error(outcome.reason)
  await outbox.mark(lease, [{ id: row.id, conversationId: chat.id, outcome }], page.clock.now())
  return outcome
}

/** @param open the channel, and what else is to be closed */
const onTelegram =
  (open: (fake: FakeBotApi, apiRoot: string) => Promise<{ channel: TelegramChannel; web?: WebServer }>) =>
  async (): Promise<ChannelHarness> => {
    const fake = new FakeBotApi()
    const { channel, web } = await open(fake, (await fake.start()).url)
    let people = 0
    return {
      channel,
      nobody: '999',
      async someone() {
        const person = fake.person(++people)
        fake.chats.setState(person.chat, 'open') // as if they had pressed Start before
        return {
          address: String(person.id),
          writes: async text => void person.sends(text),
          taps: async label => void person.taps(label),
          sees: async () =>
            person.received().map(({ plain, buttons, document }) => ({
              text: plain,
              buttons: buttons.map(b => b.label),
              ...fileOf(document?.name),
            })),
        }
      },
      send: (address, say, mediaId) => {
        const bytes = () => Promise.resolve(Buffer.from('halo'))
        const file = { mime: 'text/plain', ...(mediaId === undefined ? {} : { mediaId }), bytes }
        return channel.send(address, say, say.file && file)
      },
      async close() {
        await fake.stop()
        await web?.stop()
      },
    }
  }

channelContract(
  'Telegram that is asked',
  onTelegram(async (fake, apiRoot) => ({ channel: telegramChannel(fake, apiRoot) })),
)
channelContract('Telegram that posts', onTelegram(hookedChannel))
