import { spawn, spawnSync, type SpawnOptions } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'

/** How every program of the server is run: as whom, where, and with nothing of our environment but the search path. */
export interface ServerProcessOptions {
  uid?: number
  gid?: number
  cwd: string
  env: NodeJS.ProcessEnv
}

/** @throws Error when the user PostgreSQL must run as cannot enter `base`, or this process's user has no name. */
export function serverProcessOptions(base: string): ServerProcessOptions {
  const as = unprivileged()
  if (as.uid !== undefined && spawnSync('test', ['-x', base], { ...as, cwd: '/' }).status !== 0)
    throw new Error(
      `PostgreSQL runs as uid ${as.uid}, which cannot reach ${base}; set DATA_DIR, e.g. to /var/lib/ok-oce-assistant`,
    )
  // Ours may hold PGDATA, PGPORT or secrets. Windows programs do not start without SystemRoot.
  const { PATH, SystemRoot } = process.env
  return { ...as, cwd: base, env: { PATH, SystemRoot, LC_ALL: 'C', TZ: 'UTC' } }
}

/** PostgreSQL refuses to run as root: another user, that exists everywhere. And it asks for the user's name. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) {
    assertNamedUser()
    return {}
  }
  for (const user of ['postgres', 'nobody']) {
    const [uid, gid] = [idOf('-u', user), idOf('-g', user)]
    if (uid !== undefined && gid !== undefined) return { uid, gid }
  }
  throw new Error('Running as root, and no unprivileged user (postgres, nobody) found to run PostgreSQL as')
}

function assertNamedUser(): void {
  try {
    os.userInfo()
  } catch {
    throw new Error(
      `This process runs as uid ${process.getuid?.()}, which has no entry in /etc/passwd, and PostgreSQL needs one: run as a user that exists, or set DATABASE_URL`,
    )
  }
}

function idOf(flag: '-u' | '-g', user: string): number | undefined {
  const found = spawnSync('id', [flag, user], { encoding: 'utf8' })
  return found.status === 0 ? Number(found.stdout) : undefined
}

/** Resolves when `command` exits with 0. @throws Error with what it wrote to stderr. */
export function run(command: string, args: string[], options: SpawnOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options })
    let text = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    child.once('error', reject)
    child.once('close', code => {
      if (code === 0) resolve()
      else reject(new Error(`${path.basename(command)} exited with ${code} ${text}`))
    })
  })
}
