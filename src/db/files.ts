import type { Files } from '../app/ports.ts'
import type { OutboundFile } from '../channels/channel.ts'
import type { FilesMade } from '../domain/ports.ts'
import type { Db, Tx } from './client.ts'
import type { Sealer } from './seal.ts'

const OWN = 'own/'
export const filePlace = (conversationId: number) => `files:${conversationId}`

/** Makes the files of a prefix (`workbook` makes `workbook/kas@1`); the same rest must always give the same bytes. */
export type MadeFiles = Readonly<
  Record<string, (rest: string) => Pick<OutboundFile, 'mime' | 'bytes'> | undefined>
>

export const filesFor = (tx: Tx, sealer: Sealer): FilesMade => ({
  async add(conversationId, { mime, bytes }, at) {
    const sealed = sealer.sealBytes(filePlace(conversationId), bytes)
    const { id } = await tx.file.create({
      data: { conversationId, mime, bytes: sealed, createdAt: new Date(at) },
    })
    return `${OWN}${id}`
  },
})

/** Files as deliveries and the chat page need them. What platforms keep is remembered only for files made by code. */
export function createFiles(db: Db, sealer: Sealer, made: MadeFiles): Files {
  return {
    async open(account, key) {
      if (key.startsWith(OWN)) return openOwn(db, sealer, key.slice(OWN.length))
      const slash = key.indexOf('/')
      const make = made[key.slice(0, slash)]
      const file = make?.(key.slice(slash + 1))
      if (!file) return undefined
      const kept = await db.media.findUnique({ where: { account_key: { account, key } } })
      return { ...file, ...(kept ? { mediaId: kept.mediaId } : {}) }
    },
    async keepMediaId(account, key, mediaId) {
      if (key.startsWith(OWN)) return
      const where = { account_key: { account, key } }
      await db.media.upsert({ where, create: { account, key, mediaId }, update: { mediaId } })
    },
  }
}

async function openOwn(db: Db, sealer: Sealer, id: string): Promise<OutboundFile | undefined> {
  const row = await db.file.findUnique({ where: { id } })
  const bytes = row && sealer.tryOpenBytes(filePlace(row.conversationId), row.bytes)
  return bytes ? { mime: row.mime, bytes: () => Promise.resolve(bytes) } : undefined
}
