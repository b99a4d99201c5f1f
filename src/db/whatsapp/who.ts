/**
 * Who somebody is. WhatsApp knows a person by LID, which stays, and by phone number, which can be given to somebody else;
 * a message names one of them or both. Pure, so that histories can be played.
 */
export interface Seen {
  /** Normalised, e.g. 1234@lid */
  lid?: string
  /** E.164. */
  phone?: string
}

export interface Known extends Seen {
  /** Of their conversation. */
  address: string
}

export type Who =
  | { kind: 'new'; releases?: string }
  /**
   * `address` has what was seen from now on. `releases`: who had this number before; it is somebody else's now.
   * `joins`: who was known by the number alone, and turns out to be the same person.
   */
  | { kind: 'known'; address: string; releases?: string; joins?: string }

/** @param known those of the people who have the LID or the number that was seen */
export function whoIs(known: readonly Known[], seen: Seen): Who {
  const byLid = seen.lid === undefined ? undefined : known.find(one => one.lid === seen.lid)
  const byPhone = seen.phone === undefined ? undefined : known.find(one => one.phone === seen.phone)
  if (!byLid && !byPhone) return { kind: 'new' }
  if (!byPhone || byLid === byPhone) return { kind: 'known', address: (byLid ?? byPhone)?.address as string }
  // the number of somebody with another LID: it has passed on. Without a LID in the message we cannot know that it has.
  const passedOn = seen.lid !== undefined && byPhone.lid !== undefined
  if (byLid)
    return passedOn
      ? { kind: 'known', address: byLid.address, releases: byPhone.address }
      : { kind: 'known', address: byLid.address, joins: byPhone.address }
  return passedOn ? { kind: 'new', releases: byPhone.address } : { kind: 'known', address: byPhone.address }
}

const PHONE = /^(\d{5,16})@s\.whatsapp\.net$/
const LID = /^\d+@lid$/

/** What a jid and its alternative tell. Others (groups, hosted business accounts) tell nothing of a person. */
export function seenBy(...jids: (string | undefined)[]): Seen {
  const lid = jids.find(jid => jid !== undefined && LID.test(jid))
  const digits = jids.map(jid => PHONE.exec(jid ?? '')?.[1]).find(Boolean)
  return { ...(lid ? { lid } : {}), ...(digits ? { phone: `+${digits}` } : {}) }
}

export const jidOfPhone = (phone: string) => `${phone.slice(1)}@s.whatsapp.net`
