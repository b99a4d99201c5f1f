import { loadFlows } from '../../src/app/loadFlows.ts'
import { silentMeter } from '../../src/app/meter.ts'
import { TelegramChannel } from '../../src/channels/telegram/index.ts'
import { readConfig } from '../../src/config.ts'
import { SteadyClient } from '../../src/db/client.ts'
import { TransientError } from '../../src/db/errors.ts'
import { openStore } from '../../src/db/open.ts'
import { Bells } from '../../src/jobs/bells.ts'
import { createLog } from '../../src/lib/log.ts'
import { systemClock } from '../../src/lib/time.ts'
import { buildPath } from '../../src/path.ts'
import { seeded } from '../../test/support/telegram/faults.ts'
import { faultSpecs, runFaultCall } from './calls.ts'

/**
 * The assistant as `src/app.ts` composes it, without its web server, but with commits that fail: FAULT_RATE of the sets
 * and of the lone turns are rolled back as a serialisation failure would do it.
 */
const config = readConfig()
const rate = Number(process.env.FAULT_RATE ?? 0)
const random = seeded(Number(process.env.FAULT_SEED ?? 1))
const log = createLog(config.LOG_LEVEL)
const clock = systemClock

const store = await openStore({
  databaseUrl: config.DATABASE_URL,
  dataDir: config.DATA_DIR,
  secretKey: config.SECRET_KEY,
})
const bells = new Bells(
  config.REDIS_URL
    ? { kind: 'redis', url: config.REDIS_URL }
    : { kind: 'postgres', url: store.url, Client: SteadyClient },
  log,
)
const telegram = new TelegramChannel({
  token: config.TELEGRAM_BOT_TOKEN ?? '',
  apiRoot: config.TELEGRAM_API_ROOT,
  commands: [],
  clock,
  log,
})
const assistant = await buildPath({
  ...{ store, clock, log, bells },
  flows: loadFlows('flows', faultSpecs),
  specs: faultSpecs,
  runCall: runFaultCall,
  facts: config.facts,
  meter: silentMeter,
  channels: [telegram],
  roles: config.ROLES,
  retentionMonths: config.retentionMonths,
  beforeCommit: () => {
    if (random() < rate) throw new TransientError('rolled back by the faults run')
  },
})
await assistant.start()

process.once('SIGTERM', () => {
  void (async () => {
    await assistant.stop()
    await bells.stop()
    await store.stop()
    process.exit(0)
  })()
})
