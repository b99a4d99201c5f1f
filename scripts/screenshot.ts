import path from 'node:path'
import { startApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createLog } from '../src/lib/log.ts'
import { openBrowser, openTab } from '../test/support/browser.ts'
import { ChatPerson } from '../test/support/chat-person.ts'
import { temporaryFolder } from '../test/support/folders.ts'

/**
 * Takes the picture of the README: two residents at the chat page of a real, throw-away assistant.
 * Wants Chromium and an emoji font (Debian: fonts-noto-core fonts-noto-color-emoji). Run: npx tsx scripts/screenshot.ts
 */
const FILE = path.join(import.meta.dirname, '../docs/images/chat-page.png')

const began = Date.now()
const clock = { now: () => Date.parse('2026-11-25T10:00:00+07:00') + Date.now() - began }
const folder = await temporaryFolder('screenshot')
const config = readConfig({ DATA_DIR: folder.path, PORT: '0', LOG_LEVEL: 'silent' })
const app = await startApp(config, { clock, log: createLog('silent') })
const browser = await openBrowser()
try {
  const viewport = { width: 1000, height: 760 }
  const tab = await openTab(browser, app.url ?? '', {
    viewport,
    colorScheme: 'light',
    deviceScaleFactor: 1.5,
  })
  const { page } = tab
  await page.getByRole('button', { name: 'Tambah warga' }).click()
  const [siti, budi] = [new ChatPerson(page, 1), new ChatPerson(page, 2)]
  await budi.root.locator('.tools > summary').click()
  await budi.root.getByLabel('Teks bernomor, seperti WhatsApp').check()
  await page.keyboard.press('Escape')
  await siti.type('halo')
  await siti.walk([
    [/Selamat datang/, 'Daftar'],
    [/sudah 18 tahun/, 'Sudah'],
    [/Apakah Anda setuju/, 'Setuju'],
    [/pengingat jadwal/, 'Boleh'],
    [/Pertanyaan 1 dari 3/, 'Tidak'],
    [/Pertanyaan 2 dari 3/, 'mau dong'],
  ])
  await siti.question(/Pertanyaan 3 dari 3/)
  await budi.type('daftar')
  await budi.walk([
    [/Selamat datang/, '1'],
    [/sudah 18 tahun/, 'sudah'],
    [/Apakah Anda setuju/, '1'],
    [/pengingat jadwal/, 'jangan'],
    [/Pertanyaan 1 dari 3/, 'iya'],
    [/Pertanyaan 2 dari 3/, 'ga'],
    [/Pertanyaan 3 dari 3/, 'belum punya usaha'],
    [/nama lengkap/, 'Budi Santoso'],
    [/lebih suka disapa/, 'pak'],
    [/nomor HP/, '0812 0000 0002'],
    [/wilayah mana/, 'kebun jeruk'],
  ])
  await budi.question(/Kebon Jeruk/)
  await page.locator('h1').click() // no field has the focus
  await page.evaluate('document.activeElement.blur()')
  await page.screenshot({ path: FILE })
  console.log(`${path.relative(process.cwd(), FILE)} taken`)
} finally {
  await browser.close()
  await app.stop()
  await folder.remove()
}
