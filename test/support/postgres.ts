import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

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
  await admin(given.server, `CREATE DATABASE ${name} ${from(given.run)}`)
  const url = new URL(given.server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => admin(given.server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

async function admin(server: string, sql: string): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
