/** Telegram takes these in a link, and no more than 64 of them. */
const PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/
/** A bot's name as @BotFather gives it out. */
const BOT_NAME = /^[A-Za-z]\w{4,31}$/

/** What cannot stand in a link that opens the assistant; the message says what can. */
export class LinkError extends Error {
  override readonly name = 'LinkError'
}

/**
 * A link that opens the assistant on Telegram and starts it with `payload`: where somebody comes from
 * (`poster-tambora`), or an invitation (see `links:` in flows/common.yaml).
 * @throws LinkError
 */
export function startLink(bot: string, payload: string): string {
  const name = bot.replace(/^@/, '')
  if (!BOT_NAME.test(name))
    throw new LinkError(`"${bot}" is no name of a bot; expected letters, digits and _, such as okoce_bot`)
  if (!PAYLOAD.test(payload))
    throw new LinkError(
      `"${payload}" cannot stand in a link; expected up to 64 letters, digits, - and _, such as pasar-minggu-1`,
    )
  return `https://t.me/${name}?start=${payload}`
}

/** What registrations that came by the poster of a centre are marked with: "Kebon Jeruk" → `poster-kebon-jeruk`. */
export const posterSource = (centre: string): string =>
  `poster-${centre
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}`

/**
 * A link that opens the chat with a WhatsApp number, with `halo` already typed: people write first, so the number is never
 * one that writes to strangers.
 * @param phone E.164 with or without "+"
 * @throws LinkError
 */
export function waLink(phone: string): string {
  const digits = phone.replace(/^\+/, '')
  if (!/^[1-9]\d{8,14}$/.test(digits))
    throw new LinkError(`"${phone}" is no number for a wa.me link; expected one such as 0812-3456-7890`)
  return `https://wa.me/${digits}?text=halo`
}
