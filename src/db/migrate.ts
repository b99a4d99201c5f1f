import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

const LOCK = 72707369 // the advisory lock that Prisma's own engine takes
const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`
const NO_TRANSACTION = /^(?:CREATE|DROP)\b.*?\bINDEX\s+CONCURRENTLY\b/is
const TRANSACTION_CONTROL = /^(?:BEGIN|START\s+TRANSACTION|COMMIT|ROLLBACK|ABORT)\b(?!\s+(?:TO|PREPARED)\b)/i
const NOT_ALONE = '25001' // SQLSTATE: cannot run inside a transaction block (which several statements in one file are)
const DEFAULT_DIR = path.join(import.meta.dirname, '../../prisma/migrations')

interface Migration {
  name: string
  file: string
  sql: string
  checksum: string
}

interface Recorded {
  migration_name: string
  checksum: string
  finished_at: Date | null
}

/**
 * Applies prisma/migrations/*\/migration.sql without any Prisma engine and records them as `prisma migrate deploy` does.
 * A migration and its record are one transaction: a start that fails or is killed leaves nothing behind, and the next
 * one tries again. So migrations contain no BEGIN or COMMIT. CREATE/DROP INDEX CONCURRENTLY cannot run in a transaction
 * and stands alone in its file.
 * @param warn hears of migrations edited after they were applied, or applied but missing in `dir`.
 * @returns the names of the migrations applied now.
 * @throws Error naming file, line and statement.
 */
export async function applyMigrations(
  url: string,
  dir: string = DEFAULT_DIR,
  warn: (message: string) => void = console.warn,
): Promise<string[]> {
  const client = new pg.Client(url)
  client.on('error', () => {}) // a connection lost between two statements: the next one fails and says so
  await client.connect()
  try {
    await takeLock(client)
    await client.query(TABLE)
    const known = await recorded(client)
    const migrations = await readMigrations(dir)
    for (const name of known.keys())
      if (!migrations.some(migration => migration.name === name))
        warn(
          `The database has migration ${name}, which is not in ${dir}: is this an older version of the program?`,
        )
    const pending = migrations.filter(migration => isPending(migration, known.get(migration.name), warn))
    for (const migration of pending) await apply(client, migration)
    return pending.map(migration => migration.name)
  } finally {
    await client.end() // which also frees the lock
  }
}

/** Asked again and again: a session waiting inside pg_advisory_lock and another's CREATE INDEX CONCURRENTLY would wait for each other. */
async function takeLock(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ ours: boolean }>('SELECT pg_try_advisory_lock($1) AS ours', [LOCK])
    if (rows[0]?.ours) return
    await sleep(100)
  }
}

async function recorded(client: pg.Client): Promise<Map<string, Recorded>> {
  const { rows } = await client.query<Recorded>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  return new Map(rows.map(row => [row.migration_name, row]))
}

async function readMigrations(dir: string): Promise<Migration[]> {
  const folders = (await readdir(dir, { withFileTypes: true })).filter(entry => entry.isDirectory())
  const names = folders.map(entry => entry.name).sort()
  return Promise.all(
    names.map(async name => {
      const file = path.join(dir, name, 'migration.sql')
      const bytes = await readFile(file)
      const checksum = createHash('sha256').update(bytes).digest('hex')
      return { name, file, sql: bytes.toString('utf8'), checksum }
    }),
  )
}

function isPending(
  { name, file, checksum }: Migration,
  row: Recorded | undefined,
  warn: (m: string) => void,
): boolean {
  if (!row) return true
  if (!row.finished_at)
    throw new Error(
      `${file} stopped half-way earlier. Put right what it left (e.g. an invalid index), then: DELETE FROM _prisma_migrations WHERE migration_name = '${name}'`,
    )
  if (row.checksum !== checksum) warn(`${file} was edited after it was applied`)
  return false
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const { name, sql, checksum } = migration
  const id = randomUUID()
  const statements = statementsOf(sql)
  refuseTransactionControl(migration, statements)
  const transaction = !statements.some(({ text }) => NO_TRANSACTION.test(text))
  let done = 0
  const count = () => {
    done++
  }
  try {
    if (transaction) await client.query('BEGIN')
    await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [
      id,
      checksum,
      name,
    ])
    client.connection.on('commandComplete', count)
    await client.query(sql).finally(() => client.connection.off('commandComplete', count))
    await client.query('RESET ALL') // e.g. a dump's empty search_path
    await client.query(
      'UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1',
      [id],
    )
    if (transaction) await client.query('COMMIT')
  } catch (cause) {
    const error = cause as pg.DatabaseError
    const undone = transaction || error.code === NOT_ALONE
    await undo(client, { id, transaction, undone, error })
    throw explain(migration, { error, done, undone })
  }
}

/** Leaves no record of what left nothing behind, and an unfinished record of what may have left something. */
async function undo(
  client: pg.Client,
  { id, transaction, undone, error }: { id: string; transaction: boolean; undone: boolean; error: Error },
): Promise<void> {
  const undoing = transaction
    ? client.query('ROLLBACK')
    : undone
      ? client.query('DELETE FROM _prisma_migrations WHERE id = $1', [id])
      : client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [id, String(error)])
  await undoing.catch(() => {}) // the connection may be gone
}

function explain(
  { file, sql }: Migration,
  { error, done, undone }: { error: pg.DatabaseError; done: number; undone: boolean },
): Error {
  const lines = [
    `${file}${where(sql, error, done)}: ${error.message}`,
    error.detail,
    error.where,
    undone ? 'Nothing of it was applied.' : 'It may have left an invalid index.',
  ]
  return new Error(lines.filter(Boolean).join('\n'), { cause: error })
}

interface Statement {
  text: string
  /** 1-based line of its first word. */
  line: number
  /** Offset just behind it. */
  end: number
}

/** One statement with its semicolon; quoted text, dollar quotes and comments may contain others. */
const STATEMENT =
  /(?:'(?:[^']|'')*'|"[^"]*"|\$(\w*)\$[\s\S]*?\$\1\$|--.*|\/\*[\s\S]*?\*\/|[^;'"$/-]+|[^;])+;?/g
const LEADING_COMMENTS = /^(?:\s|--.*|\/\*[\s\S]*?\*\/)+/

/** Only for messages and checks: what is run is the whole text, which PostgreSQL itself splits. */
function statementsOf(sql: string): Statement[] {
  return [...sql.matchAll(STATEMENT)]
    .map(match => ({ end: match.index + match[0].length, text: match[0].replace(LEADING_COMMENTS, '') }))
    .filter(({ text }) => text.replace(/;$/, ''))
    .map(({ end, text }) => ({ end, text, line: sql.slice(0, end - text.length).split('\n').length }))
}

/** A COMMIT within would keep the first half of what fails in its second, unrecorded. */
function refuseTransactionControl({ file }: Migration, statements: Statement[]): void {
  const found = statements.find(({ text }) => TRANSACTION_CONTROL.test(text))
  if (!found) return
  const remedy = 'a migration is one transaction already: remove it, or split the migration in two'
  throw new Error(
    `${file}, line ${found.line}, in \`${shorten(found.text)}\`: ${remedy}\nNothing of it was applied.`,
  )
}

/** The statement that failed, by the position PostgreSQL gives or else by counting those done before it. */
function where(sql: string, error: pg.DatabaseError, done: number): string {
  const statements = statementsOf(sql)
  const position = Number(error.position)
  const failed = position ? statements.find(statement => position <= statement.end) : statements[done]
  return failed ? `, line ${failed.line}, in \`${shorten(failed.text)}\`` : ''
}

const shorten = (text: string) => (text.length > 300 ? `${text.slice(0, 300)} …` : text)
