import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp, type App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/lib/log.ts'
import {
  axeFindings,
  DESKTOP,
  openBrowser,
  openTab,
  overflow,
  PHONE,
  screenshot,
} from '../support/browser.ts'
import { ChatPerson, type Road } from '../support/chat-person.ts'
import { testDatabase } from '../support/postgres.ts'

/** The whole assistant, as `npm start` runs it, and people who have never seen it. */
const began = Date.now()
/** A morning: what may be sent at which hour is not left to when the tests run. */
const clock = { now: () => Date.parse('2026-11-25T09:00:00+07:00') + Date.now() - began }
let app: App
let browser: Browser
beforeAll(async () => {
  const { url } = await testDatabase()
  const config = readConfig({
    DATABASE_URL: url,
    SECRET_KEY: 'a key for tests only, of 32 characters',
    PORT: '0',
  })
  ;[app, browser] = await Promise.all([startApp(config, { clock, log: createLog('silent') }), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await app.stop()
})

const NUMBER = /OKO-[0-9A-HJKMNP-TV-Z]{6}/

async function registered(text: string) {
  const number = NUMBER.exec(text)?.[0] ?? ''
  const { db } = app.store
  return db.resident.findUniqueOrThrow({ where: { number }, include: { intake: true, consents: true } })
}

/** How many pixels of the newest message lie out of sight above. */
const aboveTheLog = async ({ root }: ChatPerson) => {
  const top = async (selector: string) => (await root.locator(selector).boundingBox())?.y ?? NaN
  return (await top('.log')) - (await top('.messages > li:last-child'))
}

/** By how much what is read moves when the button to the newest message comes: taps miss what moves. */
const movedByNewest = (page: Page) =>
  page.evaluate(`(() => {
    const log = document.querySelector('.log')
    const height = hidden => {
      log.querySelector('.newest').hidden = hidden
      return log.scrollHeight
    }
    return height(false) - height(true)
  })()`)

it('registers on a phone by taps, with second thoughts, a reload in the middle and a shared number', async () => {
  const tab = await openTab(browser, app.url ?? '', { viewport: PHONE, colorScheme: 'light' })
  const siti = new ChatPerson(tab.page)
  await siti.root.getByRole('button', { name: 'mau daftar' }).click()
  const road: Road = [
    [/sudah 18 tahun/, 'Sudah'],
    [/Apakah Anda setuju/, page => screenshot(page, 'registration-390-consent')],
    // A text longer than the window is read from its top.
    [/Apakah Anda setuju/, async () => expect(await aboveTheLog(siti)).toBeLessThanOrEqual(0)],
    [/Apakah Anda setuju/, async page => expect(await movedByNewest(page)).toBe(0)],
    [/Apakah Anda setuju/, 'Setuju'],
    [/pengingat jadwal/, 'Boleh'],
    [/Pertanyaan 1 dari 3/, 'Ya'],
    [/Pertanyaan 2 dari 3/, 'kembali'],
    [/Pertanyaan 1 dari 3/, 'Tidak'],
    [/Pertanyaan 2 dari 3/, 'Ya'],
    [/Pertanyaan 3 dari 3/, page => page.reload()],
    [/Pertanyaan 3 dari 3/, 'Tidak'],
    [/nama lengkap/, 'Siti Aminah'],
    [/lebih suka disapa/, 'kembali'],
    [/nama lengkap/, 'Siti Aminah Putri'],
    [/lebih suka disapa/, 'Ibu'],
    [/nomor HP/, 'Bagikan nomor saya'],
    [/wilayah mana/, 'kebun jeruk'],
    [/Kebon Jeruk/, 'Ya, benar'],
    [/Kelurahannya apa/, 'Duri Kepa'],
    [/ingin Anda mulai/, 'Jasa'],
    [/mencoba menjualnya/, 'Belum'],
    [/ada modal berapa/, '2 jt'],
    [/menghambat sekarang/, 'Modal'],
    [/Mohon diperiksa/, page => screenshot(page, 'registration-390-review')],
    [/Mohon diperiksa/, 'Perbaiki'],
    [/Bagian mana/, 'Bidang rencana usaha'],
    [/ingin Anda mulai/, 'Fesyen'],
    [/Mohon diperiksa/, 'Simpan'],
  ]
  await siti.walk(road)
  const end = await siti.question(NUMBER)
  await screenshot(tab.page, 'registration-390-done')
  expect(await overflow(tab.page)).toBe(0)
  expect(await axeFindings(tab.page)).toEqual([])
  expect(tab.complaints).toEqual([])
  expect(await registered(end)).toMatchObject({
    sandbox: true,
    formOfAddress: 'Ibu',
    kelurahan: '31.73.05.1005',
    centreCode: '31.73.05',
    reminders: true,
    intake: {
      wantsJob: false,
      wantsStart: true,
      wantsGrow: false,
      startField: 'fesyen',
      startCapital: 2_000_000n,
    },
  })
  await tab.close()
})

it('registers on a desktop by typing, in numbered text, beside another resident who declines', async () => {
  const tab = await openTab(browser, app.url ?? '', { viewport: DESKTOP, colorScheme: 'dark' })
  const { page } = tab
  await page.getByRole('button', { name: 'Tambah warga' }).click()
  const [budi, dewi] = [new ChatPerson(page, 1), new ChatPerson(page, 2)]
  await budi.root.locator('.tools > summary').click()
  await budi.root.getByLabel('Teks bernomor, seperti WhatsApp').check()
  await page.keyboard.press('Escape')
  await budi.type('halo')
  await dewi.type('assalamualaikum')
  await budi.walk([
    [/1\. Daftar\n2\. Menu lain/, '1'],
    [/sudah 18 tahun/, 'sudah'],
    [/1\. Setuju/, 'mungkin'],
    [/1\. Setuju/, '1'],
    [/pengingat jadwal/, 'jangan'],
    [/Pertanyaan 1 dari 3/, 'ya saya cari kerja'],
  ])
  await dewi.walk([
    [/Selamat datang/, 'daftar dong'],
    [/sudah 18 tahun/, 'sudah'],
    [/Apakah Anda setuju/, 'Tidak setuju'],
  ])
  await dewi.question(/Data Anda tidak disimpan/)
  await budi.walk([
    [/Pertanyaan 2 dari 3/, 'ga'],
    [/Pertanyaan 3 dari 3/, 'belum punya usaha'],
    [/nama lengkap/, 'Budi Santoso'],
    [/lebih suka disapa/, 'pak'],
    [/nomor HP/, '0812'],
    [/belum pas/, '0812 3456 7890'],
    [/wilayah mana/, 'kelapa dua'],
    [/1\. Kelapa Dua, Kebon Jeruk/, '1'],
    [/Pendidikan terakhir/, 'smk'],
    [/Pekerjaan seperti apa/, 'kurir'],
    [/pelatihan kerja/, '1'],
    [/Mohon diperiksa/, 'simpan'],
  ])
  const end = await budi.question(NUMBER)
  await screenshot(page, 'registration-1280-done')
  expect(await overflow(page)).toBe(0)
  expect(await axeFindings(page)).toEqual([])
  expect(tab.complaints).toEqual([])
  expect(await registered(end)).toMatchObject({
    sandbox: true,
    formOfAddress: 'Bapak',
    centreCode: '31.73.05',
    reminders: false,
    intake: { wantsJob: true, wantsStart: false, wantsGrow: false, jobEducation: 'sma' },
  })
  await tab.close()
})

it('reminds a resident who stopped half-way, at the hours of the chat’s own clock', async () => {
  const tab = await openTab(browser, app.url ?? '', { viewport: PHONE })
  const rani = new ChatPerson(tab.page)
  await rani.type('daftar')
  await rani.walk([
    [/sudah 18 tahun/, 'Sudah'],
    [/Apakah Anda setuju/, 'Setuju'],
    [/pengingat jadwal/, 'Boleh'],
    [
      /Pertanyaan 1 dari 3/,
      async page => {
        await rani.root.locator('.tools > summary').click()
        await page.getByRole('button', { name: '+7 hari' }).click()
        await page.getByText('Jam dimajukan: +7 hari').waitFor()
        await page.keyboard.press('Escape')
      },
    ],
  ])
  await rani.question(/isiannya kami hapus/)
  const said = await rani.root.locator('.theirs .text:visible').allInnerTexts()
  expect(said.slice(-3).map(text => /berhenti sebentar|Mau dilanjutkan|kami hapus/.exec(text)?.[0])).toEqual([
    'berhenti sebentar',
    'Mau dilanjutkan',
    'kami hapus',
  ])
  await screenshot(tab.page, 'registration-390-expired')
  expect(tab.complaints).toEqual([])
  await tab.close()
})
