import type { Phones } from '../../domain/ports.ts'
import type { Tx } from '../client.ts'
import type { Sealer } from '../seal.ts'
import { personPlace } from './identities.ts'
import { seenBy } from './who.ts'

/** WhatsApp tells the number of some people and hides that of others; other channels tell none. */
export function phonesFor(tx: Tx, sealer: Sealer): Phones {
  return {
    async ofChat({ channel, account, address }) {
      if (channel !== 'whatsapp') return undefined
      const person = await tx.whatsAppPerson.findUnique({ where: { account_address: { account, address } } })
      if (person)
        return person.phone ? sealer.open(personPlace(account, address, 'phone'), person.phone) : undefined
      return seenBy(address).phone // transcripts and the terminal speak from a number
    },
  }
}

/** What people know their WhatsApp chats by, by address: the number, else the LID. The address itself says nothing to them. */
export async function knownAs(
  tx: Tx,
  sealer: Sealer,
  chats: readonly { channel: string; account: string; address: string }[],
): Promise<Map<string, string>> {
  const mine = chats.filter(chat => chat.channel === 'whatsapp')
  if (mine.length === 0) return new Map()
  const people = await tx.whatsAppPerson.findMany({
    where: { OR: mine.map(({ account, address }) => ({ account, address })) },
  })
  return new Map(
    people.map(({ account, address, phone, lid }) => {
      const opened = phone
        ? sealer.open(personPlace(account, address, 'phone'), phone)
        : lid && sealer.open(personPlace(account, address, 'lid'), lid)
      return [address, opened ?? address]
    }),
  )
}
