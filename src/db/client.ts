import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from './generated/client.ts'

export type Db = PrismaClient
/** A transaction: the same calls, one fate. */
export type Tx = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]

/** One shared pool per process. */
export function connect(url: string, options: { max?: number; onError?: (error: Error) => void } = {}): Db {
  const adapter = new PrismaPg(
    { connectionString: url, max: options.max ?? 10, connectionTimeoutMillis: 5_000, keepAlive: true },
    { onPoolError: options.onError ?? (() => {}), onConnectionError: options.onError ?? (() => {}) },
  )
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 30_000 } })
}
