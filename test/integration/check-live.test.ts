import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Db } from '../../src/db/client.ts'
import { testDatabase } from '../support/postgres.ts'

/** `npm run check:flows` with a database: a deploy that would strand people is refused, and says whom. */
const ROOT = path.join(import.meta.dirname, '../..')
let url: string
let db: Db
beforeAll(async () => {
  ;({ url } = await testDatabase())
  db = connect(url, { max: 1 })
})
afterAll(() => db.$disconnect())

async function checkFlows(): Promise<{ code: number; said: string }> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, DATABASE_URL: url }
  try {
    const { stdout } = await promisify(execFile)('npx', ['tsx', 'src/cli/check.ts'], { cwd: ROOT, env })
    return { code: 0, said: stdout }
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string }
    return { code, said: stderr }
  }
}

const waiting = (address: string, step: string | null) =>
  db.conversation.create({
    data: {
      ...{ channel: 'telegram', account: 'telegram:1', address, step, createdAt: new Date() },
      ...{ flow: step && 'registration', flowVersion: step ? 1 : null },
    },
  })

test('conversations on a step that is gone are named and fail the check; the others fit', async () => {
  await waiting('1', 'welcome')
  await waiting('2', null)
  expect(await checkFlows()).toEqual({ code: 0, said: expect.stringMatching(/, 1 open conversation fits/) })
  const { id } = await waiting('3', 'shoe_size')
  const { code, said } = await checkFlows()
  expect(code).toBe(1)
  expect(said).toContain(`step that is gone: ${id}`)
  expect(said).toContain('moved: { shoe_size:')
})
