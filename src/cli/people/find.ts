import type { Db, Tx } from '../../db/client.ts'
import type { Role } from '../../domain/staff/invitations.ts'

/** By name or code; undefined where there is not exactly one. */
export async function findCentre(db: Db | Tx, wanted: string) {
  const equals = { equals: wanted.trim(), mode: 'insensitive' as const }
  const found = await db.centre.findMany({ where: { OR: [{ code: wanted.trim() }, { name: equals }] } })
  return found.length === 1 ? found[0] : undefined
}

export const titleOf = (role: Role, name: string): string =>
  role === 'coach' ? `Coach ${name}` : `Petugas ${name}`
