import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { temporaryFolder } from '../test/support/folders.ts'
import { freePort } from '../test/support/redis.ts'
import { describeMachine, printMachine, round } from './support/machine.ts'
import { ROOT } from './support/process.ts'

const LIMIT_MS = 60_000

/** Two starts on a new data folder with nothing set, as `npm start` does it (npm itself excluded): spawn to the first 200 of /ready. */
export async function benchBoot(): Promise<void> {
  printMachine(await describeMachine())
  const folder = await temporaryFolder('boot')
  try {
    const firstMs = await boot(folder.path)
    const secondMs = await boot(folder.path)
    const limits = { firstLimitMs: 6000, secondLimitMs: 3000 }
    console.log(JSON.stringify({ firstMs: round(firstMs), secondMs: round(secondMs), ...limits }))
    if (firstMs > limits.firstLimitMs || secondMs > limits.secondLimitMs) process.exitCode = 1
  } finally {
    await folder.remove()
  }
}

async function boot(dataDir: string): Promise<number> {
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: { start: string }
  }
  const port = await freePort()
  const { PATH, HOME } = process.env
  const bin = path.join(ROOT, 'node_modules/.bin')
  const started = performance.now()
  const child = spawn(`exec ${scripts.start}`, {
    shell: true,
    cwd: ROOT,
    stdio: 'ignore',
    env: { PATH: `${bin}:${PATH}`, HOME, DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'error' },
  })
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()))
  try {
    return await firstOk(`http://127.0.0.1:${port}/ready`, started)
  } finally {
    child.kill('SIGTERM')
    await exited
  }
}

async function firstOk(url: string, started: number): Promise<number> {
  for (;;) {
    const ok = await fetch(url).then(
      response => response.ok,
      () => false,
    )
    const ms = performance.now() - started
    if (ok) return ms
    if (ms > LIMIT_MS) throw new Error(`not ready after ${LIMIT_MS} ms`)
    await sleep(10)
  }
}
