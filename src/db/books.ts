import type { Books, NewRow } from '../domain/ledger/ports.ts'
import { NEW_BOOK, type BookSettings, type LearnedQuestion } from '../domain/ledger/ports.ts'
import type { Row, Said } from '../domain/ledger/types.ts'
import type { Tx } from './client.ts'
import type { LedgerRow } from './generated/client.ts'
import type { Sealer } from './seal.ts'

const saidPlace = (row: { residentId: string; inboundId: bigint; n: number }) =>
  `ledger_rows:${row.residentId}:${row.inboundId}:${row.n}`
const phrasePlace = (residentId: string, digest: string) => `ledger_phrases:${residentId}:${digest}`

export function booksFor(tx: Tx, sealer: Sealer): Books {
  const digestOf = (phrase: string) => sealer.digest('phrase', phrase)
  return {
    async rows(residentId) {
      const rows = await tx.ledgerRow.findMany({ where: { residentId }, orderBy: { id: 'asc' } })
      return rows.map(row => openRow(sealer, row))
    },
    add: (residentId, inboundId, rows, at) => add(tx, sealer, { residentId, inboundId, at }, rows),
    async daysOff(residentId) {
      const days = await tx.ledgerDayOff.findMany({ where: { residentId }, orderBy: { date: 'asc' } })
      return days.map(day => day.date)
    },
    async markDayOff(residentId, date) {
      await tx.ledgerDayOff.createMany({ data: [{ residentId, date }], skipDuplicates: true })
    },
    async settings(residentId) {
      const row = await tx.ledgerSettings.findUnique({ where: { residentId } })
      if (!row) return NEW_BOOK
      const { residentId: _, nightDay, ...settings } = row
      return { ...settings, nightDay: nightDay as BookSettings['nightDay'] }
    },
    async set(residentId, changes) {
      const where = { residentId }
      await tx.ledgerSettings.upsert({ where, create: { residentId, ...changes }, update: changes })
    },
    async phrases(residentId) {
      const rows = await tx.ledgerPhrase.findMany({
        where: { residentId },
        orderBy: [{ learnedAt: 'asc' }, { digest: 'asc' }],
      })
      return rows.map(({ digest, phrase, question, answer }) => ({
        phrase: sealer.open(phrasePlace(residentId, digest), phrase),
        question: question as LearnedQuestion,
        answer,
      }))
    },
    async learn(residentId, { phrase, question, answer }, at) {
      const digest = digestOf(phrase)
      const sealed = sealer.seal(phrasePlace(residentId, digest), phrase)
      const values = { question, answer, phrase: sealed, learnedAt: new Date(at) }
      const where = { residentId_digest: { residentId, digest } }
      await tx.ledgerPhrase.upsert({ where, create: { residentId, digest, ...values }, update: values })
    },
    async forgetPhrase(residentId, phrase) {
      await tx.ledgerPhrase.deleteMany({ where: { residentId, digest: digestOf(phrase) } })
    },
  }
}

interface Message {
  residentId: string
  inboundId: bigint
  at: number
}

/** Row by row: a handful at most, and each id is needed. */
async function add(tx: Tx, sealer: Sealer, message: Message, rows: NewRow[]): Promise<(number | null)[]> {
  const { residentId, inboundId, at } = message
  const before = await tx.ledgerRow.count({ where: { inboundId } })
  const ids: (number | null)[] = []
  for (const [i, row] of rows.entries()) {
    const key = { residentId, inboundId, n: before + i }
    const data =
      row.does === 'reverse'
        ? { reversesId: row.row }
        : {
            said: sealer.seal(saidPlace(key), JSON.stringify(row.said)),
            replacesId: row.replaces ?? null,
          }
    const [added] = await tx.ledgerRow.createManyAndReturn({
      data: [{ ...key, ...data, recordedAt: new Date(at) }],
      skipDuplicates: true,
    })
    ids.push(added ? Number(added.id) : null)
  }
  return ids
}

function openRow(sealer: Sealer, row: LedgerRow): Row {
  const common = {
    id: Number(row.id),
    recordedAt: row.recordedAt.getTime(),
    message: Number(row.inboundId),
  }
  if (!row.said) return { ...common, does: 'reverse', row: Number(row.reversesId) }
  const said = JSON.parse(sealer.open(saidPlace(row), row.said)) as Said
  return { ...common, does: 'add', said, ...(row.replacesId ? { replaces: Number(row.replacesId) } : {}) }
}
