import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'
import { startEmbeddedPostgres } from '../src/db/embedded.ts'
import { openEngine, readMigrations, readSchema } from './schema-engine/engine.ts'

const SCHEMA = 'prisma'
const MIGRATIONS = 'prisma/migrations'
const USAGE = `usage: npm run db:new -- <name>      write a migration for what ${SCHEMA} has and ${MIGRATIONS} lacks
       npm run check:migrations      fail when the two differ
Both replay the migrations in a throw-away PostgreSQL, or in a throw-away database of DATABASE_URL.`

const root = path.join(import.meta.dirname, '..')
const schemaDir = path.join(root, SCHEMA)
const migrationsDir = path.join(root, MIGRATIONS)

/** What turns the database that the migrations make into the one the schema describes; undefined when they agree. */
async function difference(engine: SchemaEngine, as: 'script' | 'summary'): Promise<string | undefined> {
  const { exitCode, stdout } = await engine.diff({
    from: { tag: 'migrations', ...(await readMigrations(migrationsDir)) },
    to: { tag: 'schemaDatamodel', ...(await readSchema(schemaDir)) },
    filters: { externalTables: [], externalEnums: [] },
    script: as === 'script',
    exitCode: true,
  })
  return exitCode === 0 ? undefined : (stdout ?? '')
}

/** @returns the exit code: 1 when schema and migrations differ. */
async function check(engine: SchemaEngine): Promise<number> {
  const summary = await difference(engine, 'summary')
  if (summary === undefined) {
    console.log('Migrations and schema agree.')
    return 0
  }
  console.error(`${MIGRATIONS} does not make the database that ${SCHEMA} describes. Missing:\n${summary}`)
  console.error('Write it with: npm run db:new -- <name>')
  return 1
}

async function create(engine: SchemaEngine, name: string): Promise<number> {
  const script = await difference(engine, 'script')
  if (script === undefined) {
    console.log('Nothing to write: migrations and schema agree.')
    return 0
  }
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const file = path.join(MIGRATIONS, `${stamp}_${name}`, 'migration.sql')
  await mkdir(path.dirname(path.join(root, file)))
  await writeFile(path.join(root, file), `${script.trim()}\n`)
  console.log(`Wrote ${file}. Read it before you commit it: a renamed column shows as dropped and added.`)
  return 0
}

/** Runs `work` with an engine on DATABASE_URL, or on an embedded server that is gone afterwards. */
async function withEngine(work: (engine: SchemaEngine) => Promise<number>): Promise<number> {
  const given = process.env['DATABASE_URL']
  if (given) return work(await openEngine(given))
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'ok-oce-migrations-'))
  await chmod(dataDir, 0o755) // started by root, the server runs as another user, who must be able to enter
  const server = await startEmbeddedPostgres({ dataDir })
  try {
    return await work(await openEngine(server.url))
  } finally {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function main([command, name]: string[]): Promise<number> {
  if (command === 'check') return withEngine(check)
  if (command === 'new' && name && /^[a-z0-9_]{1,60}$/.test(name))
    return withEngine(engine => create(engine, name))
  if (command === 'new')
    console.error('A migration needs a name of small letters, digits and _, e.g. add_bookings')
  console.error(USAGE)
  return 2
}

try {
  process.exit(await main(process.argv.slice(2))) // the engine keeps its connections open
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
