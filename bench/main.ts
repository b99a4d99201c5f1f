import { Command, InvalidArgumentError, Option } from 'commander'
import os from 'node:os'
import path from 'node:path'

const count = (text: string) => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number from 1')
  return value
}

interface Options {
  boot?: true
  engine?: true
  understand?: true
  hostile?: true
  reminders?: true
  booking?: true
  webhook?: true
  rate: number
  register?: number
  whatsapp?: number | true
  bulk?: number
  residents: number
  runs: number
  answers: 'taps' | 'texts'
  seed?: number
  profile?: string
}

const command = new Command('npm run bench --')
  .description(
    'Measures the assistant. Without an option: the path of a message. The last line is one JSON object.',
  )
  .option('--boot', 'from spawn to ready, first and second start')
  .option('--engine', 'the interpreter alone')
  .option('--understand', 'the readers of everyday Indonesian')
  .option('--hostile', '100,000 hostile messages through reader and engine')
  .option('--reminders', '10,000 reminders due within one minute: from due to leased')
  .option('--booking', '1,000 residents take the last four places at once, over 8 connections')
  .option('--webhook', 'how fast posts of Telegram are answered, each after its commit')
  .option('--rate <n>', 'webhook: updates a second', count, 500)
  .option('--register <residents>', 'so many residents register, with second thoughts', count)
  .option('--bulk <messages>', 'a message of the programme to so many, at the pace Telegram takes', count)
  .option(
    '--whatsapp [residents]',
    'so many (500) register on WhatsApp at once, then 200 active chats',
    count,
  )
  .option('--residents <n>', 'path: how many write at once', count, 1000)
  .option('--runs <n>', 'path: the median of how many runs', count, 3)
  .addOption(
    new Option('--answers <how>', 'path: how questions with buttons are answered')
      .choices(['taps', 'texts'])
      .default('texts'),
  )
  .option('--seed <n>', 'register, hostile: repeats a run', count)
  .option('--profile [folder]', 'path: writes a CPU profile of the assistant')

const options = command.parse().opts<Options>()
const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31) + 1

if (options.boot) await (await import('./boot.ts')).benchBoot()
else if (options.engine) await (await import('./engine.ts')).run()
else if (options.understand) await (await import('./understand.ts')).run()
else if (options.hostile) await (await import('./hostile/main.ts')).benchHostile({ seed })
else if (options.reminders) await (await import('./reminders.ts')).benchReminders()
else if (options.booking) await (await import('./booking.ts')).benchBooking()
else if (options.webhook) await (await import('./webhook.ts')).benchWebhook({ rate: options.rate })
else if (options.whatsapp)
  await (
    await import('./whatsapp/main.ts')
  ).benchWhatsApp({ residents: options.whatsapp === true ? 500 : options.whatsapp })
else if (options.register)
  await (await import('./register/main.ts')).benchRegister({ residents: options.register, seed })
else if (options.bulk) await (await import('./bulk.ts')).benchBulk(options.bulk)
else {
  const { residents, answers, runs, profile } = options
  const folder =
    profile === undefined
      ? {}
      : { profile: typeof profile === 'string' ? profile : path.join(os.tmpdir(), 'ok-oce-profile') }
  await (await import('./path.ts')).benchPath({ residents, answers, runs, ...folder })
}
