import type { Config } from '../config.ts'
import { openStore, type Store } from '../db/open.ts'

/** Does a command's work on the configured database, which is closed again also when the work fails. */
export async function withStore<T>(config: Config, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({
    databaseUrl: config.DATABASE_URL,
    dataDir: config.DATA_DIR,
    secretKey: config.SECRET_KEY,
  })
  try {
    return await work(store)
  } finally {
    await store.stop()
  }
}
