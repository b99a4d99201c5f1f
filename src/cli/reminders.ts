import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import type { Db } from '../db/client.ts'
import { UNREACHABLE_SHOWN } from '../db/health.ts'
import { residentPlace } from '../db/residents.ts'
import type { Sealer } from '../db/seal.ts'
import { REMINDER_KINDS } from '../domain/reminderKinds.ts'
import { formatInstant, formatPhone } from '../lib/format.ts'
import { withStore } from './withStore.ts'

/** What operators see of what the assistant says by itself, in Indonesian. @returns what to print */
export async function remindersCli(
  db: Db,
  sealer: Sealer,
  { unreachable, now }: { unreachable: boolean; now: number },
): Promise<string> {
  return unreachable ? list(db, sealer, now) : counts(db)
}

async function counts(db: Db): Promise<string> {
  const rows = await db.reminder.groupBy({ by: ['kind', 'status', 'reason'], _count: true })
  if (rows.length === 0) return 'Belum ada pengingat.'
  const lines = rows
    .map(row => `${titleOf(row.kind)}: ${statusOf(row)} ${row._count}`)
    .toSorted((one, other) => one.localeCompare(other, 'id'))
  return ['Pengingat 30 hari terakhir:', ...lines.map(line => `  ${line}`)].join('\n')
}

const STATUS: Record<string, string> = {
  waiting: 'menunggu',
  queued: 'sedang dikirim',
  sent: 'terkirim',
  dropped: 'tidak dikirim',
  unreachable: 'TIDAK SAMPAI',
  unknown: 'mungkin sampai',
}
const REASON: Record<string, string> = {
  cancelled: 'dibatalkan',
  superseded: 'diganti',
  opted_out: 'orangnya tidak mau pengingat',
  late: 'sudah lewat waktu',
  quiet: 'jam tenang',
  notice_empty: 'sudah tidak perlu',
  notice_failed: 'percakapannya rusak',
  set_aside: 'gagal diolah',
  erased: 'datanya dihapus',
  no_chat: 'tidak punya chat',
  blocked: 'memblokir chat',
  silent: 'lama tidak menulis di WhatsApp',
  channel_away: 'salurannya mati',
  refused: 'ditolak platform',
}

const titleOf = (kind: string): string =>
  (REMINDER_KINDS as Record<string, { title: string }>)[kind]?.title ?? kind
const statusOf = ({ status, reason }: { status: string; reason: string | null }): string =>
  [STATUS[status] ?? status, reason === null ? '' : `(${REASON[reason] ?? reason})`].filter(Boolean).join(' ')

/** Who should be told in another way, newest first, as long as it may still help. */
async function list(db: Db, sealer: Sealer, now: number): Promise<string> {
  const rows = await db.reminder.findMany({
    where: { status: 'unreachable', endedAt: { gt: new Date(now - UNREACHABLE_SHOWN) } },
    orderBy: [{ endedAt: 'desc' }, { id: 'desc' }],
    include: { resident: { include: { centre: true } }, conversation: true },
  })
  if (rows.length === 0) return 'Semua pengingat tujuh hari terakhir sampai.'
  const coaches = await db.coach.findMany({ where: { id: { in: rows.flatMap(row => row.staffId ?? []) } } })
  const lines = rows.map(({ resident, conversation, staffId, ...row }) => {
    const coach = coaches.find(each => each.id === staffId)
    const who = resident
      ? [
          sealer.open(residentPlace(resident.id, 'name'), resident.name),
          resident.number,
          resident.centre.name,
          resident.phone && formatPhone(sealer.open(residentPlace(resident.id, 'phone'), resident.phone)),
        ]
      : staffId
        ? [coach ? `Coach ${coach.name}` : 'petugas']
        : [`belum terdaftar (${conversation?.channel ?? 'chat'})`]
    const when = formatInstant(row.dueAt.getTime())
    return `${titleOf(row.kind)} · ${when} · ${REASON[row.reason ?? ''] ?? row.reason ?? ''}\n  ${who.filter(Boolean).join(', ')}`
  })
  return [
    `${rows.length} pengingat tidak sampai dalam tujuh hari; mohon kabari dengan cara lain:`,
    ...lines,
  ].join('\n\n')
}

async function main(): Promise<void> {
  const { unreachable = false } = new Command('npm run reminders --')
    .description(
      'Shows what the assistant says by itself: how many of each kind, or those that could reach nobody.',
    )
    .option('--unreachable', 'who should be told in another way')
    .parse()
    .opts<{ unreachable?: true }>()
  const config = readConfig()
  await withStore(config, async store => {
    console.log(await remindersCli(store.db, store.sealer, { unreachable, now: Date.now() }))
  })
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
