import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'

export type Routes = Hono

/** What one dependency or channel says of itself. */
export interface Part {
  name: string
  ok: boolean
  /** Whether the assistant can work without it for a while. */
  vital: boolean
  detail: string
}

export interface Health {
  parts: () => Promise<Part[]>
  metrics: () => Promise<{ body: string; contentType: string }>
}

/** `/health`: the process lives. `/ready`: it can do its work; each part with its state. `/metrics`: Prometheus. */
export function healthRoutes(health: Health): Hono {
  const app = new Hono()
  app.get('/health', c => c.json({ status: 'ok' }))
  app.get('/ready', async c => {
    const parts = await health.parts()
    const ready = parts.every(part => part.ok || !part.vital)
    return c.json({ status: ready ? 'ready' : 'not ready', parts }, ready ? 200 : 503)
  })
  app.get('/metrics', async c => {
    const { body, contentType } = await health.metrics()
    return c.body(body, 200, { 'content-type': contentType })
  })
  return app
}

export interface WebServer {
  url: string
  stop(): Promise<void>
}

/** Listens; rejects when the port is taken. Streams that stay open are ended at stop. */
export function listen(app: Hono, options: { port: number; hostname: string }): Promise<WebServer> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, ...options }, (info: AddressInfo) => {
      server.off('error', reject)
      resolve({ url: `http://${hostOf(options.hostname)}:${info.port}`, stop: () => close(server) })
    }) as Server
    server.once('error', reject)
  })
}

const hostOf = (hostname: string) => (hostname === '0.0.0.0' || hostname === '::' ? 'localhost' : hostname)

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
