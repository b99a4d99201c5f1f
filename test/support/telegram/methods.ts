import type { BotCommand } from 'grammy/types'
import type { FakeBotApi } from './fake.ts'
import { badRequest, objectOf, textOf, type Call, type Params } from './http.ts'
import { BOT } from './messages.ts'

type Handler = (call: Call) => unknown

/** Every method but getUpdates, by its name in lower case. What is not here is answered 404. */
export function methods(fake: FakeBotApi): Record<string, Handler> {
  const { messages, queue } = fake
  return {
    getme: () => ({ ...BOT, id: Number(fake.token.split(':')[0]), can_join_groups: true }),
    sendmessage: call => messages.send(call),
    senddocument: call => messages.sendDocument(call),
    editmessagetext: ({ params }) => messages.editText(params),
    editmessagereplymarkup: ({ params }) => messages.editMarkup(params),
    deletemessage: ({ params }) => messages.delete(params),
    sendchataction: ({ params }) => messages.reach(params) && true,
    answercallbackquery: ({ params }) => answerTap(fake, params),
    setwebhook: ({ params }) => queue.setWebhook(params) ?? true,
    deletewebhook: ({ params }) => queue.setWebhook({ ...params, url: '' }) ?? true,
    getwebhookinfo: () => queue.webhookInfo(),
    getfile: ({ params }) => getFile(params),
    ...commandMenu(),
  }
}

function answerTap(fake: FakeBotApi, params: Params): true {
  const id = textOf(params.callback_query_id)
  if (!fake.knowsQuery(id))
    throw badRequest('query is too old and response timeout expired or query ID is invalid')
  fake.answeredTaps.push(id)
  return true
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
    getmycommands: ({ params }) => menus.get(key(params)) ?? [],
  }
}

/** Files have a path, and no content behind it. */
function getFile({ file_id: id }: Params): object {
  const name = textOf(id)
  if (!/^[a-z]+-\d+$/.test(name)) throw badRequest('invalid file_id')
  return { file_id: name, file_unique_id: `${name}-u`, file_size: 1000, file_path: `files/${name}` }
}
