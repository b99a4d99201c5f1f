import { randomBytes, randomInt } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const PREFIX = 'starting.'
const TOUCH_MS = 1_000
/** A process that no longer touches its file is gone, even if its number is in use again. */
const STALE_MS = 15_000

/**
 * A lock on the folder `base` that `kill -9` cannot leave behind: each contender announces itself in a file of its own
 * and goes on once it sees no other that lives. Two that announce together see each other, and both step back.
 */
export async function oneAtATime<T>(base: string, work: () => Promise<T>): Promise<T> {
  const mine = path.join(base, await announce(base))
  const touch = setInterval(() => {
    try {
      fs.writeFileSync(mine, '')
    } catch {
      // the folder was removed under us: the work itself will say so
    }
  }, TOUCH_MS)
  try {
    return await work()
  } finally {
    clearInterval(touch)
    fs.rmSync(mine, { force: true })
  }
}

/** @returns the name of our file, now that it is the only living one. */
async function announce(base: string): Promise<string> {
  const name = `${PREFIX}${process.pid}.${randomBytes(4).toString('hex')}`
  const mine = path.join(base, name)
  for (;;) {
    fs.writeFileSync(mine, '')
    const others = fs.readdirSync(base).filter(file => file.startsWith(PREFIX) && file !== name)
    if (!others.some(file => lives(base, file))) {
      for (const file of others) fs.rmSync(path.join(base, file), { force: true })
      return name
    }
    fs.rmSync(mine)
    await sleep(randomInt(20, 100))
  }
}

function lives(base: string, file: string): boolean {
  try {
    process.kill(Number(file.split('.')[1]), 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false // EPERM: it lives, as another user
  }
  try {
    return Math.abs(Date.now() - fs.statSync(path.join(base, file)).mtimeMs) < STALE_MS
  } catch {
    return false
  }
}
