import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { TestProject } from 'vitest/node'
import { connect } from '../../src/db/client.ts'
import { startEmbeddedPostgres } from '../../src/db/embedded.ts'
import { applyMigrations } from '../../src/db/migrate.ts'
import { seed } from '../../src/db/seed.ts'
import { removeAbandonedFolders, temporaryFolder } from './folders.ts'
import { dropDatabase, withClient } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test files get their databases: `run` begins the name of each, `<run>_template` is migrated and seeded. */
    postgres: { server: string; run: string }
  }
}

/** One PostgreSQL for the run (TEST_DATABASE_URL, or an embedded one in a temporary folder) with a database to clone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer()
  const run = `test_${randomBytes(4).toString('hex')}`
  await withClient(server.url, async client => {
    await client.query(`CREATE DATABASE ${run}_template`)
    // A commit waits 3 ms for the disk otherwise. Tests that kill a server start one of their own, which does wait.
    if (!process.env['TEST_DATABASE_URL'])
      await client.query('ALTER ROLE CURRENT_USER SET synchronous_commit = off')
  })
  const template = new URL(server.url)
  template.pathname = `/${run}_template`
  await applyMigrations(template.href)
  const db = connect(template.href, { max: 1 })
  await seed(db)
  await db.$disconnect()
  project.provide('postgres', { server: server.url, run })
  return async () => {
    await withClient(server.url, client => dropAll(client, run))
    await server.stop()
  }
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return { url: given, stop: () => Promise.resolve() }
  removeAbandonedFolders()
  const folder = await temporaryFolder('postgres')
  const server = await startEmbeddedPostgres({ dataDir: folder.path })
  const killAtExit = () => process.kill(server.pid, 'SIGQUIT') // Ctrl-C ends vitest without a teardown
  process.once('exit', killAtExit)
  return {
    url: server.url,
    stop: async () => {
      process.off('exit', killAtExit)
      await server.stop()
      await folder.remove()
    },
  }
}

/** Also what a test file that died has left. */
async function dropAll(client: pg.Client, run: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
    [run],
  )
  for (const { datname } of rows) await dropDatabase(client, datname)
}
