import { expect, test } from 'vitest'
import { Tally } from '../../src/app/tally.ts'

const written = async (tally: Tally<{ day: string; step: string }>) => {
  let rows: unknown[] = []
  await tally.flush(async all => void (rows = all))
  return rows
}

test('each different row is written once, with its count; a day is part of what differs', async () => {
  const tally = new Tally<{ day: string; step: string }>()
  for (const day of ['24', '24', '25']) tally.add({ day, step: 'name' })
  expect(await written(tally)).toEqual([
    { day: '24', step: 'name', count: 2 },
    { day: '25', step: 'name', count: 1 },
  ])
  expect(await written(tally)).toEqual([])
})

test('what could not be written is kept, together with what came meanwhile', async () => {
  const tally = new Tally<{ day: string; step: string }>()
  tally.add({ day: '24', step: 'name' })
  const away = async () => {
    tally.add({ day: '24', step: 'name' })
    throw new Error('the database is away')
  }
  await expect(tally.flush(away)).rejects.toThrow('away')
  expect(await written(tally)).toEqual([{ day: '24', step: 'name', count: 2 }])
})
