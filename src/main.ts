import { startApp, type App } from './app.ts'
import { ConfigError, describeSettings, readConfig, type Config } from './config.ts'
import { createLog, errorForLog } from './lib/log.ts'
import { systemClock } from './lib/time.ts'

const HELP = `OK OCE Assistant

  npm start              starts the assistant
  npm start -- --help    shows this page
  npm start -- --sample  adds sample coaches and hours in every centre that has none (marked "contoh")
  npm run chat           plays the conversations in the terminal

${describeSettings()}
`

async function main(): Promise<void> {
  if (process.argv.slice(2).some(arg => arg === '--help' || arg === '-h'))
    return void process.stdout.write(HELP)
  const config = settings()
  const log = createLog(config.LOG_LEVEL)
  for (const warning of config.warnings) log.warn(warning)
  const starting = startApp(config, {
    clock: systemClock,
    log,
    sample: process.argv.slice(2).includes('--sample'),
  })
  stopOnSignals(starting, message => log.info(message))
  const app = await starting.catch((error: unknown) => {
    log.error(errorForLog(error), 'the start failed')
    return refuse(explain(error))
  })
  process.stderr.write(welcome(config, app))
}

function settings(): Config {
  try {
    return readConfig()
  } catch (error) {
    if (error instanceof ConfigError)
      refuse(`Wrong settings:\n  ${error.problems.join('\n  ')}\n\nSee npm start -- --help`)
    throw error
  }
}

function refuse(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

/** What an operator can act on. Errors of our own say it themselves; of others only class, code and place are shown. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return 'The start failed.'
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'EADDRINUSE')
    return 'PORT: this port is already in use. Set PORT to a free one, or stop the other program.'
  if (code === 'EACCES') return `${error.message}\nDATA_DIR must be a folder this user may write to.`
  return error.message
}

/** The first signal stops gracefully; a second one ends at once. */
function stopOnSignals(starting: Promise<App>, say: (message: string) => void): void {
  let asked = false
  const onSignal = () => {
    if (asked) process.exit(130)
    asked = true
    say('stopping; press Ctrl-C again to end at once')
    starting
      .then(app => app.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      )
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}

/** The first-run message: what runs, how to try it, what to set for more. */
function welcome(config: Config, app: App): string {
  const database = config.DATABASE_URL
    ? 'the PostgreSQL of DATABASE_URL'
    : `an embedded PostgreSQL in ${config.DATA_DIR}/`
  const queue = config.REDIS_URL ? 'the Redis of REDIS_URL' : 'the same PostgreSQL'
  const lines = [
    'The OK OCE Assistant is running.',
    `  database   ${database}`,
    `  queues     ${queue}`,
    `  channels   ${app.channels.map(channel => channel.name).join(', ') || 'none'}`,
    ...(app.url ? [`  web        ${app.url}  (health: ${app.url}/ready)`] : []),
    ...(config.chatPage && app.url ? ['', `Try it in the browser:   ${app.url}/`] : []),
    'Try it in the terminal:  npm run chat',
    ...(config.TELEGRAM_BOT_TOKEN
      ? []
      : ['Go live on Telegram:     TELEGRAM_BOT_TOKEN=… npm start   (token from @BotFather)']),
    ...(config.DATABASE_URL ? [] : ['Your own database:       DATABASE_URL=postgresql://… npm start']),
    ...(config.REDIS_URL ? [] : ['Queues in Redis:         REDIS_URL=redis://… npm start']),
    'All settings:            npm start -- --help',
    '',
  ]
  return `\n${lines.join('\n')}\n`
}

await main()
