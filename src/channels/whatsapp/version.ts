import type { WAVersion } from '@whiskeysockets/baileys'
import { SECOND, sleep } from '../../lib/time.ts'
import type { Baileys } from './baileys.ts'

const PATIENCE = 10 * SECOND

/**
 * WhatsApp refuses clients that are too old (405). Asked only then: what WhatsApp Web itself says, else what Baileys'
 * project says, else undefined: the version that came with the package.
 */
export async function newestVersion(baileys: Baileys): Promise<WAVersion | undefined> {
  for (const ask of [baileys.fetchLatestWaWebVersion, baileys.fetchLatestBaileysVersion]) {
    const signal = AbortSignal.timeout(PATIENCE)
    const asked = ask({ signal }).then(
      ({ version, error }) => (error === undefined ? version : undefined),
      () => undefined,
    )
    const version = await Promise.race([asked, sleep(PATIENCE).then(() => undefined)])
    if (version) return version
  }
  return undefined
}
