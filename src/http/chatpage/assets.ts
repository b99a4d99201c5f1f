import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Hono } from 'hono'
import { etag } from 'hono/etag'

const FOLDER = path.join(import.meta.dirname, 'client')
const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Read once; a fixed list, so that no path of a request ever reaches the disk. */
const files = new Map(
  readdirSync(FOLDER)
    .filter(name => path.extname(name) in TYPES)
    .map(name => [name, readFileSync(path.join(FOLDER, name))]),
)

const version = createHash('sha256')
  .update([...files.values()].join(''))
  .digest('hex')
  .slice(0, 8)
/** The modules that the script imports have no version in their names, so each is asked for again, mostly for a 304. */
export const ASSETS = { style: `/chat/style.css?${version}`, script: `/chat/main.js?${version}` }

export function assetRoutes(): Hono {
  const app = new Hono()
  app.use('/:file', etag())
  app.get('/:file', c => {
    const name = c.req.param('file')
    const file = files.get(name)
    if (!file) return c.notFound()
    return c.body(new Uint8Array(file), 200, {
      'Content-Type': TYPES[path.extname(name)] ?? 'application/octet-stream',
      'Cache-Control': 'no-cache',
    })
  })
  return app
}
