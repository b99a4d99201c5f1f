import { Command, InvalidArgumentError, Option } from 'commander'
import { describeMachine, printMachine } from '../support/machine.ts'
import { poisonBroken, runPoison } from './poison.ts'
import { broken, runFaults, type FaultsRun } from './run.ts'
import type { BackendName } from './world.ts'

const count = (text: string) => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number from 1')
  return value
}

const options = new Command('npm run faults --')
  .description(
    'Breaks everything while residents write, and proves that nothing is lost. About eight minutes.',
  )
  .option('--seed <n>', 'repeats a run', count)
  .option('--residents <n>', 'how many; 200, with --telegram 300', count)
  .option('--kills <n>', 'how often the assistant is killed', count, 20)
  .addOption(new Option('--backend <name>', 'only this queue server').choices(['redis', 'postgres']))
  .option(
    '--telegram',
    'registration in webhook mode instead, while everything between us and Telegram fails',
  )
  .option('--short', 'does not wait until the leases of killed processes end by themselves')
  .parse()
  .opts<{
    seed?: number
    residents?: number
    kills: number
    backend?: BackendName
    short?: true
    telegram?: true
  }>()

printMachine(await describeMachine())
const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31) + 1
if (options.telegram) await telegram()
else await everything()

async function telegram(): Promise<void> {
  const { residents = 300, kills } = options
  console.log(`${residents} residents, ${kills} kills, seed ${seed}`)
  const { runTelegram } = await import('./telegram/run.ts')
  const run = await runTelegram({ residents, kills, seed, say: line => console.log(`  ${line}`) })
  for (const line of run.wrong) console.log(line)
  console.log(JSON.stringify({ ...run, wrong: run.wrong.length }))
  if (run.wrong.length > 0) process.exitCode = 1
}

async function everything(): Promise<void> {
  const runs: FaultsRun[] = []
  for (const backend of options.backend ? [options.backend] : (['redis', 'postgres'] as const)) {
    const { residents = 200, kills } = options
    console.log(`${backend}: ${residents} residents, ${kills} kills, seed ${seed}`)
    const say = (line: string) => console.log(`  ${line}`)
    runs.push(await runFaults({ backend, residents, kills, seed, waitOutPauses: !options.short, say }))
  }
  const poison = await runPoison(options.backend ?? 'redis')
  console.log(JSON.stringify({ runs, poison }))
  if (runs.some(broken) || poisonBroken(poison)) process.exitCode = 1
}
