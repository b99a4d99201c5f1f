import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startEmbeddedPostgres } from '../../src/db/embedded.ts'
import { temporaryFolder } from '../support/folders.ts'

const STARTER = path.join(import.meta.dirname, '../support/embedded-starter.ts')

interface Started {
  url: string
  pid: number
  reused: boolean
}

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let children: ChildProcess[]

beforeEach(async () => {
  folder = await temporaryFolder('embedded')
  children = []
})

afterEach(async () => {
  for (const child of children) await end(child, 'SIGKILL')
  const left = existsSync(path.join(folder.path, 'pgdata/postmaster.pid'))
  if (left) await (await startEmbeddedPostgres({ dataDir: folder.path })).stop()
  await folder.remove()
})

/** Another process that starts the server on the same folder and keeps using it until a signal ends it. */
function starter(): { child: ChildProcess; started: Promise<Started> } {
  const child = spawn(process.execPath, ['--import', 'tsx', STARTER, folder.path], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true, // a process group of its own, as a shell makes one: Ctrl-C reaches all of it
  })
  children.push(child)
  const started = new Promise<Started>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the starter ended before the server ran')))
    createInterface(child.stdout).once('line', line => resolve(JSON.parse(line) as Started))
  })
  started.catch(() => {}) // some tests kill it first
  return { child, started }
}

/** Ctrl-C for SIGINT (the whole group), a plain signal to the one process otherwise. */
function end(child: ChildProcess, signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<void> {
  return new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    if (child.pid) process.kill(signal === 'SIGINT' ? -child.pid : child.pid, signal)
  })
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 5) {
    if (waited > 20_000) throw new Error(`waited in vain for: ${what}`)
    await sleep(5)
  }
}

const inFolder = (prefix: string) => readdirSync(folder.path).filter(name => name.startsWith(prefix))

describe('starting', () => {
  it('gives processes that start at the same instant one server, which the last of them stops', async () => {
    const [a, b] = [starter(), starter()]
    const all = await Promise.all([a.started, b.started, startEmbeddedPostgres({ dataDir: folder.path })])
    expect(new Set(all.map(({ pid }) => pid)).size).toBe(1)
    expect(all.filter(({ reused }) => !reused)).toHaveLength(1)

    const { url, stop } = all[2]
    await end(a.child, 'SIGTERM')
    await stop()
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]) // b still uses it
    await end(b.child, 'SIGTERM')
    await expect(query(url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('gives the app a role that owns its database and is no superuser', async () => {
    const server = await startEmbeddedPostgres({ dataDir: folder.path, database: 'oke', user: 'o"ke' })
    const [role] = await query(
      server.url,
      `SELECT current_user AS name, rolsuper, rolcreaterole, pg_get_userbyid(datdba) AS owner, datname
       FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`,
    )
    expect(role).toEqual({
      name: 'o"ke',
      rolsuper: false,
      rolcreaterole: false,
      owner: 'o"ke',
      datname: 'oke',
    })
    await expect(query(server.url, 'ALTER SYSTEM SET fsync = off')).rejects.toMatchObject({ code: '42501' })
    await server.stop()
  })

  it('runs with the promises of production: every commit is on disk, UTC, UTF-8', async () => {
    const server = await startEmbeddedPostgres({ dataDir: folder.path })
    const [settings] = await query(
      server.url,
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
              current_setting('TimeZone') AS zone, current_setting('server_encoding') AS encoding`,
    )
    expect(settings).toEqual({ fsync: 'on', commit: 'on', zone: 'UTC', encoding: 'UTF8' })
    await server.stop()
  })

  it('says which setting to change when the server could not enter the folder', async () => {
    const closed = path.join(folder.path, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    const starting = startEmbeddedPostgres({ dataDir: path.join(closed, 'data') })
    if (process.getuid?.() === 0) await expect(starting).rejects.toThrow(/cannot reach .*set DATA_DIR/)
    else await (await starting).stop() // the server runs as we do, and may enter what is ours
  })
})

describe('when something is killed', () => {
  it.each(['SIGKILL', 'SIGINT'] as const)(
    'the next start goes on with the server of a starter that %s ended',
    async signal => {
      const { child, started } = starter()
      const first = await started
      await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS n')
      await end(child, signal)

      const next = await startEmbeddedPostgres({ dataDir: folder.path })
      expect(next).toMatchObject({ pid: first.pid, reused: true })
      expect(await query(next.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
      await next.stop()
      await expect(query(next.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    },
  )

  it('a server killed -9 is started again and has every commit', async () => {
    const first = await startEmbeddedPostgres({ dataDir: folder.path })
    await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS n')
    process.kill(first.pid, 'SIGKILL')

    const next = await startEmbeddedPostgres({ dataDir: folder.path })
    expect(next.reused).toBe(false)
    expect(await query(next.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
    await Promise.all([first.stop(), next.stop()])
  })

  it.each([
    ['SIGINT', 0],
    ['SIGINT', 150],
    ['SIGKILL', 0],
    ['SIGKILL', 150],
  ] as const)(
    '%s in the first start, %i ms into initdb, leaves nothing that looks finished',
    async (signal, ms) => {
      const { child } = starter()
      await until('initdb', () => inFolder('pgdata.new-').length > 0)
      await sleep(ms)
      expect(inFolder('pgdata').every(name => name !== 'pgdata')).toBe(true)
      await end(child, signal)
      expect(existsSync(path.join(folder.path, 'pgdata'))).toBe(false)

      const next = await startEmbeddedPostgres({ dataDir: folder.path })
      expect(await query(next.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
      await next.stop()
    },
  )
})
