import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { AxeResults } from 'axe-core'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { requireTool } from './tools.ts'

const OUTPUT = path.join(import.meta.dirname, '../e2e/output')
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** For whatever the browser waits for: a busy machine takes its time. */
const PATIENCE_MS = 60_000

export const PHONE = { width: 390, height: 844 }
export const DESKTOP = { width: 1280, height: 800 }

/** Debian's Chromium. As root it needs --no-sandbox, in a container its shared memory is small. */
export function openBrowser(): Promise<Browser> {
  const args = ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  return chromium.launch({ executablePath: requireTool('browser'), args })
}

export interface Tab {
  page: Page
  /** What the console and the page itself complained of. */
  complaints: string[]
  close(): Promise<void>
}

/** A browser profile of its own. Whatever the page complains of is kept, and so is any request to another host. */
export async function openTab(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Tab> {
  const context = await browser.newContext({
    viewport: PHONE,
    locale: 'id-ID',
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', error => complaints.push(error.message))
  page.on('request', request => {
    if (new URL(request.url()).origin !== new URL(url).origin) complaints.push(`outside: ${request.url()}`)
  })
  await page.goto(url)
  return { page, complaints, close: () => context.close() }
}

/** Serious findings of axe, as `rule: selector`. Injected by the debugger, so the page's own policy stays as it is. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(AXE, 'utf8'))
  const results = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResults
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(' ')}`))
}

/** How many pixels the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  ) as Promise<number>

export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true })
  await page.screenshot({ path: path.join(OUTPUT, `${name}.png`) })
}
