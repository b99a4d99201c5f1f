import type { Say } from '../../engine/types.ts'
import type { SendOutcome } from '../channel.ts'
import type { TelegramParts } from './options.ts'
import { judgeError } from './outcomes.ts'
import { writeSay } from './write.ts'

/** Hands a say to the Bot API. No retry of its own: the outbox owns retries. */
export async function sendSay(parts: TelegramParts, address: string, say: Say): Promise<SendOutcome> {
  const { text, ...other } = writeSay(say)
  try {
    const message = await parts.api.sendMessage(Number(address), text, other)
    return { kind: 'sent', providerId: String(message.message_id) }
  } catch (error) {
    return judgeError(error, parts.clock.now())
  }
}

/** Start-up courtesies: a failure is logged by whoever called and never stops a start. */
export async function introduce({ api, commands }: TelegramParts): Promise<void> {
  await api.setMyCommands(commands)
}
