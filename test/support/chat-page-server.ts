import { Hono } from 'hono'
import { listen } from '../../src/http/server.ts'
import { SECOND, sleep } from '../../src/lib/time.ts'
import { openPage, withScript, type Page, type Script } from './chat-page.ts'
import { freePort } from './redis.ts'

export interface Served {
  url: string
  page: Page
  /** The network as the browser finds it. */
  goDown(): Promise<void>
  comeUp(): Promise<void>
  close(): Promise<void>
}

/** The chat page over real HTTP, with a scripted assistant whose path beats by itself. */
export async function servePage(script: Script): Promise<Served> {
  const page = await openPage()
  page.clock.advance(Date.now() - page.clock.now())
  const { settle } = await withScript(page, script)
  const port = await freePort()
  const routes = new Hono().route('/', page.routes)
  let open = true
  const beats = (async () => {
    for (let last = Date.now(); open; await sleep(25)) {
      page.clock.advance(Date.now() - last)
      last = Date.now()
      await settle()
    }
  })()
  const up = () => listen(routes, { port, hostname: '127.0.0.1' })
  let web: Awaited<ReturnType<typeof up>> | undefined = await up()
  const down = async () => {
    await web?.stop()
    web = undefined
  }
  return {
    url: `http://127.0.0.1:${port}/`,
    page,
    goDown: down,
    comeUp: async () => void (web ??= await up()),
    async close() {
      await down()
      await page.channel.stop()
      open = false
      await beats
      await sleep(SECOND / 10)
      await page.close()
    },
  }
}
