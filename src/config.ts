import { statSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { retentionMonths } from './domain/retention.ts'

/** Every setting, its meaning and its default: parsed once here, the only reader of the environment. */

const url = (protocols: string[]) =>
  z.string().refine(text => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `a URL that begins with ${protocols.map(p => `${p}//`).join(' or ')}`,
  })
const ROLES = ['web', 'worker', 'channels'] as const

/**
 * Root runs the embedded PostgreSQL as another user, who cannot enter a closed home such as /root: then the data live
 * where every user may go.
 */
function dataDir(): string {
  const closed = (dir: string): boolean =>
    (statSync(dir).mode & 0o001) === 0 || (dir !== path.dirname(dir) && closed(path.dirname(dir)))
  return process.getuid?.() === 0 && closed(process.cwd()) ? '/var/lib/ok-oce-assistant' : 'data'
}

const settings = {
  PORT: z.coerce
    .number({ error: 'a port number, 0 to 65535' })
    .int()
    .min(0)
    .max(65535, { error: 'a port number, 0 to 65535' })
    .default(3000)
    .describe('Port of the web server.'),
  HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Address the web server listens on; 0.0.0.0 in a container.'),
  DATA_DIR: z
    .string()
    .default(dataDir)
    .describe('Folder of the embedded PostgreSQL and the generated secret key.'),
  DATABASE_URL: url(['postgres:', 'postgresql:'])
    .optional()
    .describe('A PostgreSQL 15 or newer to use. Without it an embedded PostgreSQL 18 is started.'),
  REDIS_URL: url(['redis:', 'rediss:'])
    .optional()
    .describe('A Redis 7 (noeviction, append-only) for the queues. Without it they live in PostgreSQL.'),
  ROLES: z
    .string()
    .default(ROLES.join(','))
    .transform(text => text.split(',').map(role => role.trim()))
    .pipe(z.array(z.enum(ROLES, { error: `some of ${ROLES.join(', ')}, separated by commas` })).min(1))
    .describe('What this process does: web, worker, channels. Several processes can share the work.'),
  PUBLIC_URL: url(['http:', 'https:']).optional().describe('Address under which people reach the web pages.'),
  SECRET_KEY: z
    .string()
    .min(32, { error: 'at least 32 characters; for example the output of: openssl rand -base64 32' })
    .optional()
    .describe(
      'Seals phones, NIK and messages. Generated into DATA_DIR when unset; keep a copy: without it the data cannot be read.',
    ),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{10,}$/, { error: 'a token from @BotFather, like 123456:ABC-DEF…' })
    .optional()
    .describe('Token of the Telegram bot, from @BotFather. Setting it turns Telegram on.'),
  TELEGRAM_API_ROOT: url(['http:', 'https:'])
    .default('https://api.telegram.org')
    .describe('Address of the Bot API; a local Bot API server or a fake in tests.'),
  TELEGRAM_UPDATES: z
    .enum(['polling', 'webhook'], { error: 'polling or webhook' })
    .optional()
    .describe(
      'How messages come: webhook (Telegram posts to PUBLIC_URL) or polling (the assistant asks). Default: webhook when PUBLIC_URL begins with https, else polling.',
    ),
  WHATSAPP: z
    .enum(['on', 'off'], { error: 'on or off' })
    .default('off')
    .describe(
      'WhatsApp through Baileys, which is unofficial: read docs/whatsapp.md first. Then pair a phone.',
    ),
  WHATSAPP_REPLIES_PER_MINUTE: z.coerce
    .number({ error: 'a number from 1 to 120' })
    .int()
    .min(1)
    .max(120, { error: 'a number from 1 to 120' })
    .default(60)
    .describe('How many answers a minute go out on WhatsApp, over all chats.'),
  WHATSAPP_DAILY_CAP: z.coerce
    .number({ error: 'a number from 0 to 1000' })
    .int()
    .min(0)
    .max(1000, { error: 'a number from 0 to 1000' })
    .default(200)
    .describe('How many messages a day we start on WhatsApp (reminders, notices); answers are not counted.'),
  CHAT_PAGE: z
    .enum(['on', 'off'], { error: 'on or off' })
    .optional()
    .describe('The page to try the assistant at /. On by default only while no real channel is set.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'trace, debug, info, warn, error or silent',
    })
    .default('info')
    .describe('How much is logged. Names, phones, texts and tokens never are.'),
  CONTROLLER_NAME: z
    .string()
    .min(1)
    .optional()
    .describe('Who is responsible for the data (shown in the consent).'),
  CONTROLLER_CONTACT: z.string().min(1).optional().describe('How to reach them: a phone, an e-mail address.'),
  PRIVACY_URL: url(['http:', 'https:']).optional().describe('The full privacy notice.'),
  RETENTION: z
    .string()
    .refine(text => retentionMonths(text) !== undefined, { error: 'a period such as 24 bulan or 2 tahun' })
    .default('24 bulan')
    .describe(
      'How long profiles are kept after the last activity, in Indonesian words, for the consent text.',
    ),
  NIK: z
    .enum(['on', 'off'], { error: 'on or off' })
    .default('off')
    .describe('Whether registration offers to take the NIK.'),
}

const schema = z.object(settings)
type Settings = z.infer<typeof schema>

export interface Config extends Settings {
  /** Telegram posts updates to PUBLIC_URL; else the assistant asks for them. */
  telegramWebhook: boolean
  chatPage: boolean
  /** RETENTION as a number. */
  retentionMonths: number
  /** What the flows may quote: controller, contact, retention… Unset ones say so in the text. */
  facts: Record<string, string>
  /** Settings that should be made before real people come. */
  warnings: string[]
}

/** A setting that cannot be used. The start ends with it. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('\n'))
  }
}

const SECRET = new Set(['SECRET_KEY', 'TELEGRAM_BOT_TOKEN', 'DATABASE_URL', 'REDIS_URL'])

/** @throws ConfigError naming each wrong setting, what was found and what is expected. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(
    Object.keys(settings).flatMap(key =>
      env[key] === undefined || env[key] === '' ? [] : [[key, env[key]]],
    ),
  )
  const parsed = schema.safeParse(given)
  if (!parsed.success)
    throw new ConfigError(
      parsed.error.issues.map(issue => {
        const name = String(issue.path[0])
        const found = SECRET.has(name) ? 'a value that does not fit (not shown)' : `"${given[name]}"`
        return `${name}: found ${found}, expected ${issue.message}`
      }),
    )
  const found = parsed.data
  const telegramWebhook = usesWebhook(found)
  const problems = telegramWebhook ? webhookProblems(found) : []
  if (problems.length > 0) throw new ConfigError(problems)
  const chatPage = found.CHAT_PAGE
    ? found.CHAT_PAGE === 'on'
    : !found.TELEGRAM_BOT_TOKEN && found.WHATSAPP === 'off'
  const months = retentionMonths(found.RETENTION) ?? 24
  const other = { retentionMonths: months, facts: facts(found), warnings: warnings(found) }
  return { ...found, chatPage, telegramWebhook, ...other }
}

function usesWebhook({ TELEGRAM_BOT_TOKEN, TELEGRAM_UPDATES, PUBLIC_URL }: Settings): boolean {
  if (!TELEGRAM_BOT_TOKEN) return false
  return (TELEGRAM_UPDATES ?? (PUBLIC_URL?.startsWith('https:') ? 'webhook' : 'polling')) === 'webhook'
}

/** Telegram itself posts to https on these ports only; a Bot API server of one's own posts anywhere. */
const HOOK_PORTS = ['', '80', '88', '443', '8443']

function webhookProblems({ PUBLIC_URL, ROLES: roles, TELEGRAM_API_ROOT }: Settings): string[] {
  const other = 'or set TELEGRAM_UPDATES=polling'
  if (!PUBLIC_URL)
    return [`PUBLIC_URL: not set, expected the https address that Telegram shall call; ${other}`]
  const { protocol, port } = new URL(PUBLIC_URL)
  const fits = protocol === 'https:' && HOOK_PORTS.includes(port)
  const problems = []
  if (!fits && new URL(TELEGRAM_API_ROOT).hostname === 'api.telegram.org')
    problems.push(`PUBLIC_URL: found "${PUBLIC_URL}", expected https on port 443, 80, 88 or 8443; ${other}`)
  if (roles.includes('channels') && !roles.includes('web'))
    problems.push(
      `ROLES: found "${roles.join(',')}", expected web beside channels, which takes Telegram's posts; ${other}`,
    )
  return problems
}

const EXAMPLE = '(contoh, belum resmi)'

function facts(found: Settings): Record<string, string> {
  return {
    pengelola: found.CONTROLLER_NAME ?? `Pengelola OK OCE ${EXAMPLE}`,
    kontak_pengelola: found.CONTROLLER_CONTACT ?? `kontak belum diatur ${EXAMPLE}`,
    url_privasi: found.PRIVACY_URL ?? `halaman privasi belum diatur ${EXAMPLE}`,
    masa_simpan: found.RETENTION,
    nik: found.NIK,
  }
}

function warnings(found: Settings): string[] {
  const unset = (['CONTROLLER_NAME', 'CONTROLLER_CONTACT', 'PRIVACY_URL'] as const).filter(key => !found[key])
  return unset.length ? [`${unset.join(', ')} not set: the consent text says ${EXAMPLE}.`] : []
}

/** The table of `--help`. */
export function describeSettings(): string {
  const width = Math.max(...Object.keys(settings).map(key => key.length)) + 2
  const lines = Object.entries(settings).map(([key, field]) => {
    const fallback = field.safeParse(undefined)
    const value = fallback.success && fallback.data !== undefined ? ` Default: ${String(fallback.data)}.` : ''
    return `  ${key.padEnd(width)}${field.description}${value}`
  })
  return ['Settings (environment variables):', ...lines].join('\n')
}
