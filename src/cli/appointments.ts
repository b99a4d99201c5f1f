import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import type { Db } from '../db/client.ts'
import { reposFor } from '../db/repos.ts'
import type { Sealer } from '../db/seal.ts'
import { UNSETTLED_SHOWN } from '../domain/booking/callOff.ts'
import type { Booking } from '../domain/booking/ports.ts'
import { offReason, whenWords } from '../domain/booking/words.ts'
import type { Repos } from '../domain/ports.ts'
import { formatPhone } from '../lib/format.ts'
import { withStore } from './withStore.ts'

export interface AppointmentsRequest {
  /** The code of an appointment whose resident was helped in another way; undefined: list. */
  settled: string | undefined
  now: number
}

/**
 * Appointments that the programme called off and that have not been replaced, with whom to call; or takes one off the
 * list. What staff read is Indonesian. @returns what to print, and the exit code
 */
export async function appointmentsCli(
  db: Db,
  sealer: Sealer,
  { settled, now }: AppointmentsRequest,
): Promise<{ text: string; code: 0 | 1 }> {
  return db.$transaction(async tx => {
    const repos = reposFor(tx, sealer)
    const all = await repos.bookings.allUnsettled(null, false, now - UNSETTLED_SHOWN)
    return settled === undefined
      ? { text: await list(repos, all), code: 0 }
      : settle(repos, all, { code: settled.toUpperCase(), now })
  })
}

async function list(repos: Repos, all: readonly Booking[]): Promise<string> {
  if (all.length === 0) return 'Tidak ada janji yang menunggu diganti.'
  const lines = []
  for (const booking of all) {
    const person = await repos.residents.find(booking.residentId)
    const who = person && [person.name, person.number, person.phone && formatPhone(person.phone)]
    const when = whenWords(booking.startsAt, 'id')
    lines.push(
      `${booking.code} · ${when}, ${booking.centre.name}: ${offReason(booking, {}, 'id')}\n  ${who?.filter(Boolean).join(', ') ?? ''}`,
    )
  }
  return [
    `${all.length} janji dibatalkan dari pihak kita dan belum ada gantinya; warganya belum memilih:`,
    ...lines,
    'Setelah dibantu: npm run appointments -- --settled <kode>',
  ].join('\n\n')
}

async function settle(
  repos: Repos,
  all: readonly Booking[],
  { code, now }: { code: string; now: number },
): Promise<{ text: string; code: 0 | 1 }> {
  const booking = all.find(each => each.code === code)
  if (!booking) return { text: `${code} tidak ada di daftar. Lihat daftarnya: npm run appointments`, code: 1 }
  const { residentId } = booking
  await repos.bookings.settle(residentId, now)
  const entry = { actor: 'operator', action: 'settle_booking', subject: { residentId }, detail: code }
  await repos.audit.append(entry, now)
  return { text: `${code}: tercatat sudah dibantu.`, code: 0 }
}

async function main(): Promise<void> {
  const { settled } = new Command('npm run appointments --')
    .description('Shows appointments that the programme called off and that have not been replaced.')
    .option('--settled <code>', 'the resident of this one was helped: takes it off the list')
    .parse()
    .opts<{ settled?: string }>()
  await withStore(readConfig(), async store => {
    const { text, code } = await appointmentsCli(store.db, store.sealer, { settled, now: Date.now() })
    console.log(text)
    process.exitCode = code
  })
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
