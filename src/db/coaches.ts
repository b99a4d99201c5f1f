import { leastLoaded } from '../domain/coaches.ts'
import type { Centre, Need } from '../domain/people.ts'
import type { Centres } from '../domain/ports.ts'
import { SECOND } from '../lib/time.ts'
import type { Db, Tx } from './client.ts'
import { remindersFor } from './reminders.ts'
import type { Sealer } from './seal.ts'

export function centresFor(tx: Tx): Centres {
  const find = async (code: string) => (await tx.centre.findUnique({ where: { code } })) ?? undefined
  return {
    find,
    all: () => tx.centre.findMany({ orderBy: [{ name: 'asc' }, { code: 'asc' }] }),
    async lock(code): Promise<Centre | undefined> {
      // NO KEY: a new resident's foreign key check elsewhere need not wait; two assignments here do.
      const [centre] = await tx.$queryRaw<Centre[]>`
        SELECT code, name, kota, address, latitude, longitude, rooms, sample
        FROM centres WHERE code = ${code} FOR NO KEY UPDATE`
      return centre
    },
    async coaches(code, need: Need, of) {
      const [resident, chat] = 'chat' in of ? [null, of.chat] : [of.resident, null]
      const rows = await tx.$queryRaw<CandidateRow[]>`
        SELECT c.id, c.name, c.created_at, count(r.id)::int AS total,
               count(r.id) FILTER (WHERE i.primary_need = ${need})::int AS same_need
        FROM coaches c
        LEFT JOIN residents r ON r.coach_id = c.id AND NOT r.sandbox AND r.restricted_at IS NULL
        LEFT JOIN intakes i ON i.resident_id = r.id
        WHERE c.centre_code = ${code} AND c.active AND ${need} = ANY (c.serves)
          AND NOT EXISTS (SELECT FROM staff_chats s
            WHERE s.staff_id = c.id AND (s.conversation_id = ${chat} OR s.conversation_id IN
              (SELECT conversation_id FROM conversation_residents WHERE resident_id = ${resident}::uuid)))
        GROUP BY c.id`
      return rows.map(row => ({
        id: row.id,
        name: row.name,
        sameNeed: row.same_need,
        total: row.total,
        since: row.created_at.getTime(),
      }))
    },
  }
}

interface CandidateRow {
  id: string
  name: string
  created_at: Date
  total: number
  same_need: number
}

/**
 * A chat has become a coach's or another person's: whoever it speaks for and had that coach waits for a colleague, because
 * both would be told of everything in one chat. The pass that gives coaches out tells them.
 */
export async function partFromThemselves(tx: Tx, conversationId: number, at: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE residents r SET coach_id = NULL, updated_at = ${new Date(at)}
    FROM conversation_residents l JOIN staff_chats s ON s.conversation_id = l.conversation_id
    WHERE l.conversation_id = ${conversationId} AND r.id = l.resident_id AND r.coach_id = s.staff_id`
}

/** Centres where somebody waits for a coach and an active one, not they themselves, now serves their need. */
export async function centresToAssign(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ centre_code: string }[]>`
    SELECT DISTINCT r.centre_code FROM residents r
    JOIN intakes i ON i.resident_id = r.id
    JOIN coaches c ON c.centre_code = r.centre_code AND c.active AND i.primary_need = ANY (c.serves)
    WHERE r.coach_id IS NULL AND r.restricted_at IS NULL
      AND NOT EXISTS (SELECT FROM staff_chats s JOIN conversation_residents l ON l.conversation_id = s.conversation_id
        WHERE s.staff_id = c.id AND l.resident_id = r.id)
    ORDER BY 1`
  return rows.map(row => row.centre_code)
}

/**
 * Gives the people of a centre who wait for a coach theirs, longest waiting first, and lets them know.
 * @returns how many got a coach
 */
export async function assignWaiting(
  db: Db,
  sealer: Sealer,
  centreCode: string,
  now: number,
): Promise<number> {
  return db.$transaction(async tx => {
    const repos = centresFor(tx)
    await repos.lock(centreCode)
    const waiting = await tx.resident.findMany({
      where: { centreCode, coachId: null, restrictedAt: null, intake: { primaryNeed: { not: null } } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      include: { intake: true },
    })
    let assigned = 0
    for (const resident of waiting) {
      const need = resident.intake?.primaryNeed as Need
      const coach = leastLoaded(await repos.coaches(centreCode, need, { resident: resident.id }))
      if (!coach) continue
      await tx.resident.update({
        where: { id: resident.id },
        data: { coachId: coach.id, updatedAt: new Date(now) },
      })
      await remindersFor(tx, sealer).plan(
        { subject: `coach_of:${resident.id}`, version: Math.floor(now / SECOND) },
        [
          {
            kind: 'coach_assigned',
            to: { resident: resident.id },
            dueAt: now,
            values: { coach: coach.name, number: resident.number },
          },
        ],
        now,
      )
      assigned += 1
    }
    return assigned
  })
}

/** Gives everybody who waits a coach, wherever one has become available. @returns how many got one */
export async function assignAllWaiting(db: Db, sealer: Sealer, now: number): Promise<number> {
  let assigned = 0
  for (const code of await centresToAssign(db)) assigned += await assignWaiting(db, sealer, code, now)
  return assigned
}
