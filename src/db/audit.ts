import { createHash } from 'node:crypto'
import type { Audit, Subject } from '../domain/ports.ts'
import type { Db, Tx } from './client.ts'
import { chatDigest, residentDigest } from './consents.ts'
import type { Sealer } from './seal.ts'

const HEAD = 'audit_head'
const HEAD_PLACE = `settings:${HEAD}`
const GENESIS = createHash('sha256').update('audit').digest('hex')

interface Entry {
  at: Date
  actor: string
  action: string
  subjectDigest: string
  detail: string
}

/** Canonical form of a row: JSON of an array, so that no two rows read alike. */
const hashOf = (previousHash: string, e: Entry) =>
  createHash('sha256')
    .update(JSON.stringify([previousHash, e.at.toISOString(), e.actor, e.action, e.subjectDigest, e.detail]))
    .digest('hex')

const digestOf = (sealer: Sealer, subject: Subject) =>
  'residentId' in subject ? residentDigest(sealer, subject.residentId) : chatDigest(sealer, subject)

/**
 * Append-only evidence, chained by hash. The newest hash is kept sealed under the key: rows cut from the end, or a chain
 * computed anew by somebody who has the database but not the key, are noticed too. Its row is the lock of the chain, held
 * until commit: append last.
 */
export function auditFor(tx: Tx, sealer: Sealer): Audit {
  return {
    async append({ actor, action, subject, detail }, at) {
      const previousHash = await lockHead(tx, sealer)
      const entry = { at: new Date(at), actor, action, subjectDigest: digestOf(sealer, subject), detail }
      const hash = hashOf(previousHash, entry)
      await tx.audit.createMany({ data: [{ ...entry, previousHash, hash }] })
      await tx.setting.updateMany({ where: { key: HEAD }, data: { value: sealer.seal(HEAD_PLACE, hash) } })
    },
    async of(subject) {
      const rows = await tx.audit.findMany({
        where: { subjectDigest: digestOf(sealer, subject) },
        orderBy: { id: 'asc' },
      })
      return rows.map(({ at, actor, action, detail }) => ({ at: at.getTime(), actor, action, detail }))
    },
  }
}

async function lockHead(tx: Tx, sealer: Sealer): Promise<string> {
  const read = () =>
    tx.$queryRaw<{ value: Uint8Array }[]>`SELECT value FROM settings WHERE key = ${HEAD} FOR UPDATE`
  let [head] = await read()
  if (!head) {
    await tx.setting.createMany({
      data: [{ key: HEAD, value: sealer.seal(HEAD_PLACE, GENESIS) }],
      skipDuplicates: true,
    })
    ;[head] = await read()
  }
  if (!head) throw new Error('The head of the audit chain is missing.')
  return sealer.open(HEAD_PLACE, head.value)
}

export type AuditVerdict =
  | { ok: true; rows: number }
  /** `id` of the first row that does not follow from the one before; null when rows are missing at the end. */
  | { ok: false; id: number | null; rows: number }

const PAGE = 5000

/** Recomputes the whole chain in id order. */
export async function verifyAudit(db: Db | Tx, sealer: Sealer): Promise<AuditVerdict> {
  let previous = GENESIS
  let rows = 0
  for (let after = 0; ;) {
    const page = await db.audit.findMany({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: PAGE })
    for (const row of page) {
      if (row.previousHash !== previous || row.hash !== hashOf(previous, row))
        return { ok: false, id: row.id, rows }
      previous = row.hash
      rows += 1
    }
    const last = page.at(-1)
    if (!last) break
    after = last.id
  }
  const head = await db.setting.findUnique({ where: { key: HEAD } })
  const expected = head ? sealer.tryOpen(HEAD_PLACE, head.value) : rows === 0 ? GENESIS : undefined
  return expected === previous ? { ok: true, rows } : { ok: false, id: null, rows }
}
