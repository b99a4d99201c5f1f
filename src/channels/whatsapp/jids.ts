/** `628…:3@s.whatsapp.net` → `628…@s.whatsapp.net`: the person, whichever device it was. */
export function person(jid: string): string {
  const [user = '', server = ''] = jid.split('@')
  return `${user.split(':')[0]?.split('_')[0] ?? ''}@${server === 'c.us' ? 's.whatsapp.net' : server}`
}

export const isGroup = (jid: string): boolean => jid.endsWith('@g.us')

/** Chats of people, by LID or by number. */
export const isPerson = (jid: string): boolean => jid.endsWith('@lid') || jid.endsWith('@s.whatsapp.net')

/** Status updates, broadcast lists, newsletters: nobody waits for an answer there. */
export const isPublic = (jid: string): boolean =>
  jid.endsWith('@broadcast') || jid.endsWith('@newsletter') || jid.endsWith('@bot')

/** The digits of a phone number's jid; undefined for a LID, which only looks like one. */
export const phoneOf = (jid: string | undefined): string | undefined =>
  /^(\d{6,15})@s\.whatsapp\.net$/.exec(jid === undefined ? '' : person(jid))?.[1]
