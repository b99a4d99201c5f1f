import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'

const read = (name: string) => readFileSync(path.join(import.meta.dirname, 'client', name), 'utf8')

/** Read once; a fixed list, so that no path of a request ever reaches the disk. */
export const FILES = {
  'pairing.js': { type: 'text/javascript; charset=utf-8', text: read('pairing.js') },
  'pairing.css': { type: 'text/css; charset=utf-8', text: read('pairing.css') },
}

const version = createHash('sha256')
  .update(FILES['pairing.js'].text + FILES['pairing.css'].text)
  .digest('hex')
  .slice(0, 8)

export const ASSETS = {
  script: `/whatsapp/pairing.js?${version}`,
  style: `/whatsapp/pairing.css?${version}`,
}
