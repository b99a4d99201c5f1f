import { randomBytes } from 'node:crypto'
import { connect, type Db } from '../../src/db/client.ts'
import { reposFor } from '../../src/db/repos.ts'
import { Sealer } from '../../src/db/seal.ts'
import { EMPTY_INTAKE, type Resident, type Speaker } from '../../src/domain/people.ts'
import type { Repos } from '../../src/domain/ports.ts'
import { register, type Draft } from '../../src/domain/registration.ts'
import { testDatabase } from './postgres.ts'

export const KEBON_JERUK = '31.73.05'
export const DURI_KEPA = '31.73.05.1005'
export const NOW = Date.parse('2026-11-25T10:00:00+07:00')

export interface World {
  db: Db
  sealer: Sealer
  /** One transaction with the repositories, as a turn has it. */
  within<T>(work: (repos: Repos) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A database of its own with what the domain needs around it. */
export async function openWorld(): Promise<World> {
  const { url, drop } = await testDatabase()
  const db = connect(url)
  const sealer = new Sealer(randomBytes(32))
  return {
    db,
    sealer,
    within: work => db.$transaction(tx => work(reposFor(tx, sealer))),
    async close() {
      await db.$disconnect()
      await drop()
    },
  }
}

export async function newChat(
  db: Db,
  address: string,
  options: { sandbox?: boolean; channel?: string } = {},
): Promise<Speaker> {
  const { sandbox = false, channel = 'telegram' } = options
  const chat = { channel, account: `${channel}:1`, address, sandbox }
  const { id } = await db.conversation.create({ data: { ...chat, createdAt: new Date(NOW) } })
  return { id, ...chat }
}

export const addCoach = (db: Db, name: string, serves: string[], centreCode = KEBON_JERUK) =>
  db.coach.create({ data: { name, centreCode, serves, createdAt: new Date(NOW) } })

export const draft = (changes: Partial<Draft> = {}): Draft => ({
  name: 'Siti Aminah',
  formOfAddress: 'Ibu',
  phone: '+6281234567890',
  ownPhone: false,
  nik: null,
  kelurahan: DURI_KEPA,
  centreCode: KEBON_JERUK,
  language: 'id',
  source: null,
  intake: { ...EMPTY_INTAKE, wantsStart: true, startField: 'kuliner' },
  ...changes,
})

export async function agree(world: Pick<World, 'within'>, speaker: Speaker, reminders = true): Promise<void> {
  await world.within(async ({ consents }) => {
    const answer = { speaker, inboundId: 1n, channel: speaker.channel }
    await consents.record(
      { ...answer, purpose: 'data', answer: true, text: 'Apakah Anda setuju?' },
      null,
      NOW,
    )
    await consents.record(
      { ...answer, purpose: 'reminders', answer: reminders, text: 'Bolehkah?' },
      null,
      NOW,
    )
  })
}

/** Consents and registers; the resident as it came to be. */
export async function registered(
  world: Pick<World, 'within'>,
  speaker: Speaker,
  changes: Partial<Draft> = {},
): Promise<Resident> {
  await agree(world, speaker)
  const result = await world.within(repos => register(repos, speaker, draft(changes), NOW))
  if (result.outcome !== 'registered') throw new Error(`expected registered, got ${result.outcome}`)
  return result.resident
}
