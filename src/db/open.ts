import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { connect, type Db } from './client.ts'
import { applyMigrations } from './migrate.ts'
import { addSample } from './sample.ts'
import { Sealer } from './seal.ts'
import { checkKey, seed } from './seed.ts'

export interface StoreOptions {
  /** A database to use; without it an embedded PostgreSQL below `dataDir` is started. */
  databaseUrl?: string | undefined
  dataDir: string
  secretKey?: string | undefined
  warn?: (message: string) => void
  poolSize?: number
  /** Sample coaches: `always`, or with the first start of an embedded database only. `at`: epoch ms. */
  sample?: { when: 'always' | 'first'; at: number }
}

export interface Store {
  db: Db
  sealer: Sealer
  url: string
  embedded: boolean
  stop(): Promise<void>
}

/** The database, migrated and seeded, with the key that opens it. @throws WrongKeyError, MigrationError */
export async function openStore(options: StoreOptions): Promise<Store> {
  const warn = options.warn ?? (() => {})
  const embedded = options.databaseUrl ? undefined : await startEmbedded(options.dataDir)
  const url = options.databaseUrl ?? embedded?.url ?? ''
  try {
    await applyMigrations(url, path.join(import.meta.dirname, '../../prisma/migrations'), warn)
    const db = connect(url, { ...(options.poolSize ? { max: options.poolSize } : {}), onError: () => {} })
    const sealer = new Sealer(secretOf(options))
    const stop = async () => {
      await db.$disconnect()
      await embedded?.stop()
    }
    try {
      const fresh = await seed(db)
      if (options.sample && (options.sample.when === 'always' || (embedded && fresh)))
        await addSample(db, options.sample.at)
      await checkKey(db, sealer)
    } catch (error) {
      await db.$disconnect()
      throw error
    }
    return { db, sealer, url, embedded: embedded !== undefined, stop }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

async function startEmbedded(dataDir: string) {
  const { startEmbeddedPostgres } = await import('./embedded.ts')
  return startEmbeddedPostgres({ dataDir, database: 'okoce', user: 'okoce' })
}

/**
 * SECRET_KEY, else the key in DATA_DIR, made at the first start and readable by its owner only. It appears whole, by a
 * link: of two first starts at once, one makes it and both read the same.
 */
function secretOf({ secretKey, dataDir }: StoreOptions): Buffer {
  if (secretKey) return Buffer.from(secretKey)
  const file = path.join(dataDir, 'secret.key')
  const made = `${file}.${process.pid}`
  mkdirSync(dataDir, { recursive: true })
  if (!existsSync(file)) {
    writeFileSync(made, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
    try {
      linkSync(made, file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      rmSync(made)
    }
  }
  return Buffer.from(readFileSync(file, 'utf8').trim())
}
