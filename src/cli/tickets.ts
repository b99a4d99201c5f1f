import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import type { Db } from '../db/client.ts'
import type { Sealer } from '../db/seal.ts'
import { answerTicket, openTickets, type TicketForStaff } from '../db/tickets.ts'
import { answerBy, ticketWords } from '../domain/tickets.ts'
import { formatInstant, formatPhone } from '../lib/format.ts'
import type { Holiday } from '../understand/types.ts'
import { withStore } from './withStore.ts'

export interface TicketsRequest {
  /** undefined: list. */
  number: string | undefined
  text: string | undefined
  now: number
}

/**
 * Lists unanswered tickets, or answers one. What staff read is Indonesian. The answer leaves with the next sweep of the
 * running assistant. @returns what to print, and the exit code
 */
export async function ticketsCli(
  db: Db,
  sealer: Sealer,
  request: TicketsRequest,
): Promise<{ text: string; code: 0 | 1 }> {
  if (request.number === undefined) return { text: await list(db, sealer, request.now), code: 0 }
  const number = request.number.toUpperCase().replace(/^(?!T-)/, 'T-')
  const text = request.text?.trim() ?? ''
  if (text === '')
    return {
      text: `Jawaban untuk ${number} masih kosong. Contoh: npm run tickets -- ${number} "Silakan datang hari Senin."`,
      code: 1,
    }
  const { outcome } = await answerTicket(db, sealer, { number, text, now: request.now })
  return { text: SAID[outcome](number), code: outcome === 'answered' ? 0 : 1 }
}

const SAID = {
  answered: (number: string) => `${number} dijawab; pesannya dikirim oleh asisten yang sedang berjalan.`,
  answered_before: (number: string) => `${number} sudah dijawab sebelumnya. Tidak ada yang dikirim.`,
  blocked: (number: string) => `${number}: orangnya memblokir chat ini, jadi tidak bisa dijawab di sini.`,
  unknown: (number: string) => `${number} tidak ada. Lihat daftarnya: npm run tickets`,
}

async function list(db: Db, sealer: Sealer, now: number): Promise<string> {
  const tickets = await openTickets(db, sealer)
  if (tickets.length === 0) return 'Tidak ada tiket yang menunggu.'
  const holidays = (await db.holiday.findMany()) as Holiday[]
  const late = tickets.filter(ticket => isLate(ticket, now, holidays)).length
  return [
    `${tickets.length} tiket menunggu${late > 0 ? `, ${late} lewat waktu` : ''}:`,
    ...tickets.map(ticket => lineOf(ticket, isLate(ticket, now, holidays))),
    'Jawab dengan: npm run tickets -- <nomor> "<jawaban>"',
  ].join('\n\n')
}

const isLate = (ticket: TicketForStaff, now: number, holidays: readonly Holiday[]) =>
  answerBy(ticket.openedAt, holidays) < now

function lineOf(ticket: TicketForStaff, late: boolean): string {
  const { person } = ticket
  const who = person
    ? [person.name, person.number, person.centre, person.phone && formatPhone(person.phone)]
        .filter(Boolean)
        .join(', ')
    : 'belum terdaftar'
  const marks = [late ? 'LEWAT WAKTU' : '', ticket.sandbox ? 'coba-coba' : ''].filter(Boolean).join(', ')
  return [
    `${ticket.number} · ${formatInstant(ticket.openedAt)}${marks ? ` · ${marks}` : ''}`,
    `  ${who} (${ticket.channel})`,
    `  ${ticketWords(ticket, 'id')}`,
  ].join('\n')
}

async function main(): Promise<void> {
  const program = new Command('npm run tickets --')
    .description('Shows the tickets that wait for a person, or answers one.')
    .argument('[number]', 'the ticket, e.g. T-7K3M')
    .argument('[answer...]', 'what the person is told')
    .parse()
  const [number, ...words] = program.args
  const config = readConfig()
  await withStore(config, async store => {
    const { text, code } = await ticketsCli(store.db, store.sealer, {
      number,
      text: words.join(' '),
      now: Date.now(),
    })
    console.log(text)
    process.exitCode = code
  })
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
