import { randomBytes } from 'node:crypto'
import { CODE_LENGTH, invitationEnds, MOST_WRONG, readCode, type Role } from '../domain/staff/invitations.ts'
import type { StaffMember, StaffMembers } from '../domain/staff/ports.ts'
import { crockford } from '../lib/crockford.ts'
import { DAY } from '../lib/time.ts'
import type { Tx } from './client.ts'
import { partFromThemselves } from './coaches.ts'
import type { Sealer } from './seal.ts'

const digestOf = (sealer: Sealer, code: string) => sealer.digest('invitation', code)

/** A new invitation; earlier ones of the same person that were not used are void. @returns its code, kept nowhere */
export async function invite(
  tx: Tx,
  sealer: Sealer,
  member: { role: Role; staffId: string },
  now: number,
): Promise<string> {
  await tx.invitation.deleteMany({ where: { ...member, usedAt: null } })
  const code = crockford(randomBytes(CODE_LENGTH), CODE_LENGTH)
  const times = { createdAt: new Date(now), expiresAt: new Date(invitationEnds(now)) }
  await tx.invitation.create({ data: { digest: digestOf(sealer, code), ...member, ...times } })
  return code
}

/** A coach of that name at that centre, created where there is none; what they serve is as given now. @returns the id */
export async function addCoach(
  tx: Tx,
  coach: { name: string; centreCode: string; needs: string[]; languages: string[] },
  now: number,
): Promise<string> {
  const { name, centreCode, needs: serves, languages } = coach
  const known = await tx.coach.findFirst({ where: { name, centreCode, sample: false } })
  const data = { name, centreCode, serves, languages, active: true }
  if (known) return (await tx.coach.update({ where: { id: known.id }, data })).id
  return (await tx.coach.create({ data: { ...data, createdAt: new Date(now) } })).id
}

/** An operator of that name, created where there is none. @returns the id */
export async function addOperator(
  tx: Tx,
  operator: { name: string; centreCode: string | null },
  now: number,
): Promise<string> {
  const known = await tx.operator.findFirst({ where: operator })
  const data = { ...operator, active: true }
  if (known) return (await tx.operator.update({ where: { id: known.id }, data })).id
  return (await tx.operator.create({ data: { ...data, createdAt: new Date(now) } })).id
}

/**
 * A code is found by its keyed digest, so how long that takes says nothing about the code; and it is used in one statement,
 * so that of two who type it at once one is in.
 */
export function staffFor(tx: Tx, sealer: Sealer): StaffMembers {
  const wrong = { kind: 'invitation' }
  return {
    async of(conversationId, role) {
      const chat = await tx.staffChat.findFirst({
        where: { conversationId, role },
        orderBy: { linkedAt: 'desc' },
      })
      return chat ? memberOf(tx, role, chat.staffId) : undefined
    },
    async join(conversationId, typed, at) {
      const since = { gt: new Date(at - DAY) }
      const tries = await tx.linkAttempt.count({ where: { conversationId, ...wrong, at: since } })
      if (tries >= MOST_WRONG) return { outcome: 'blocked' }
      const member = await use(tx, digestOf(sealer, readCode(typed) ?? ''), at)
      if (!member) {
        await tx.linkAttempt.create({ data: { conversationId, ...wrong, at: new Date(at) } })
        return { outcome: 'wrong' }
      }
      const { id: staffId, role } = member
      await tx.staffChat.deleteMany({ where: { conversationId, role } })
      await tx.staffChat.create({ data: { conversationId, staffId, role, linkedAt: new Date(at) } })
      await partFromThemselves(tx, conversationId, at)
      return { outcome: 'joined', member }
    },
    async dismiss(role, id, at) {
      const [where, data] = [{ id }, { active: false }]
      await (role === 'coach' ? tx.coach.update({ where, data }) : tx.operator.update({ where, data }))
      await tx.staffChat.deleteMany({ where: { staffId: id } })
      await tx.invitation.deleteMany({ where: { staffId: id, usedAt: null } })
      // gone, not dropped: who comes back is told of the same days anew
      await tx.reminder.deleteMany({ where: { staffId: id, status: 'waiting' } })
      await tx.reminder.updateMany({
        where: { staffId: id, status: 'queued' },
        data: { status: 'dropped', reason: 'cancelled', endedAt: new Date(at) },
      })
    },
  }
}

async function use(tx: Tx, digest: string, at: number): Promise<StaffMember | undefined> {
  const now = new Date(at)
  const [used] = await tx.invitation.updateManyAndReturn({
    where: { digest, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  })
  return used && memberOf(tx, used.role as Role, used.staffId)
}

async function memberOf(tx: Tx, role: Role, id: string): Promise<StaffMember | undefined> {
  const query = { where: { id, active: true }, include: { centre: true } }
  const row = role === 'coach' ? await tx.coach.findFirst(query) : await tx.operator.findFirst(query)
  return row ? { id, role, name: row.name, centre: row.centre } : undefined
}
