import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import net, { type AddressInfo } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { run, type ServerProcessOptions } from './process.ts'

/** application_name of the connection that every process using the server keeps open. */
export const SHARER = 'embedded-pg sharer'

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'shared_buffers=64MB',
  'max_connections=60',
  'timezone=UTC',
  'log_checkpoints=off',
]
const NEW = 'pgdata.new-'
const STARTING_OR_STOPPING = '57P03' // SQLSTATE cannot_connect_now
const TRIES = 10

/** A finished data folder and what is needed to run it. */
export interface Cluster {
  dir: string
  bin: string
  options: ServerProcessOptions
  secret: { postgres: string; app: string }
  adminUrl(port: number): string
}

interface Running {
  pid: number
  port: number
}

/** Removes what starts that died have left, and makes the data folder unless it exists. */
export async function ensureCluster(
  base: string,
  bin: string,
  options: ServerProcessOptions,
): Promise<Cluster> {
  for (const file of fs.readdirSync(base).filter(name => name.startsWith(NEW)))
    // An initdb whose starter was killed may still be writing there; then the next start removes it.
    await fs.promises.rm(path.join(base, file), { recursive: true, force: true }).catch(() => {})
  const dir = path.join(base, 'pgdata')
  if (!fs.existsSync(dir)) await createCluster(base, bin, options)
  const secret = JSON.parse(fs.readFileSync(path.join(dir, 'credentials.json'), 'utf8')) as Cluster['secret']
  const adminUrl = (port: number) => `postgresql://postgres:${secret.postgres}@127.0.0.1:${port}/postgres`
  return { dir, bin, options, secret, adminUrl }
}

/** initdb works beside the final place, which appears in one step: a start that dies leaves nothing that looks finished. */
async function createCluster(base: string, bin: string, options: ServerProcessOptions): Promise<void> {
  const made = path.join(base, NEW + randomBytes(4).toString('hex'))
  const passwordFile = `${made}.pw`
  const own = (file: string) => {
    if (options.uid !== undefined && options.gid !== undefined) fs.chownSync(file, options.uid, options.gid)
  }
  const write = (file: string, text: string) => {
    fs.writeFileSync(file, text, { mode: 0o600 })
    own(file)
  }
  const secret = {
    postgres: randomBytes(18).toString('base64url'),
    app: randomBytes(18).toString('base64url'),
  }
  fs.mkdirSync(made, { mode: 0o700 })
  own(made)
  write(passwordFile, secret.postgres)
  const login = ['-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
  // A builtin locale sorts alike on every machine, whatever its C library.
  const text = ['-E', 'UTF8', '--locale-provider=builtin', '--locale=C.UTF-8']
  await run(path.join(bin, 'initdb'), ['-D', made, ...login, ...text], { ...options })
  fs.rmSync(passwordFile)
  write(path.join(made, 'credentials.json'), JSON.stringify(secret))
  fs.renameSync(made, path.join(base, 'pgdata'))
}

/** Starts the server unless it runs. More than one try: one left half-way up or down by a killed process, or a port taken in between. */
export async function startServer(cluster: Cluster, port?: number): Promise<Running & { reused: boolean }> {
  const found = await runningServer(cluster)
  if (found) return { ...found, reused: true }
  const log = path.join(cluster.dir, 'server.log')
  for (let tries = 1; ; tries++) {
    const settings = [`-p ${port ?? (await freePort())}`, ...SETTINGS.map(setting => `-c ${setting}`)].join(
      ' ',
    )
    const args = ['start', '-D', cluster.dir, '-w', '-t', '300', '-l', log, '-o', settings]
    const failed = await pgCtl(cluster, args)
    const running = await runningServer(cluster)
    if (running) return { ...running, reused: false }
    if (tries === TRIES)
      throw new Error(`PostgreSQL does not start in ${cluster.dir}: ${failed?.message}\n${tail(log)}`)
    await sleep(250)
  }
}

export async function stopServer(cluster: Cluster): Promise<void> {
  await pgCtl(cluster, ['stop', '-D', cluster.dir, '-w', '-m', 'fast']) // fails when it is not running any more
}

function pgCtl(cluster: Cluster, args: string[]): Promise<Error | undefined> {
  // stdio ignored: the server would inherit a pipe and keep it open for ever
  const running = run(path.join(cluster.bin, 'pg_ctl'), args, { ...cluster.options, stdio: 'ignore' })
  return running.then(
    () => undefined,
    (error: Error) => error,
  )
}

/** The server that answers on this data, if one does: postmaster.pid alone proves nothing after a crash. */
async function runningServer({ dir, adminUrl }: Cluster): Promise<Running | undefined> {
  for (; ; await sleep(200)) {
    const named = postmaster(dir)
    if (!named) return undefined
    const client = new pg.Client({ connectionString: adminUrl(named.port), connectionTimeoutMillis: 5000 })
    client.on('error', () => {})
    try {
      await client.connect()
      return named
    } catch (error) {
      if ((error as { code?: unknown }).code !== STARTING_OR_STOPPING) return undefined
    } finally {
      await client.end().catch(() => {})
    }
  }
}

function postmaster(dir: string): Running | undefined {
  try {
    const [pid, , , port] = fs.readFileSync(path.join(dir, 'postmaster.pid'), 'utf8').split('\n').map(Number)
    return pid && port ? { pid, port } : undefined
  } catch {
    return undefined
  }
}

export async function ensureRoleAndDatabase(
  adminUrl: string,
  { user, password, database }: { user: string; password: string; database: string },
): Promise<void> {
  const client = new pg.Client(adminUrl)
  await client.connect()
  try {
    const role = client.escapeIdentifier(user)
    const exists = async (sql: string, name: string) => (await client.query(sql, [name])).rowCount !== 0
    // createdb: cloned test databases, and the shadow database that finds drift
    if (!(await exists('select from pg_roles where rolname = $1', user)))
      await client.query(`create role ${role} login createdb password ${client.escapeLiteral(password)}`)
    if (!(await exists('select from pg_database where datname = $1', database)))
      await client.query(`create database ${client.escapeIdentifier(database)} owner ${role}`)
  } finally {
    await client.end()
  }
}

/** How many processes use the server; 0 when it does not answer. */
export async function countSharers(url: string): Promise<number> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  try {
    await client.connect()
    return (
      (await client.query('select from pg_stat_activity where application_name = $1', [SHARER])).rowCount ?? 0
    )
  } catch {
    return 0
  } finally {
    await client.end().catch(() => {})
  }
}

function tail(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8').slice(-3000)
  } catch {
    return ''
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
