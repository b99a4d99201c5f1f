import type { Db } from '../src/db/client.ts'

/** What must hold after many residents registered in any order, by the database alone. */
export interface RegistrationCheck {
  /** Chats with at least one handled message. */
  chats: number
  profiles: number
  /** Chats that do not speak for exactly one resident. */
  notExactlyOne: number
  /** Numbers that are missing, malformed or given twice. */
  badNumbers: number
  /** Residents whose centre is not the one of their kelurahan. */
  wrongCentres: number
  /** Residents without exactly one answer to each consent, one intake and a next step. */
  incomplete: number
  /** Residents with a need and without a coach, where a coach of the centre serves it. */
  withoutCoach: number
  /** Largest difference of coach loads within a centre and need; may be 1. */
  largestSpread: number
}

export async function checkRegistrations(db: Db): Promise<RegistrationCheck> {
  const [row] = await db.$queryRaw<RegistrationCheck[]>`
    WITH people AS (
      SELECT r.*, i.primary_need FROM residents r JOIN intakes i ON i.resident_id = r.id),
    links AS (
      SELECT c.id, count(l.resident_id) AS n FROM conversations c
      LEFT JOIN conversation_residents l ON l.conversation_id = c.id AND l.active
      WHERE EXISTS (SELECT FROM inbound m WHERE m.conversation_id = c.id AND m.handled_at IS NOT NULL)
      GROUP BY c.id),
    loads AS (
      SELECT c.centre_code, s.need, c.id, count(p.id) AS n
      FROM coaches c CROSS JOIN LATERAL unnest(c.serves) AS s (need)
      LEFT JOIN people p ON p.coach_id = c.id AND p.primary_need = s.need AND NOT p.sandbox AND p.restricted_at IS NULL
      WHERE c.active GROUP BY c.centre_code, s.need, c.id)
    SELECT
      (SELECT count(*) FROM links)::int AS "chats",
      (SELECT count(*) FROM residents)::int AS "profiles",
      (SELECT count(*) FROM links WHERE n <> 1)::int AS "notExactlyOne",
      ((SELECT count(*) FROM residents WHERE number !~ '^OKO-[0-9A-HJKMNP-TV-Z]{6}$')
        + (SELECT count(number) - count(DISTINCT number) FROM residents))::int AS "badNumbers",
      (SELECT count(*) FROM residents WHERE left(kelurahan, 8) <> centre_code)::int AS "wrongCentres",
      (SELECT count(*) FROM residents r WHERE r.next_step = ''
        OR (SELECT count(*) FROM intakes i WHERE i.resident_id = r.id) <> 1
        OR (SELECT count(*) FROM consents c WHERE c.resident_id = r.id AND c.purpose = 'data' AND c.answer) <> 1
        OR (SELECT count(*) FROM consents c WHERE c.resident_id = r.id AND c.purpose = 'reminders') <> 1)::int AS "incomplete",
      (SELECT count(*) FROM people p WHERE p.coach_id IS NULL AND p.restricted_at IS NULL AND EXISTS (
        SELECT FROM coaches c WHERE c.active AND c.centre_code = p.centre_code AND p.primary_need = ANY (c.serves)))::int
        AS "withoutCoach",
      coalesce((SELECT max(spread) FROM (
        SELECT max(n) - min(n) AS spread FROM loads GROUP BY centre_code, need) spreads), 0)::int AS "largestSpread"`
  if (!row) throw new Error('The check gave no row.')
  return row
}

/** @returns what is wrong, in words; empty when every one of `expected` residents is registered as they should be. */
export function faultsOf(check: RegistrationCheck, expected: number): string[] {
  const zero = ['notExactlyOne', 'badNumbers', 'wrongCentres', 'incomplete', 'withoutCoach'] as const
  return [
    ...zero.filter(name => check[name] !== 0).map(name => `${name}: ${check[name]}, expected 0`),
    ...(check.profiles === expected ? [] : [`profiles: ${check.profiles}, expected ${expected}`]),
    ...(check.largestSpread <= 1 ? [] : [`largestSpread: ${check.largestSpread}, expected at most 1`]),
  ]
}
