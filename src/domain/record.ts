import { maskNik } from './masks.ts'
import type { Resident, Speaker } from './people.ts'
import type { Repos } from './ports.ts'

/** Everything held about one resident, in one plain object: the JSON copy is this, the readable text is made from it. */
export async function recordOf(repos: Repos, speaker: Speaker, resident: Resident) {
  const { id, centre, coach, intake, nik, ...profile } = resident
  return {
    profile: {
      ...profile,
      nik: nik && maskNik(nik),
      centre: { code: centre.code, name: centre.name, kota: centre.kota },
      coach: coach?.name ?? null,
    },
    answers: intake,
    chats: await repos.residents.chats(id),
    consents: await repos.consents.of(id),
    requests: await repos.requests.of(speaker),
    tickets: await repos.tickets.of(id),
    books: {
      rows: await repos.books.rows(id),
      daysOff: await repos.books.daysOff(id),
      settings: await repos.books.settings(id),
      phrases: await repos.books.phrases(id),
    },
    bookings: await repos.bookings.of(id),
    waiting: await repos.waitingList.of(id),
    walkIns: await repos.bookings.walkInsOf(id),
    workbooks: await repos.workbooks.of(id),
    coaching: await repos.coachRecords.of(id),
    history: await repos.audit.of({ residentId: id }),
  }
}

export type DataRecord = Awaited<ReturnType<typeof recordOf>>

const isoTimes = (key: string, value: unknown) =>
  typeof value === 'number' && /At$|^at$/.test(key) ? new Date(value).toISOString() : value

/** Machine-readable copy; times in ISO 8601, UTC. */
export const asJson = (record: DataRecord): string => JSON.stringify(record, isoTimes, 1)
