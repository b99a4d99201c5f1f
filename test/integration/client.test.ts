import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Db } from '../../src/db/client.ts'
import { testDatabase } from '../support/postgres.ts'

let db: Db
beforeAll(async () => {
  db = connect((await testDatabase()).url, { max: 1 })
})
afterAll(() => db.$disconnect())

const prepared = async () => {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM pg_prepared_statements`
  return Number(row?.count)
}

test('a statement is parsed once per connection, and what comes after the first 300 not kept', async () => {
  await db.$queryRaw`SELECT 1 AS one`
  const before = await prepared()
  await db.$queryRaw`SELECT 1 AS one`
  expect(await prepared()).toBe(before)
  for (let n = 0; n < 310; n++) await db.$queryRawUnsafe(`SELECT ${n} AS n`)
  expect(await prepared()).toBe(300)
})

test('the relations of a row are read at once within a transaction, without a warning of the driver', async () => {
  const warnings: Error[] = []
  const hear = (warning: Error) => warnings.push(warning)
  process.on('warning', hear)
  try {
    await db.$transaction(tx =>
      tx.centre.findMany({ include: { hours: true, coaches: true, exceptions: true } }),
    )
    await new Promise(setImmediate)
    expect(warnings).toEqual([])
  } finally {
    process.off('warning', hear)
  }
})
