import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/client.ts'

export type Db = PrismaClient
/** A transaction: the same calls, one fate. */
export type Tx = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]

/**
 * A connection whose loss is told to whoever waits on it, and to nobody else. What is taken from a pool has no listener,
 * and an error that nobody hears ends the process: without this one, BullMQ's connections would end it with every restart
 * of PostgreSQL.
 */
export class SteadyClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    this.on('error', () => {})
  }
}

/**
 * One shared pool per process. Pipelined, because Prisma reads the relations of a row at the same time, also within a
 * transaction: the driver would queue them, and warn of it.
 */
export function connect(url: string, options: { max?: number; onError?: (error: Error) => void } = {}): Db {
  const adapter = new PrismaPg(
    {
      ...{ connectionString: url, max: options.max ?? 10, connectionTimeoutMillis: 5_000 },
      ...{ keepAlive: true, pipeline: true },
    },
    {
      onPoolError: options.onError ?? (() => {}),
      onConnectionError: options.onError ?? (() => {}),
      statementNameGenerator: statementNames(),
    },
  )
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 30_000 } })
}

/** Parsed and planned statements cost every connection memory; all that a busy day needs are some 250. */
const MAX_STATEMENTS = 300

/**
 * Names by text: a named statement is parsed once per connection. Lists of changing length make ever new texts, so what
 * comes after the first 300 stays unnamed.
 */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    if (names.size === MAX_STATEMENTS) return ''
    const name = `s${names.size}`
    names.set(sql, name)
    return name
  }
}
