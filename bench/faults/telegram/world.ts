import path from 'node:path'
import { connect, type Db } from '../../../src/db/client.ts'
import { temporaryFolder } from '../../../test/support/folders.ts'
import { freePort, startRedis } from '../../../test/support/redis.ts'
import { FakeBotApi } from '../../../test/support/telegram/fake.ts'
import { ROOT, startProcess, untilReady, type Started } from '../../support/process.ts'
import { startCluster, type Cluster } from '../../support/servers.ts'
import { startProxy } from './proxy.ts'

const TOKEN = '123456:TEST-FAULTS-TELEGRAM'

/** The program itself, twice, in webhook mode behind a proxy, on real servers. */
export interface Town {
  api: FakeBotApi
  cluster: Cluster
  db: Db
  /** Kills one of the two processes with kill -9 and starts it again. Resolves when it runs again. */
  kill(which: 0 | 1): Promise<void>
  close(): Promise<void>
}

export async function openTown(): Promise<Town> {
  const [cluster, redis, folder] = [
    await startCluster(),
    await startRedis(),
    await temporaryFolder('faults-telegram'),
  ]
  const api = new FakeBotApi({ token: TOKEN })
  const { url: apiRoot } = await api.start()
  const ports = [await freePort(), await freePort()] as const
  const proxy = await startProxy([...ports])
  const start = (which: 0 | 1): Started =>
    startProcess({
      entry: path.join(ROOT, 'src/main.ts'),
      ...(process.env.FAULTS_OUTPUT ? { output: 'inherit' as const } : {}),
      env: {
        DATABASE_URL: cluster.url,
        REDIS_URL: redis.url,
        TELEGRAM_BOT_TOKEN: TOKEN,
        TELEGRAM_API_ROOT: apiRoot,
        TELEGRAM_UPDATES: 'webhook',
        PUBLIC_URL: proxy.url,
        PORT: String(ports[which]),
        DATA_DIR: folder.path,
        LOG_LEVEL: process.env.FAULTS_OUTPUT ? 'warn' : 'silent',
      },
    })
  const ready = (which: 0 | 1, app: Started) => untilReady(app, `http://127.0.0.1:${ports[which]}/ready`)
  // the first start makes the tables and the key that both use
  const first = start(0)
  await ready(0, first)
  const apps = [first, start(1)] as [Started, Started]
  await ready(1, apps[1])
  const db = connect(cluster.url)
  return {
    ...{ api, cluster, db },
    async kill(which) {
      await apps[which].kill()
      apps[which] = start(which)
      await ready(which, apps[which])
    },
    async close() {
      await db.$disconnect()
      await Promise.all(apps.map(app => app.stop()))
      await proxy.stop()
      await api.stop()
      await redis.stop()
      await cluster.stop()
      await folder.remove()
    },
  }
}
