import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils'
import pg from 'pg'

const CHAR_OID = 18
const TEXT_OID = 25

/** The protected and private parts of @prisma/adapter-pg 7.10 (pinned) that the repairs below need. */
interface Internals {
  performIO(query: SqlQuery): Promise<pg.QueryArrayResult>
  onError(error: unknown): never
  queryRaw(query: SqlQuery): Promise<SqlResultSet>
}

/** The database the schema engine works on, and the empty shadow databases in which it replays migrations. */
export function migrationAdapter(url: string): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => {
      const pool = onePool(url)
      return connectRepaired(pool, () => pool.end())
    },
    connectToShadowDb: async () => {
      const admin = onePool(url)
      const name = `shadow_${randomUUID()}`
      await admin.query(`CREATE DATABASE "${name}"`)
      const shadowUrl = new URL(url)
      shadowUrl.pathname = `/${name}`
      const pool = onePool(shadowUrl.href)
      return connectRepaired(pool, async () => {
        await pool.end()
        await admin.query(`DROP DATABASE IF EXISTS "${name}"`)
        await admin.end()
      })
    },
  }
}

const onePool = (url: string) => new pg.Pool({ connectionString: url, max: 1 })

/**
 * @prisma/adapter-pg serves the client, not the schema engine; two repairs make it serve both:
 * it refuses the catalog type "char", which introspection needs, and it splits scripts at every semicolon, which breaks
 * functions, DO blocks and quoted text.
 */
async function connectRepaired(pool: pg.Pool, dispose: () => Promise<void>): Promise<SqlDriverAdapter> {
  const adapter = await new PrismaPg(pool).connect()
  const internals = adapter as unknown as Internals
  const queryRaw = internals.queryRaw
  adapter.queryRaw = async query => {
    const chars: number[] = []
    const performIO = async (inner: SqlQuery) => {
      const result = await internals.performIO(inner)
      for (const [index, field] of result.fields.entries())
        if (field.dataTypeID === CHAR_OID) {
          chars.push(index)
          field.dataTypeID = TEXT_OID
        }
      return result
    }
    const repaired = Object.create(adapter, { performIO: { value: performIO } }) as Internals
    const result = await queryRaw.call(repaired, query)
    for (const index of chars) result.columnTypes[index] = ColumnTypeEnum.Character
    return result
  }
  adapter.executeScript = async sql => {
    try {
      await pool.query(sql)
    } catch (error) {
      internals.onError(error)
    }
  }
  adapter.dispose = dispose
  return adapter
}
