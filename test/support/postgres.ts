import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { sleep } from '../../src/lib/time.ts'

export interface TestDatabase {
  url: string
  /** Ends what is still connected to it. Left undone, the run itself drops it at its end. */
  drop(): Promise<void>
}

/** A database of your own, migrated and seeded: a clone, so it takes some 50 ms. For test/{contracts,integration,transcripts,e2e}. */
export function testDatabase(): Promise<TestDatabase> {
  return create(run => `TEMPLATE ${run}_template`)
}

/** A database of your own without any table. */
export function emptyDatabase(): Promise<TestDatabase> {
  return create(() => '')
}

async function create(from: (run: string) => string): Promise<TestDatabase> {
  const given = inject('postgres') as { server: string; run: string } | undefined
  if (!given)
    throw new Error(
      'Databases are there for tests in test/contracts, test/integration, test/transcripts and test/e2e only.',
    )
  const name = `${given.run}_${randomBytes(4).toString('hex')}`
  await withClient(given.server, client => client.query(`CREATE DATABASE ${name} ${from(given.run)}`))
  const url = new URL(given.server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => withClient(given.server, client => dropDatabase(client, name)) }
}

const NOT_OURS_TO_END = '42501'

/** Ends what is still connected; a worker of autovacuum, which only a superuser may end, is done in a moment. */
export async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  for (let tries = 0; ; tries++)
    try {
      await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
      return
    } catch (error) {
      if (tries === 60 || !(error instanceof pg.DatabaseError && error.code === NOT_OURS_TO_END)) throw error
      await sleep(500)
    }
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
