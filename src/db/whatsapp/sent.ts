import type { SentMessages, SentStatus } from '../../channels/whatsapp/ports.ts'
import type { Db } from '../client.ts'
import type { Sealer } from '../seal.ts'

/**
 * News go up this list and never down. WhatsApp refuses a message before anybody has got it, so `failed` stands before
 * `delivered`: a phone that shows it is the better news.
 */
const ORDER: readonly SentStatus[] = ['written', 'sent', 'failed', 'delivered', 'read']

type News = Parameters<SentMessages['advance']>[0][number]

/** Our own messages on one account: what they said, sealed, and how far they came. */
export function createSentMessages(db: Db, sealer: Sealer, account: string): SentMessages {
  const place = (id: string) => `whatsapp_sent:${account}:${id}`
  const stored = async (id: string) => {
    const row = await db.whatsAppSent.findUnique({ where: { account_id: { account, id } } })
    const bytes = row?.content && sealer.tryOpenBytes(place(id), row.content)
    return bytes ? { bytes: new Uint8Array(bytes), at: row.at.getTime() } : undefined
  }
  return {
    async keep({ id, content, ...message }, now) {
      const at = new Date(now)
      const sealed = sealer.sealBytes(place(id), content)
      const { count } = await db.whatsAppSent.createMany({
        data: [{ account, id, ...message, content: sealed, at, statusAt: at }],
        skipDuplicates: true,
      })
      return count === 1 ? content : ((await stored(id))?.bytes ?? content)
    },
    async find(id, since) {
      const found = await stored(id)
      return found && found.at >= since ? found.bytes : undefined
    },
    async advance(news, now) {
      const best = furthest(news)
      if (best.length === 0) return
      await db.$executeRaw`
        UPDATE whatsapp_sent s SET status = new.status, reason = new.reason, status_at = ${new Date(now)}
        FROM unnest(${best.map(n => n.id)}::text[], ${best.map(n => n.status)}::text[],
                    ${best.map(n => n.reason ?? null)}::text[]) AS new (id, status, reason)
        WHERE s.account = ${account} AND s.id = new.id
          AND array_position(${ORDER}::text[], new.status) > array_position(${ORDER}::text[], s.status)`
    },
  }
}

/** One statement cannot touch a row twice. */
function furthest(news: readonly News[]): News[] {
  const best = new Map<string, News>()
  for (const one of news) {
    const before = best.get(one.id)
    if (!before || ORDER.indexOf(one.status) > ORDER.indexOf(before.status)) best.set(one.id, one)
  }
  return [...best.values()]
}
