import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import type { Say } from '../../src/engine/types.ts'
import { openBrowser, openTab, type Tab } from './browser.ts'
import type { Script } from './chat-page.ts'
import { servePage, type Served } from './chat-page-server.ts'

/** For tests in a browser: the chat page with a scripted assistant, and what a person does at it. */

const welcome: Say = {
  text: [
    'Selamat datang di ',
    { bold: 'Asisten OK OCE' },
    ' 👋\n\nLayanan ini gratis. Ketik ',
    { bold: 'menu' },
    ' kapan saja.',
  ],
  wait: 'w1',
  choices: [{ label: 'Daftar' }, { label: 'Buat janji' }, { label: 'Menu lain' }],
}
const menu: Say = {
  text: ['Silakan pilih yang Anda perlukan.'],
  wait: 'w2',
  choices: [
    { label: 'Daftar OK OCE', description: 'Isi data singkat, sekitar 3 menit' },
    { label: 'Buat janji klinik', description: 'Bertemu coach di kecamatan Anda' },
  ],
  more: 'lainnya',
}
const phone: Say = {
  text: ['Boleh minta nomor HP?'],
  wait: 'w3',
  choices: [{ label: 'Bagikan nomor saya' }, { label: 'Lewati' }],
  request: 'contact',
}

const script: Script = ({ inbound: { incoming } }, now) => {
  switch (incoming.kind) {
    case 'text':
      if (incoming.text === 'halo')
        return {
          says: [welcome],
          step: 'salam',
          timer: { name: 'nudge', wait: 'w1', at: now + 3 * 3_600_000 },
        }
      if (incoming.text === 'menu') return { says: [menu], step: 'menu' }
      if (incoming.text === 'nomor') return { says: [phone], step: 'nomor' }
      return { says: [{ text: [`dengar: ${incoming.text}`] }] }
    case 'timer':
      return { says: [{ text: ['Masih di situ? Lanjutkan kapan saja.'] }] }
    case 'contact':
      return { says: [{ text: [`nomor: ${incoming.phone}`] }] }
    case 'tap':
      return { says: [{ text: [`pilihan ${incoming.wait} ${incoming.option}`] }] }
    default:
      return { says: [{ text: [incoming.kind] }] }
  }
}

export interface Scene {
  served: () => Served
  open(options?: Parameters<typeof openTab>[2]): Promise<Tab>
  /** A tab of its own; at its end nothing may have been complained of. */
  withTab(options: Parameters<typeof openTab>[2], work: (tab: Tab) => Promise<void>): Promise<void>
}

/** Starts page and browser once for a test file. */
export function scene(): Scene {
  let served: Served
  let browser: Browser
  beforeAll(async () => {
    ;[served, browser] = await Promise.all([servePage(script), openBrowser()])
  })
  afterAll(async () => {
    await browser.close()
    await served.close()
  })
  const open: Scene['open'] = options => openTab(browser, served.url, options)
  return {
    served: () => served,
    open,
    async withTab(options, work) {
      const tab = await open(options)
      try {
        await work(tab)
        expect(tab.complaints).toEqual([])
      } finally {
        await tab.close()
      }
    },
  }
}

export const chat = ({ page }: Tab, resident = 1) => page.locator(`#warga-${resident}`)
export const own = (tab: Tab) => chat(tab).locator('.own .text').allInnerTexts()
const last = (tab: Tab, resident = 1) =>
  chat(tab, resident).locator('.messages .theirs').last().locator('.text:visible')
export const type = async (tab: Tab, text: string, resident = 1) => {
  await chat(tab, resident).locator('textarea').fill(text)
  await chat(tab, resident).locator('textarea').press('Enter')
}
export const heard = async (tab: Tab, text: string, resident = 1) =>
  expect.poll(() => last(tab, resident).innerText()).toContain(text)
