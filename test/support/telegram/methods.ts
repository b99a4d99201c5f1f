import type { BotCommand } from 'grammy/types'
import type { FakeBotApi } from './fake.ts'
import { badRequest, objectOf, textOf, type Call, type Params } from './http.ts'
import { BOT } from './messages.ts'

/** How long the tapping person's app waits for the answer. */
const TAP_LIFE_MS = 60_000

type Handler = (call: Call) => unknown

/** Every method but getUpdates, by its name in lower case. What is not here is answered 404. */
export function methods(fake: FakeBotApi): Record<string, Handler> {
  const { messages, webhook, files, chats } = fake
  return {
    getme: () => ({ ...BOT, id: Number(fake.token.split(':')[0]), can_join_groups: true }),
    getchat: ({ params }) => chats.reach(params),
    sendmessage: call => messages.send(call),
    senddocument: call => messages.sendDocument(call),
    sendphoto: call => messages.sendPhoto(call),
    editmessagetext: ({ params }) => messages.editText(params),
    editmessagecaption: ({ params }) => messages.editCaption(params),
    editmessagereplymarkup: ({ params }) => messages.editMarkup(params),
    deletemessage: ({ params }) => messages.delete(params),
    deletemessages: ({ params }) => messages.deleteAll(params),
    sendchataction: ({ params }) => chats.reach(params) && true,
    answercallbackquery: ({ params }) => answerTap(fake, params),
    setwebhook: ({ params }) => setWebhook(fake, params),
    deletewebhook: ({ params }) => webhook.set({ ...params, url: '' }),
    getwebhookinfo: () => webhook.info(),
    getfile: ({ params }) => files.describe(textOf(params.file_id)),
    setchatmenubutton: () => true,
    ...commandMenu(),
  }
}

function answerTap(fake: FakeBotApi, params: Params): true {
  const id = textOf(params.callback_query_id)
  const at = fake.queriedAt(id)
  if (at === undefined || fake.clock.now() - at > TAP_LIFE_MS)
    throw badRequest('query is too old and response timeout expired or query ID is invalid')
  if (textOf(params.text).length > 200) throw badRequest('MESSAGE_TOO_LONG')
  fake.journal.answeredTaps.push(id)
  return true
}

function setWebhook(fake: FakeBotApi, params: Params): true {
  const done = fake.webhook.set(params)
  if (fake.webhook.isSet) fake.endPolls()
  return done
}

/** One list of commands per scope and language. */
function commandMenu(): Record<string, Handler> {
  const menus = new Map<string, BotCommand[]>()
  const key = ({ scope, language_code }: Params) =>
    `${JSON.stringify(objectOf(scope) ?? { type: 'default' })} ${textOf(language_code)}`
  return {
    setmycommands: ({ params }) => {
      const commands = objectOf<BotCommand[]>(params.commands) ?? []
      for (const { command, description } of commands) {
        if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID')
        if (!description || description.length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
      }
      menus.set(key(params), commands)
      return true
    },
    deletemycommands: ({ params }) => menus.delete(key(params)) || true,
    getmycommands: ({ params }) => menus.get(key(params)) ?? [],
  }
}
