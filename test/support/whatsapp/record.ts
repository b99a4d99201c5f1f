import { identityOf } from '../../../src/channels/whatsapp/read.ts'
import type { Db } from '../../../src/db/client.ts'
import type { Resident } from './resident.ts'

/** What is wrong with the inbox: each message must be there once, handled, and in the order in which it was written. */
export async function faultsOfRecord(db: Db, people: readonly Resident[]): Promise<string[]> {
  const rows = await db.inbound.findMany({
    where: { kind: { notIn: ['timer', 'notice'] } },
    orderBy: { id: 'asc' },
    select: { externalId: true, handledAt: true },
  })
  const place = new Map(rows.map(({ externalId }, i) => [externalId, i]))
  const written = people.flatMap(({ person, ids }) => ids.map(id => identityOf(person.lid, undefined, id)))
  const lost = written.filter(id => !place.has(id)).length
  const more = rows.length - (written.length - lost)
  const unhandled = rows.filter(({ handledAt }) => !handledAt).length
  const disorderly = people.filter(({ person, ids }) => {
    const places = ids.map(id => place.get(identityOf(person.lid, undefined, id)) ?? -1)
    return places.some((at, i) => i > 0 && at < (places[i - 1] ?? 0))
  })
  return [
    ...(lost === 0 ? [] : [`${lost} messages are lost`]),
    ...(more === 0 ? [] : [`${more} are recorded that nobody wrote, or twice`]),
    ...(unhandled === 0 ? [] : [`${unhandled} messages are not handled`]),
    ...(disorderly.length === 0 ? [] : [`the messages of ${disorderly.length} are out of order`]),
  ]
}
