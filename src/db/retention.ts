import { cutoffs, type Cutoffs } from '../domain/retention.ts'
import { settleChat } from '../domain/rights.ts'
import type { Db, Tx } from './client.ts'
import { chatDigest } from './consents.ts'
import { reposFor } from './repos.ts'
import type { Sealer } from './seal.ts'

/** Rows touched, or in a dry run those that would be. */
export type RetentionReport = Record<keyof Cutoffs, number>

interface Options {
  now: number
  /** How long profiles are kept after the last activity. */
  months: number
  dryRun?: boolean
}

/** The daily chore that keeps the periods of `domain/retention.ts`. Idempotent; a second run finds nothing. */
export async function runRetention(
  db: Db,
  sealer: Sealer,
  { now, months, dryRun = false }: Options,
): Promise<RetentionReport> {
  const limits = cutoffs(now, months)
  const people = await peopleToErase(db, limits)
  if (!dryRun)
    for (const id of new Set([...people.withdrawn, ...people.inactive, ...people.sandbox]))
      await db.$transaction(tx => erase(tx, sealer, id, now))
  const report: RetentionReport = {
    withdrawn: people.withdrawn.length,
    inactive: people.inactive.length,
    sandbox: people.sandbox.length,
    sensitive: await sensitiveAnswers(db, limits.sensitive, dryRun),
    nik: await niks(db, limits.nik, dryRun),
    ticketTexts: await ticketTexts(db, limits.ticketTexts, dryRun),
    emptyChats: await emptyChats(db, limits.emptyChats, dryRun),
  }
  const total = Object.values(report).reduce((sum, count) => sum + count, 0)
  if (!dryRun && total > 0) await note(db, sealer, report, now)
  return report
}

async function peopleToErase(db: Db, limits: Cutoffs) {
  const withdrawn = await db.resident.findMany({
    where: { restrictedAt: { lte: new Date(limits.withdrawn) } },
    select: { id: true },
  })
  const idle = await db.$queryRaw<{ id: string; sandbox: boolean }[]>`
    SELECT r.id, r.sandbox FROM residents r
    LEFT JOIN conversation_residents l ON l.resident_id = r.id
    LEFT JOIN conversations c ON c.id = l.conversation_id
    GROUP BY r.id
    HAVING greatest(r.updated_at, max(c.active_at)) <=
      CASE WHEN r.sandbox THEN ${new Date(limits.sandbox)}::timestamptz ELSE ${new Date(limits.inactive)}::timestamptz END`
  return {
    withdrawn: withdrawn.map(row => row.id),
    inactive: idle.filter(row => !row.sandbox).map(row => row.id),
    sandbox: idle.filter(row => row.sandbox).map(row => row.id),
  }
}

/** As at the person's own wish, chat by chat; the withdrawal that led here is done with it. */
async function erase(tx: Tx, sealer: Sealer, id: string, now: number): Promise<void> {
  const links = await tx.conversationResident.findMany({
    where: { residentId: id },
    include: { conversation: true },
  })
  const repos = reposFor(tx, sealer)
  await repos.erasure.resident(id, now)
  for (const { conversation } of links) {
    const left = await settleChat(repos, conversation, now)
    if (left.some(one => one.restrictedAt !== null)) continue
    await tx.privacyRequest.updateMany({
      where: { subjectDigest: chatDigest(sealer, conversation), kind: 'withdraw', doneAt: null },
      data: { doneAt: new Date(now) },
    })
  }
  await repos.audit.append(
    { actor: 'retention', action: 'erase', subject: { residentId: id }, detail: '' },
    now,
  )
}

async function sensitiveAnswers(db: Db, before: number, dryRun: boolean): Promise<number> {
  const given = { not: null }
  const where = {
    answeredAt: { lte: new Date(before) },
    OR: [{ startCapital: given }, { growSales: given }, { growWorkers: given }, { jobEducation: given }],
  }
  if (dryRun) return db.intake.count({ where })
  const data = { startCapital: null, growSales: null, growWorkers: null, jobEducation: null }
  return (await db.intake.updateMany({ where, data })).count
}

async function niks(db: Db, before: number, dryRun: boolean): Promise<number> {
  const where = { nik: { not: null }, nikGivenAt: { lte: new Date(before) } }
  return dryRun
    ? db.resident.count({ where })
    : (await db.resident.updateMany({ where, data: { nik: null } })).count
}

async function ticketTexts(db: Db, before: number, dryRun: boolean): Promise<number> {
  const where = { text: { not: null }, answeredAt: { lte: new Date(before) } }
  return dryRun
    ? db.ticket.count({ where })
    : (await db.ticket.updateMany({ where, data: { text: null } })).count
}

/** Chats that speak for nobody, silent for long, with nothing left to answer. */
async function emptyChats(db: Db, before: number, dryRun: boolean): Promise<number> {
  const at = new Date(before)
  const where = {
    residents: { none: {} },
    tickets: { none: { answeredAt: null } },
    inbound: { none: { handledAt: null } },
    OR: [{ activeAt: { lte: at } }, { activeAt: null, createdAt: { lte: at } }],
  }
  if (dryRun) return db.conversation.count({ where })
  const { count } = await db.conversation.deleteMany({ where })
  await forgetAddresses(db, at)
  return count
}

/** Who somebody is on WhatsApp, and where a joined chat went, is kept as long as their chat. */
async function forgetAddresses(db: Db, before: Date): Promise<void> {
  await db.$executeRaw`
    DELETE FROM whatsapp_people p WHERE wrote_at <= ${before}
      AND NOT EXISTS (SELECT FROM conversations c WHERE c.account = p.account AND c.address = p.address)`
  await db.$executeRaw`
    DELETE FROM moved_chats m
    WHERE at <= ${before} AND NOT EXISTS (SELECT FROM conversations c WHERE c.account = m.account AND c.address = m.current)`
}

const note = (db: Db, sealer: Sealer, report: RetentionReport, now: number) =>
  db.$transaction(tx =>
    reposFor(tx, sealer).audit.append(
      {
        actor: 'retention',
        action: 'run',
        subject: { account: 'chores', address: 'retention' },
        detail: JSON.stringify(report),
      },
      now,
    ),
  )
