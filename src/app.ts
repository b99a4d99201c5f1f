import { callSpecs } from './app/callSpecs.ts'
import { COMMAND_MENU } from './app/commandMenu.ts'
import { faqSearch } from './app/faq.ts'
import { loadFlows } from './app/loadFlows.ts'
import type { Channel } from './channels/channel.ts'
import type { Config } from './config.ts'
import { SteadyClient } from './db/client.ts'
import { readAges } from './db/health.ts'
import { openRequests } from './db/privacy.ts'
import type { MadeFiles } from './db/files.ts'
import { openStore, type Store } from './db/open.ts'
import { homeRoutes } from './http/home.tsx'
import { healthRoutes, listen, type Part, type Routes } from './http/server.ts'
import { Metrics } from './http/metrics.ts'
import { Bells } from './jobs/bells.ts'
import type { Log } from './lib/log.ts'
import type { Clock } from './lib/time.ts'
import { MADE_FILES } from './madeFiles.ts'
import { buildPath } from './path.ts'
import type { Elsewhere } from './whatsapp.ts'

export interface App {
  url: string | undefined
  store: Store
  channels: Channel[]
  stop(): Promise<void>
}

interface AppDeps {
  clock: Clock
  log: Log
  /** Another WhatsApp than the real one. */
  whatsApp?: Elsewhere
  /** Adds sample coaches and hours. */
  sample?: boolean
}

/** Builds and starts everything; whatever fails here ends the start, with what was begun undone. */
export async function startApp(config: Config, deps: AppDeps): Promise<App> {
  const { clock, log } = deps
  const undo: (() => Promise<void>)[] = []
  const stop = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step()
  }
  try {
    const flows = loadFlows('flows', callSpecs)
    faqSearch() // mistakes in faq/ end the start
    const warn = (message: string) => log.warn(message)
    const store = await openStore({
      databaseUrl: config.DATABASE_URL,
      dataDir: config.DATA_DIR,
      secretKey: config.SECRET_KEY,
      sample: { when: deps.sample ? 'always' : 'first', at: clock.now() },
      warn,
    })
    undo.push(() => store.stop())
    const server = config.REDIS_URL
      ? ({ kind: 'redis', url: config.REDIS_URL } as const)
      : ({ kind: 'postgres', url: store.url, Client: SteadyClient } as const)
    const bells = new Bells(server, log)
    undo.push(() => bells.stop())
    const metrics = new Metrics({
      ages: () => readAges(store.db, clock.now()),
      requests: () => openRequests(store.db, clock.now()),
    })
    const { channels, pages, stops } = await openChannels(config, { ...deps, store, madeFiles: MADE_FILES })
    undo.push(...stops)
    const path = await buildPath({
      ...{ store, flows, clock, log, bells, channels },
      specs: callSpecs,
      facts: config.facts,
      madeFiles: MADE_FILES,
      meter: metrics,
      roles: config.ROLES,
      retentionMonths: config.retentionMonths,
    })
    undo.push(() => path.stop())
    await path.start()
    if (!config.ROLES.includes('web')) return { url: undefined, store, channels, stop }
    const health = healthRoutes({
      parts: () => readParts(store, bells, channels, clock),
      metrics: async () => ({
        body: await metrics.registry.metrics(),
        contentType: metrics.registry.contentType,
      }),
    })
    for (const page of pages) health.route('/', page)
    const web = await listen(health, { port: config.PORT, hostname: config.HOST })
    undo.push(() => web.stop())
    return { url: web.url, store, channels, stop }
  } catch (error) {
    await stop().catch(() => {})
    throw error
  }
}

/** Heavy parts are imported only when they are used. */
async function openChannels(config: Config, deps: AppDeps & { store: Store; madeFiles: MadeFiles }) {
  const channels: Channel[] = []
  const pages: Routes[] = []
  const stops: (() => Promise<void>)[] = []
  if (config.TELEGRAM_BOT_TOKEN && config.ROLES.includes('channels')) {
    const { openTelegram } = await import('./telegram.ts')
    const telegram = openTelegram(config, { ...deps, commands: COMMAND_MENU })
    channels.push(telegram.channel)
    pages.push(...telegram.routes)
  }
  if (config.WHATSAPP === 'on' && config.ROLES.includes('channels')) {
    const { openWhatsApp } = await import('./whatsapp.ts')
    const whatsApp = openWhatsApp(config, { ...deps, elsewhere: deps.whatsApp })
    channels.push(whatsApp.channel)
    stops.push(whatsApp.stop)
  }
  if (config.WHATSAPP === 'on' && config.ROLES.includes('web')) {
    const { openPairingPage } = await import('./whatsappPage.ts')
    pages.push(openPairingPage(deps))
  }
  if (config.chatPage && config.ROLES.includes('web')) {
    const { openChatPage } = await import('./chatPage.ts')
    const page = openChatPage(deps)
    channels.push(page.channel)
    pages.push(page.routes)
  } else pages.push(homeRoutes())
  return { channels, pages, stops }
}

/** Answers go on; that reminders wait or take another channel, an operator should know. */
const RESTRICTED: Part = {
  name: 'outreach',
  ok: false,
  vital: false,
  detail: 'WhatsApp restricts chats that we start; see npm run whatsapp',
}

async function readParts(store: Store, bells: Bells, channels: Channel[], clock: Clock): Promise<Part[]> {
  const database = await store.db.$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  )
  const queue = await bells.check()
  const ages = database ? await readAges(store.db, clock.now()) : undefined
  return [
    {
      name: 'database',
      ok: database,
      vital: true,
      detail: store.embedded ? 'embedded PostgreSQL' : 'PostgreSQL',
    },
    {
      name: 'queue',
      ok: queue,
      vital: false,
      detail: queue ? 'answers' : `away (${bells.trouble() ?? 'no answer'}); the sweep carries on`,
    },
    ...(ages ? [{ name: 'path', ok: true, vital: false, detail: JSON.stringify(ages) }] : []),
    ...(ages && ages.restrictedAccounts > 0 ? [RESTRICTED] : []),
    ...channels.map(channel => {
      const state = channel.state()
      const detail = 'reason' in state ? `${state.status}: ${state.reason}` : state.status
      return { name: channel.name, ok: ['connected', 'standby'].includes(state.status), vital: false, detail }
    }),
  ]
}
