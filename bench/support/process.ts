import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export const ROOT = path.join(import.meta.dirname, '../..')
const TSX = createRequire(import.meta.url).resolve('tsx')

export interface Started {
  child: ChildProcess
  /** performance.now() at the spawn. */
  at: number
  exited: Promise<number | null>
  /** SIGTERM, and SIGKILL when that is not enough. */
  stop(): Promise<void>
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>
}

export interface StartOptions {
  /** Absolute path of a TypeScript file. */
  entry: string
  env: Record<string, string>
  cwd?: string
  nodeArgs?: string[]
  /** Default: nowhere. */
  output?: 'inherit'
}

/** A process of the assistant, as `npm start` runs it but without npm in between. Its environment holds only what is given. */
export function startProcess({ entry, env, cwd = ROOT, nodeArgs = [], output }: StartOptions): Started {
  const at = performance.now()
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [...nodeArgs, '--import', `file://${TSX}`, entry], {
    cwd,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', output ?? 'ignore', output ?? 'ignore'],
  })
  const killAtExit = () => child.kill('SIGKILL')
  process.once('exit', killAtExit)
  const exited = new Promise<number | null>(resolve => {
    child.once('exit', code => {
      process.off('exit', killAtExit)
      resolve(code)
    })
  })
  return {
    child,
    at,
    exited,
    async stop() {
      child.kill('SIGTERM')
      if ((await Promise.race([exited, sleep(25_000, 'late', { ref: false })])) === 'late')
        child.kill('SIGKILL')
      await exited
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** CPU ms a process has used so far, all its threads; undefined where there is no /proc. */
export function cpuMs({ child }: Started): number | undefined {
  try {
    const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10 // utime and stime, in ticks of 10 ms
  } catch {
    return undefined
  }
}

/** Resolves with the ms from spawn to the first 200 of `url`. @throws Error when the process ends before, or after `limitMs` */
export async function untilReady(started: Started, url: string, limitMs = 60_000): Promise<number> {
  let ended = false
  void started.exited.then(() => {
    ended = true
  })
  while (performance.now() - started.at < limitMs) {
    const ok = await fetch(url).then(
      response => response.ok,
      () => false,
    )
    if (ok) return performance.now() - started.at
    if (ended) throw new Error('the process ended before it was ready')
    await sleep(20)
  }
  throw new Error(`not ready after ${limitMs} ms`)
}
