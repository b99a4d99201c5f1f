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

/** One shared pool per process. */
export function connect(url: string, options: { max?: number; onError?: (error: Error) => void } = {}): Db {
  const adapter = new PrismaPg(
    { connectionString: url, max: options.max ?? 10, connectionTimeoutMillis: 5_000, keepAlive: true },
    { onPoolError: options.onError ?? (() => {}), onConnectionError: options.onError ?? (() => {}) },
  )
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 30_000 } })
}
