import { createInterface } from 'node:readline/promises'
import path from 'node:path'
import { Command, Option } from 'commander'
import { callSpecs } from '../app/callSpecs.ts'
import { loadFlows } from '../app/loadFlows.ts'
import { readConfig } from '../config.ts'
import { openStore } from '../db/open.ts'
import { createLog } from '../lib/log.ts'
import { FixedClock } from '../lib/time.ts'
import { Player } from './chat/player.ts'
import { ScriptError } from './chat/script.ts'

/**
 * `npm run chat`: the conversations from a keyboard or standard input, on a database of their own below DATA_DIR that
 * never meets real people. What is printed is a `.chat` transcript.
 */
async function main(): Promise<void> {
  const program = new Command('npm run chat --')
    .description('Plays the conversations in the terminal. Type what a resident would type; Ctrl-D ends.')
    .option('--now <time>', 'start at this time, e.g. 2026-11-25T10:00+07:00')
    .addOption(
      new Option('--channel <name>', 'whose rendering').choices(['telegram', 'whatsapp']).default('telegram'),
    )
    .addHelpText('after', HELP)
    .parse()
  const options = program.opts<{ now?: string; channel: 'telegram' | 'whatsapp' }>()
  const start = options.now === undefined ? Date.now() : Date.parse(options.now)
  if (Number.isNaN(start))
    return program.error(`--now: found "${options.now}", expected a time such as 2026-11-25T10:00+07:00`)
  const config = readConfig()
  const flows = loadFlows('flows', callSpecs)
  const store = await openStore({
    dataDir: path.join(config.DATA_DIR, 'terminal'),
    sample: { when: 'always', at: start },
  })
  const player = new Player({
    ...{ store, flows, facts: config.facts, channel: options.channel },
    log: createLog('error'),
    clock: new FixedClock(start),
    id: `${process.pid}-${start}`,
  })
  try {
    await converse(player, `@now ${new Date(start).toISOString()}\n@channel ${options.channel}`)
  } finally {
    await player.close()
    await store.stop()
  }
}

const HELP = `
Lines you can type:
  halo                    what a person types
  [Setuju]                taps that button (types its number with --channel whatsapp)
  (contact own)           shares one's own number; (photo) (voice) (sticker) (location -6.2,106.8)
  (old Setuju)            taps a button of an earlier message
  @advance 25h            moves the clock; @restart restarts the assistant in the middle`

async function converse(player: Player, header: string): Promise<void> {
  const typed = process.stdin.isTTY
  const lines = createInterface({
    input: process.stdin,
    ...(typed ? { output: process.stdout, prompt: '> ' } : {}),
  })
  console.log(header)
  if (typed) lines.prompt()
  for await (const line of lines) {
    if (line.trim() === '') continue
    if (!typed) console.log(/^[>@#<]/.test(line) ? line : `> ${line}`)
    try {
      console.log((await player.line(line)).join('\n'))
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error
      console.error(`# ${error.message}`)
      if (!typed) process.exitCode = 1
    }
    if (typed) lines.prompt()
  }
}

await main()
process.exit()
