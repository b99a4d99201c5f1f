import { Command, InvalidArgumentError } from 'commander'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { fork, type ChildProcess } from 'node:child_process'
import { mutantsOf, type Mutant } from './mutate/mutants.ts'

/**
 * Changes one rule of the readers at a time and runs their unit tests: a mutant that no test notices survives. Prints
 * the survivors and one JSON object as its last line; fails below the wanted share of dead mutants.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SOURCE = path.join(ROOT, 'src/understand')
/** The quick ones first; without the tests of speed and of the command line. */
const TESTS = [
  'pinned',
  'rules',
  'readings',
  'choices',
  'places',
  'several',
  'nik',
  'cases',
  'properties',
].map(name => path.join(ROOT, `test/unit/understand/${name}.test.ts`))

const share = (text: string): number => {
  const value = Number(text)
  if (!(value >= 0 && value <= 100)) throw new InvalidArgumentError('a share from 0 to 100')
  return value
}
const whole = (text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number from 1')
  return value
}

interface Options {
  sample: number
  all?: true
  seed: number
  want: number
  file?: string
}

const options = new Command('npm run mutate --')
  .description('Shows how many small changes of the readers their tests notice.')
  .option('--sample <n>', 'so many mutants, chosen by the seed', whole, 400)
  .option('--all', 'every mutant; takes long')
  .option('--seed <n>', 'repeats a sample', whole, 1)
  .option('--want <percent>', 'fails below this share of dead mutants', share, 80)
  .option('--file <name>', 'only mutants of this file, such as times.ts')
  .parse()
  .opts<Options>()

/** A repeatable order (mulberry32), so that a sample is the same for the same seed. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return items
    .map(item => ({ item, key: random() }))
    .sort((left, right) => left.key - right.key)
    .map(({ item }) => item)
}

/** A process of its own for the mutants, so that one that loops for ever can be ended. */
class Runner {
  /** A mutant that takes this long loops for ever: three times the tests without any. */
  longestMs = 60_000
  private child = this.start()
  private start(): ChildProcess {
    return fork(fileURLToPath(new URL('./mutate/worker.ts', import.meta.url)), TESTS, {
      execArgv: ['--import', 'tsx'],
    })
  }
  dies(mutant: Mutant | undefined): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const { child } = this
      const timer = setTimeout(() => {
        child.removeAllListeners()
        child.kill('SIGKILL')
        this.child = this.start()
        resolve(true)
      }, this.longestMs)
      child.removeAllListeners()
      child.once('message', dead => {
        clearTimeout(timer)
        resolve(dead === true)
      })
      child.once('exit', () => reject(new Error('the process of the mutants ended')))
      child.send({ mutant })
    })
  }
  stop(): void {
    this.child.removeAllListeners()
    this.child.kill()
  }
}

const files = readdirSync(SOURCE).filter(
  name => name.endsWith('.ts') && (options.file === undefined || name === options.file),
)
const all = files.flatMap(name =>
  mutantsOf(path.join(SOURCE, name), readFileSync(path.join(SOURCE, name), 'utf8')),
)
const chosen = shuffled(all, options.seed).slice(0, options.all ? all.length : options.sample)
const runner = new Runner()
if (await runner.dies(undefined)) throw new Error('the tests fail without any mutant: mend them first')
const started = performance.now()
await runner.dies(undefined)
runner.longestMs = 1000 + 3 * (performance.now() - started)
const survivors: Mutant[] = []
for (const [at, mutant] of chosen.entries()) {
  if (!(await runner.dies(mutant))) survivors.push(mutant)
  if ((at + 1) % 100 === 0) console.log(`${at + 1} of ${chosen.length}: ${survivors.length} survive`)
}
runner.stop()
const order = (left: Mutant, right: Mutant): number =>
  left.file.localeCompare(right.file, 'en') || left.line - right.line
for (const { file, line, what } of survivors.sort(order))
  console.log(`survives  ${path.relative(ROOT, file)}:${line}  ${what}`)
const dead = ((chosen.length - survivors.length) / chosen.length) * 100
console.log(
  JSON.stringify({
    mutants: chosen.length,
    of: all.length,
    survive: survivors.length,
    deadPercent: Math.round(dead * 10) / 10,
    seed: options.seed,
  }),
)
process.exitCode = dead >= options.want ? 0 : 1
