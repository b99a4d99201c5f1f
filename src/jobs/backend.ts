import { createPostgresBackend, Queue, Worker, withBackend, type Processor } from 'bullmq'
import { Redis } from 'ioredis'

/** Which server keeps the bells. Both offer the same queues; neither holds a fact. */
export type QueueServer =
  | { kind: 'redis'; url: string }
  /** `Client`: a class of connections that outlive a restart of the server. */
  | { kind: 'postgres'; url: string; Client: new () => unknown }

export interface Backend {
  queue(name: string): Queue
  worker(name: string, processor: Processor): Worker
  close(): Promise<void>
}

/** Run by whoever opened them, once their connection is ready: see `Bells.hear`. */
const WORKER = { autorun: false, concurrency: 1, removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } }

export function openBackend(server: QueueServer): Backend {
  return server.kind === 'redis' ? redisBackend(server.url) : postgresBackend(server)
}

/**
 * Producers fail at once while Redis is away (no offline queue): a bell that comes late is worth nothing, and whoever
 * rings must not wait. Workers wait as long as it takes.
 */
function redisBackend(url: string): Backend {
  const connect = (patient: boolean) =>
    new Redis(url, {
      maxRetriesPerRequest: patient ? null : 1,
      enableOfflineQueue: patient,
      retryStrategy: tries => Math.min(tries * 100, 2000),
    })
  const connections: Redis[] = []
  const open = (patient: boolean) => {
    const connection = connect(patient)
    connection.on('error', () => {}) // every Queue and Worker reports it too
    connections.push(connection)
    return connection
  }
  return {
    queue: name => new Queue(name, { connection: open(false) }),
    worker: (name, processor) => new Worker(name, processor, { connection: open(true), ...WORKER }),
    async close() {
      for (const connection of connections) connection.disconnect()
    },
  }
}

function postgresBackend({ url, Client }: Extract<QueueServer, { kind: 'postgres' }>): Backend {
  const classes = withBackend(createPostgresBackend)
  const connection = { connectionString: url, max: 2, migrate: true, Client }
  return {
    queue: name => new classes.Queue(name, { connection }) as unknown as Queue,
    worker: (name, processor) =>
      new classes.Worker(name, processor, { connection, ...WORKER }) as unknown as Worker,
    async close() {},
  }
}
