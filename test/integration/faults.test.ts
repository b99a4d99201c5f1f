import { expect, test } from 'vitest'
import { poisonBroken, runPoison } from '../../bench/faults/poison.ts'
import { runFaults } from '../../bench/faults/run.ts'

const PATIENCE_MS = 120_000
/** A small `npm run faults`; another seed each time, told when it fails: FAULTS_SEED repeats it. */
const SEED = Number(process.env.FAULTS_SEED ?? Math.floor(Math.random() * 2 ** 31) + 1)

test.each(['redis', 'postgres'] as const)(
  'with the bells in %s: nothing is lost or done twice while everything breaks',
  async backend => {
    const lines: string[] = []
    const options = { backend, residents: 15, kills: 3, seed: SEED, waitOutPauses: false }
    const run = await runFaults({ ...options, say: line => lines.push(line) })
    const { repliesRepeated, repeatsPossible, ...rest } = run
    const none = { lost: 0, twice: 0, outOfOrder: 0, repliesMissing: 0, setAside: 0 }
    const what = { backend, messages: 150, kills: 3, seed: SEED }
    expect(rest, lines.join('\n')).toEqual({ ...what, ...none })
    expect(repliesRepeated, lines.join('\n')).toBeLessThanOrEqual(repeatsPossible)
  },
  PATIENCE_MS,
)

test('messages that fail every time harm only themselves', async () => {
  const run = await runPoison('redis', 10, 5)
  expect(poisonBroken(run), JSON.stringify(run)).toBe(false)
})
