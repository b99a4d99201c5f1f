import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEngine, readMigrations } from '../../scripts/schema-engine/engine.ts'
import { applyMigrations } from '../../src/db/migrate.ts'
import { temporaryFolder } from '../support/folders.ts'
import { emptyDatabase, type TestDatabase } from '../support/postgres.ts'

let database: TestDatabase
let folder: Awaited<ReturnType<typeof temporaryFolder>>
let client: pg.Client
let warnings: string[]

beforeEach(async () => {
  database = await emptyDatabase()
  folder = await temporaryFolder('migrations')
  client = new pg.Client(database.url)
  await client.connect()
  warnings = []
})

afterEach(async () => {
  await client.end()
  await database.drop()
  await folder.remove()
})

/** @returns the file written. */
function migration(name: string, sql: string): string {
  const file = path.join(folder.path, name, 'migration.sql')
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, sql)
  return file
}

const apply = () => applyMigrations(database.url, folder.path, message => warnings.push(message))

async function tables(): Promise<string[]> {
  const sql = `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`
  const { rows } = await client.query<{ relname: string }>(sql)
  return rows.map(row => row.relname).filter(name => name !== '_prisma_migrations')
}

async function records(): Promise<{ name: string; finished: boolean }[]> {
  const sql =
    'SELECT migration_name AS name, finished_at IS NOT NULL AS finished FROM _prisma_migrations ORDER BY 1'
  return (await client.query<{ name: string; finished: boolean }>(sql)).rows
}

describe('applyMigrations', () => {
  it('applies what is missing, in order of name, and says what it applied', async () => {
    migration('2_second', 'ALTER TABLE a ADD COLUMN m int;')
    migration('1_first', 'CREATE TABLE a (n int);')
    expect(await apply()).toEqual(['1_first', '2_second'])
    migration('3_third', 'CREATE TABLE b (n int);')
    expect(await apply()).toEqual(['3_third'])
    expect(await apply()).toEqual([])
    expect(await tables()).toEqual(['a', 'b'])
    expect(warnings).toEqual([])
  })

  it('serialises starts at the same instant: each migration runs once', async () => {
    migration('1_first', 'CREATE TABLE a (n int); SELECT pg_sleep(0.3);')
    migration('2_second', 'INSERT INTO a VALUES (1);')
    const applied = await Promise.all([apply(), apply(), apply()])
    expect(applied.flat().sort()).toEqual(['1_first', '2_second'])
    expect((await client.query('SELECT n FROM a')).rows).toEqual([{ n: 1 }])
  })

  it('keeps what came before a failing migration, nothing of the failing one, and goes on once it is mended', async () => {
    migration('1_good', 'CREATE TABLE a (n int);')
    migration('2_bad', 'CREATE TABLE b (n int);\nINSERT INTO b VALUES (1/0);')
    migration('3_after', 'CREATE TABLE c (n int);')
    await expect(apply()).rejects.toThrow(/Nothing of it was applied/)
    expect(await tables()).toEqual(['a'])
    expect(await records()).toEqual([{ name: '1_good', finished: true }])

    migration('2_bad', 'CREATE TABLE b (n int);')
    expect(await apply()).toEqual(['2_bad', '3_after'])
  })

  it('leaves nothing when the connection dies within a migration', async () => {
    migration('1_long', 'CREATE TABLE a (n int); SELECT pg_sleep(30);')
    const failure = expect(apply()).rejects.toThrow(/1_long/)
    const killed = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event = 'PgSleep'`
    const deadline = Date.now() + 25_000
    while ((await client.query(killed)).rowCount === 0 && Date.now() < deadline);
    await failure
    expect(await tables()).toEqual([])
    expect(await records()).toEqual([])
  })

  it.each(['BEGIN;', 'COMMIT;', 'start transaction;', 'ROLLBACK;'])(
    'refuses %s within a migration',
    async control => {
      const file = migration('1_bad', `CREATE TABLE a (n int);\n${control}\nCREATE TABLE b (n int);`)
      await expect(apply()).rejects.toThrow(
        `${file}, line 2, in \`${control}\`: a migration is one transaction already`,
      )
      expect(await tables()).toEqual([])
      expect(await records()).toEqual([])
    },
  )

  it('is not misled by words in comments and functions', async () => {
    migration(
      '1_good',
      `-- no BEGIN; and no CREATE INDEX CONCURRENTLY here
       CREATE TABLE a (n int); /* COMMIT; */
       CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$;
       INSERT INTO a VALUES (1/0);`,
    )
    await expect(apply()).rejects.toThrow(/line 4, in `INSERT[^]*Nothing of it was applied/)
    expect(await tables()).toEqual([])
    expect(await records()).toEqual([])
  })

  it('warns of a migration that was edited, or is gone, after it was applied', async () => {
    const edited = migration('1_edited', 'CREATE TABLE a (n int);')
    migration('2_gone', 'CREATE TABLE b (n int);')
    await apply()
    migration('1_edited', 'CREATE TABLE a (n bigint);')
    rmSync(path.join(folder.path, '2_gone'), { recursive: true })
    expect(await apply()).toEqual([])
    expect(warnings).toEqual([
      expect.stringContaining('The database has migration 2_gone'),
      `${edited} was edited after it was applied`,
    ])
  })

  it('does not let one migration change the settings of the next', async () => {
    migration('1_dump', `SELECT pg_catalog.set_config('search_path', '', false);`)
    migration('2_next', 'CREATE TABLE a (n int);')
    await apply()
    expect(await tables()).toEqual(['a'])
  })
})

describe('a failing statement is named with file and line', () => {
  const BEFORE = [
    '-- a comment; with a semicolon',
    `CREATE TABLE "odd;name" (t text DEFAULT 'it''s; quoted');`,
    'CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $body$',
    'BEGIN RETURN 1; END; $body$;',
    '/* another; */',
  ]
  it.each([
    ['a syntax error', 'CREATE TABEL x ();', 'syntax error'],
    ['a name that does not exist', 'SELECT nothing FROM "odd;name";', 'does not exist'],
    ['an error only running it shows', 'SELECT 1/0;', 'division by zero'],
    ['a broken rule', 'ALTER TABLE "odd;name" ADD CHECK (false), ADD PRIMARY KEY (missing);', 'missing'],
  ])('%s', async (_what, statement, message) => {
    const file = migration('1_bad', [...BEFORE, '', statement, 'SELECT 2;'].join('\n'))
    const error = await apply().then(
      () => new Error('applied'),
      (e: unknown) => e as Error,
    )
    expect(error.message).toContain(`${file}, line 7, in \`${statement}\`: `)
    expect(error.message).toContain(message)
    expect(await tables()).toEqual([])
  })
})

describe('CREATE INDEX CONCURRENTLY', () => {
  const INDEX = 'CREATE UNIQUE INDEX CONCURRENTLY only_once ON a (n);'

  it('runs when it stands alone, also when two start at once', async () => {
    migration('1_table', 'CREATE TABLE a (n int);')
    migration('2_index', INDEX)
    const applied = await Promise.all([apply(), apply()])
    expect(applied.flat().sort()).toEqual(['1_table', '2_index'])
    expect(
      (await client.query(`SELECT indisvalid FROM pg_index WHERE indexrelid = 'only_once'::regclass`)).rows,
    ).toEqual([{ indisvalid: true }])
  })

  it('is refused beside other statements, and nothing is applied', async () => {
    migration('1_mixed', `CREATE TABLE a (n int);\n${INDEX}`)
    await expect(apply()).rejects.toThrow(/1_mixed.*line 2.*cannot [^]*Nothing of it was applied/)
    expect(await tables()).toEqual([])
    expect(await records()).toEqual([])
  })

  it('that fails half-way stops the next start too, which says what to put right', async () => {
    migration('1_table', 'CREATE TABLE a (n int); INSERT INTO a VALUES (1), (1);')
    migration('2_index', INDEX)
    await expect(apply()).rejects.toThrow(/It may have left an invalid index/)
    await expect(apply()).rejects.toThrow(/stopped half-way.*DELETE FROM _prisma_migrations/)

    await client.query('DROP INDEX only_once')
    await client.query('DELETE FROM a')
    await client.query(`DELETE FROM _prisma_migrations WHERE migration_name = '2_index'`)
    expect(await apply()).toEqual(['2_index'])
  })
})

it("Prisma's own engine sees the project's migrations as applied, and unedited", async () => {
  const dir = path.join(import.meta.dirname, '../../prisma/migrations')
  const applied = await applyMigrations(database.url)
  expect(applied.length).toBeGreaterThan(0)
  const engine = await openEngine(database.url)
  const history = await engine.diagnoseMigrationHistory({
    migrationsList: await readMigrations(dir),
    optInToShadowDatabase: false,
    filters: { externalTables: [], externalEnums: [] },
  })
  expect(history).toEqual({
    editedMigrationNames: [],
    failedMigrationNames: [],
    hasMigrationsTable: true,
    history: null,
  })
})
