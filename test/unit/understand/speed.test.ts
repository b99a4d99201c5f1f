import { expect, it } from 'vitest'
import { READERS } from './readers.ts'

const huge = [
  ' ',
  'a',
  '1',
  'ya ',
  'jam 9 ',
  '0812',
  '1.',
  '5/',
  '-',
  ',',
  '.',
  '🙏',
  'senin atau ',
  'dua puluh ',
  '\u0301',
  '\ufdfa',
  'kebon ',
  '\n',
  'a a-',
  "'",
  'setengah ',
]
/** Milliseconds of this process's own CPU, the best of three: what else the machine does must not fail the test. */
function fastest(read: () => unknown): number {
  let best = Infinity
  for (let attempt = 0; attempt < 3 && best >= 500; attempt++) {
    const start = process.cpuUsage()
    read()
    const { user, system } = process.cpuUsage(start)
    best = Math.min(best, (user + system) / 1000)
  }
  return best
}

it.each(Object.keys(READERS))('%s reads 100 kB of anything without a blow-up', name => {
  for (const unit of huge) {
    const text = unit.repeat(Math.ceil(100_000 / unit.length))
    for (const each of [text, `besok ${text}`, text.slice(0, 999)]) {
      expect(
        fastest(() => READERS[name]?.(each)),
        JSON.stringify(unit),
      ).toBeLessThan(500) // a few when idle; where the time grows with the square it is seconds
    }
  }
})
