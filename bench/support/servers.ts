import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/db/embedded.ts'
import { temporaryFolder } from '../../test/support/folders.ts'
import { freePort } from '../../test/support/redis.ts'

export interface Cluster {
  url: string
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>
  /** As an operator does it: connections end, the server comes back on the same port. */
  restart(): Promise<void>
  /** As a power cut does it, as far as processes go: no checkpoint, recovery at the next start. */
  crash(): Promise<void>
  stop(): Promise<void>
}

/** A throw-away PostgreSQL of our own. Measurements refuse one that does not flush its commits to disk. */
export async function startCluster(): Promise<Cluster> {
  const folder = await temporaryFolder('bench-postgres')
  const options = { dataDir: folder.path, port: await freePort(), database: 'bench', user: 'bench' }
  let server = await startEmbeddedPostgres(options)
  const pool = new pg.Pool({ connectionString: server.url, max: 3 })
  pool.on('error', () => {}) // it is restarted on purpose
  const query = async <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) =>
    (await pool.query<Row>(sql, values)).rows
  await assertDurable(query)
  const start = async () => {
    server = await startEmbeddedPostgres(options)
  }
  return {
    url: server.url,
    query,
    async restart() {
      await server.stop()
      await start()
    },
    async crash() {
      process.kill(server.pid, 'SIGQUIT')
      await gone(server)
      await start()
    },
    async stop() {
      await pool.end()
      await server.stop()
      await folder.remove()
    },
  }
}

async function assertDurable(query: Cluster['query']): Promise<void> {
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    const [row] = await query<Record<string, string>>(`SHOW ${setting}`)
    if (row?.[setting] !== 'on') throw new Error(`PostgreSQL runs with ${setting} = ${row?.[setting]}`)
  }
}

async function gone({ pid }: EmbeddedPostgres): Promise<void> {
  for (; isRunning(pid); await sleep(20));
}

/** A process that has ended and waits for its parent to notice (a zombie) runs no more. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !/^State:\s+Z/m.test(readFileSync(path.join('/proc', String(pid), 'status'), 'utf8'))
  } catch {
    return false
  }
}
