import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Say } from '../../src/engine/types.ts'
import {
  axeFindings,
  DESKTOP,
  openBrowser,
  openTab,
  overflow,
  PHONE,
  screenshot,
  type Tab,
} from '../support/browser.ts'
import type { Script } from '../support/chat-page.ts'
import { servePage, type Served } from '../support/chat-page-server.ts'

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

let served: Served
let browser: Browser
beforeAll(async () => {
  ;[served, browser] = await Promise.all([servePage(script), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await served.close()
})

const chat = ({ page }: Tab, resident = 1) => page.locator(`#warga-${resident}`)
const own = (tab: Tab) => chat(tab).locator('.own .text').allInnerTexts()
const last = (tab: Tab, resident = 1) =>
  chat(tab, resident).locator('.messages .theirs').last().locator('.text:visible')
const type = async (tab: Tab, text: string, resident = 1) => {
  await chat(tab, resident).locator('textarea').fill(text)
  await chat(tab, resident).locator('textarea').press('Enter')
}
const heard = async (tab: Tab, text: string, resident = 1) =>
  expect.poll(() => last(tab, resident).innerText(), { timeout: 10_000 }).toContain(text)

async function withTab(
  options: Parameters<typeof openTab>[2],
  work: (tab: Tab) => Promise<void>,
): Promise<void> {
  const tab = await openTab(browser, served.url, options)
  try {
    await work(tab)
    expect(tab.complaints).toEqual([])
  } finally {
    await tab.close()
  }
}

const SIZES = [
  ['320', { width: 320, height: 640 }],
  ['390', PHONE],
  ['1280', DESKTOP],
] as const

describe.each(SIZES)('at %s pixels', (size, viewport) => {
  it.each(['light', 'dark'] as const)('is whole and clear in %s', async colorScheme => {
    await withTab({ viewport, colorScheme }, async tab => {
      await screenshot(tab.page, `page-${size}-${colorScheme}-empty`)
      expect(await axeFindings(tab.page)).toEqual([])
      await type(tab, 'halo')
      await heard(tab, 'Selamat datang')
      await tab.page.getByRole('button', { name: 'Buat janji' }).click()
      await heard(tab, 'pilihan w1 2')
      await type(tab, 'menu')
      await heard(tab, 'Silakan pilih')
      await type(tab, 'kata-yang-sangat-panjang-sekali-tanpa-spasi-'.repeat(5))
      await heard(tab, 'dengar: kata')
      await screenshot(tab.page, `page-${size}-${colorScheme}-chat`)
      expect(await overflow(tab.page)).toBe(0)
      expect(await axeFindings(tab.page)).toEqual([])
      await chat(tab).locator('.tools > summary').click()
      await tab.page.getByText('Untuk pengembang').click()
      await screenshot(tab.page, `page-${size}-${colorScheme}-tools`)
      expect(await overflow(tab.page)).toBe(0)
      expect(await axeFindings(tab.page)).toEqual([])
    })
  })
})

describe('with the keyboard alone', () => {
  const focused = (tab: Tab) =>
    tab.page.evaluate(
      'document.activeElement.getAttribute("aria-label") ?? document.activeElement.innerText.trim() ?? ""',
    )

  it.each(SIZES)(
    'at %s pixels goes from the top to the newest buttons, then to the field',
    async (_size, viewport) => {
      await withTab({ viewport }, async tab => {
        await type(tab, 'menu')
        await heard(tab, 'Silakan pilih')
        await type(tab, 'halo')
        await heard(tab, 'Selamat datang')
        await tab.page.reload()
        const order: string[] = []
        for (let i = 0; i < (viewport.width < 760 ? 11 : 10); i++) {
          await tab.page.keyboard.press('Tab')
          order.push(String(await focused(tab)))
        }
        expect(order).toEqual([
          'Ganti ke bahasa Inggris / switch to English',
          'Ganti tampilan gelap atau terang',
          ...(viewport.width < 760 ? ['Warga 1'] : []),
          '+ Tambah warga',
          '⋯\nAlat Warga 1',
          'Percakapan Asisten OK OCE dengan Warga 1',
          'Daftar',
          'Buat janji',
          'Menu lain',
          '', // the field, named by its label
          'Kirim',
        ])
      })
    },
  )

  it('sends with Enter, breaks the line with Shift and Enter, presses buttons, closes what is open', async () => {
    await withTab({}, async tab => {
      const field = tab.page.getByLabel('Pesan untuk Asisten OK OCE dari Warga 1')
      await field.focus()
      await tab.page.keyboard.type('satu')
      await tab.page.keyboard.press('Shift+Enter')
      await tab.page.keyboard.type('dua')
      await tab.page.keyboard.press('Enter')
      await heard(tab, 'dengar: satu\ndua')
      expect(await field.inputValue()).toBe('')
      await tab.page.keyboard.type('   ')
      await tab.page.keyboard.press('Enter') // nothing to send
      await tab.page.keyboard.type('halo')
      await tab.page.keyboard.press('Enter')
      await heard(tab, 'Selamat datang')
      for (let i = 0; i < 3; i++) await tab.page.keyboard.press('Shift+Tab')
      await tab.page.keyboard.press('Space')
      await heard(tab, 'pilihan w1 1')
      expect(await own(tab)).toEqual(['satu\ndua', 'halo', 'Daftar'])
      const tools = chat(tab).locator('.tools')
      await tools.locator('> summary').press('Enter')
      expect(await tools.getAttribute('open')).toBe('')
      await tab.page.keyboard.press('Escape')
      expect(await tools.getAttribute('open')).toBeNull()
      expect(String(await focused(tab))).toContain('Alat')
    })
  })
})

describe('a chat', () => {
  it('survives a reload in the middle, with what was half typed', async () => {
    await withTab({}, async tab => {
      await type(tab, 'halo')
      await heard(tab, 'Selamat datang')
      await tab.page.getByRole('button', { name: 'Buat janji' }).click()
      await heard(tab, 'pilihan w1 2')
      await chat(tab).locator('textarea').fill('setengah jadi')
      await tab.page.reload()
      expect(await own(tab)).toEqual(['halo', 'Buat janji'])
      expect(await chat(tab).locator('.chosen:visible').allInnerTexts()).toEqual(['Buat janji'])
      expect(await chat(tab).locator('textarea').inputValue()).toBe('setengah jadi')
      await chat(tab).locator('textarea').press('Enter')
      await heard(tab, 'dengar: setengah jadi')
      expect(await chat(tab).locator('.messages .message').count()).toBe(6)
    })
  })

  it('keeps the order of messages sent quickly, without a connection too, and says what is not sent', async () => {
    const tab = await openTab(browser, served.url)
    await type(tab, 'halo')
    await heard(tab, 'Selamat datang')
    try {
      await served.goDown()
      await tab.page.locator('.connection').waitFor()
      for (const text of ['satu', 'dua', 'tiga']) await type(tab, text)
      const first = chat(tab).locator('.outgoing li').first()
      await first.getByText('Belum terkirim.').waitFor({ timeout: 10_000 })
      expect(await chat(tab).locator('.outgoing .text').allInnerTexts()).toEqual(['satu', 'dua', 'tiga'])
      await screenshot(tab.page, 'page-390-offline')
      expect(await axeFindings(tab.page)).toEqual([])
      await tab.page.emulateMedia({ colorScheme: 'dark' })
      expect(await axeFindings(tab.page)).toEqual([])
    } finally {
      await served.comeUp()
    }
    await heard(tab, 'dengar: tiga')
    expect(await chat(tab).locator('.theirs .text:visible').allInnerTexts()).toEqual([
      expect.stringContaining('Selamat'),
      'dengar: satu',
      'dengar: dua',
      'dengar: tiga',
    ])
    expect(await own(tab)).toEqual(['halo', 'satu', 'dua', 'tiga'])
    expect(await chat(tab).locator('.outgoing li').count()).toBe(0)
    expect(await tab.page.locator('.connection').isHidden()).toBe(true)
    expect(
      tab.complaints.filter(text => !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE|ERR_EMPTY/.test(text)),
    ).toEqual([])
    await tab.close()
  })

  it('offers to send again or to discard what the server refuses', async () => {
    const tab = await openTab(browser, served.url)
    let refuse = true
    await tab.page.route('**/messages', route => (refuse ? route.fulfill({ status: 507 }) : route.continue()))
    await type(tab, 'satu')
    await type(tab, 'dua')
    await tab.page.getByText('halaman coba sedang penuh').waitFor()
    await tab.page.reload() // what waits survives
    await tab.page.getByRole('button', { name: 'Buang' }).click()
    await expect.poll(() => own(tab)).toEqual(['dua'])
    await tab.page.getByText('halaman coba sedang penuh').waitFor()
    refuse = false
    await tab.page.getByRole('button', { name: 'Kirim lagi' }).click()
    await heard(tab, 'dengar: dua')
    await tab.close()
  })

  it('is shown as numbered text where the person wants it so, and stays so', async () => {
    await withTab({}, async tab => {
      await type(tab, 'menu')
      await heard(tab, 'Silakan pilih')
      await chat(tab).locator('.tools > summary').click()
      await tab.page.getByLabel('Teks bernomor, seperti WhatsApp').check()
      await tab.page.keyboard.press('Escape')
      await heard(tab, '1. Daftar OK OCE (Isi data singkat, sekitar 3 menit)\n2. Buat janji klinik')
      expect(await chat(tab).locator('.messages .choice:visible').count()).toBe(0)
      await tab.page.reload()
      await heard(tab, '0. lainnya')
    })
  })

  it('shares a made-up number, asked for or not', async () => {
    await withTab({}, async tab => {
      await type(tab, 'nomor')
      await tab.page.getByRole('button', { name: 'Bagikan nomor saya' }).click()
      await heard(tab, 'nomor: 0812 0000 0001')
      await chat(tab).locator('.tools > summary').click()
      await tab.page.getByLabel('Nomor HP contoh').fill('0812 0000 7777')
      await tab.page.getByRole('button', { name: 'Bagikan nomor', exact: true }).click()
      await heard(tab, 'nomor: 0812 0000 7777')
    })
  })

  it('has a clock that can be moved: the reminder comes, and the hour shows', async () => {
    await withTab({}, async tab => {
      await type(tab, 'halo')
      await heard(tab, 'Selamat datang')
      const before = await chat(tab).locator('.clock').innerText()
      await chat(tab).locator('.tools > summary').click()
      await tab.page.getByRole('button', { name: '+3 jam' }).click()
      await tab.page.getByText('Jam dimajukan: +3 jam').waitFor({ timeout: 10_000 })
      await heard(tab, 'Masih di situ?')
      expect(await chat(tab).locator('.clock').innerText()).not.toBe(before)
    })
  })

  it('starts over only after a question, as somebody new', async () => {
    await withTab({}, async tab => {
      await type(tab, 'halo')
      await heard(tab, 'Selamat datang')
      const restart = async (answer: string) => {
        await chat(tab).locator('.tools > summary').click()
        await tab.page.getByRole('button', { name: 'Mulai dari awal' }).click()
        await tab.page.getByRole('dialog').getByRole('button', { name: answer }).click()
      }
      await restart('Tidak jadi')
      expect(await own(tab)).toEqual(['halo'])
      await tab.page.keyboard.press('Escape')
      await restart('Ya, hapus')
      await tab.page.getByText('Mulai dari sini').waitFor()
      expect(await own(tab)).toEqual([])
      await tab.page.getByRole('button', { name: 'halo' }).click()
      await heard(tab, 'Selamat datang')
    })
  })
})

describe('several residents', () => {
  it('stand side by side on a desktop', async () => {
    await withTab({ viewport: DESKTOP, colorScheme: 'light' }, async tab => {
      await tab.page.getByRole('button', { name: 'Tambah warga' }).click()
      await chat(tab, 2).waitFor()
      await type(tab, 'halo', 1)
      await type(tab, 'menu', 2)
      await heard(tab, 'Selamat datang', 1)
      await heard(tab, 'Silakan pilih', 2)
      expect(await overflow(tab.page)).toBe(0)
      expect(await axeFindings(tab.page)).toEqual([])
      await screenshot(tab.page, 'page-1280-two')
      for (let i = 0; i < 2; i++) await tab.page.getByRole('button', { name: 'Tambah warga' }).click()
      await chat(tab, 4).waitFor()
      expect(await tab.page.getByRole('button', { name: 'Tambah warga' }).count()).toBe(0)
      expect(await overflow(tab.page)).toBe(0)
      const clipped = await tab.page.evaluate(
        `[...document.querySelectorAll('.resident *')].filter(e => e.checkVisibility() && !e.closest('.sr-only') && e.getBoundingClientRect().right > e.closest('.resident').getBoundingClientRect().right).length`,
      )
      expect(clipped).toBe(0)
      await screenshot(tab.page, 'page-1280-four')
    })
  })

  it('take turns on a phone; the one out of sight shows that it has news', async () => {
    await withTab({ viewport: PHONE }, async tab => {
      await tab.page.getByRole('button', { name: 'Tambah warga' }).click()
      await chat(tab, 2).waitFor()
      expect(await chat(tab, 1).isVisible()).toBe(false)
      await tab.page.getByRole('link', { name: 'Warga 1' }).click()
      await chat(tab, 1).waitFor()
      const [link1, link2] = [
        tab.page.getByRole('link', { name: 'Warga 1' }),
        tab.page.getByRole('link', { name: 'Warga 2' }),
      ]
      expect(await link1.getAttribute('aria-current')).toBe('true')
      const other = await tab.page.context().newPage()
      await other.goto(`${served.url}#warga-2`)
      await other.locator('#warga-2 textarea').fill('dari tab lain')
      await other.locator('#warga-2 textarea').press('Enter')
      await link2.locator('.unread').waitFor()
      await screenshot(tab.page, 'page-390-two')
      await link2.click()
      await heard(tab, 'dengar: dari tab lain', 2)
      expect(await link2.locator('.unread').isHidden()).toBe(true)
      expect(await overflow(tab.page)).toBe(0)
      expect(await axeFindings(tab.page)).toEqual([])
      await chat(tab, 2).locator('.tools > summary').click()
      await tab.page.getByRole('button', { name: 'Hapus warga ini' }).click()
      await tab.page.getByRole('dialog').getByRole('button', { name: 'Ya, hapus' }).click()
      await chat(tab, 1).waitFor()
      expect(await tab.page.locator('.resident').count()).toBe(1)
    })
  })
})

it('keeps the theme and the language that were chosen', async () => {
  await withTab({ colorScheme: 'light' }, async tab => {
    const background = () => tab.page.evaluate('getComputedStyle(document.body).backgroundColor')
    const light = await background()
    await tab.page.getByRole('button', { name: 'Ganti tampilan' }).click()
    const dark = await background()
    expect(dark).not.toBe(light)
    await tab.page.reload()
    expect(await background()).toBe(dark)
    await tab.page.getByRole('button', { name: 'switch to English' }).click()
    await tab.page.getByText('do not enter real data').waitFor()
    expect(await tab.page.getByRole('button', { name: 'Add resident' }).count()).toBe(1)
    expect(await axeFindings(tab.page)).toEqual([])
  })
})

it('gives every control room for a finger', async () => {
  await withTab({ viewport: { width: 320, height: 640 } }, async tab => {
    await type(tab, 'halo')
    await heard(tab, 'Selamat datang')
    await chat(tab).locator('.tools > summary').click()
    const small: unknown = await tab.page.evaluate(`
      [...document.querySelectorAll('button, a, summary, textarea, input[type=tel], label.radio')]
        .filter(e => e.checkVisibility() && !e.closest('.sr-only'))
        .map(e => [e.getBoundingClientRect(), e.innerText || e.className])
        .filter(([box]) => box.height < 44 || box.width < 44)
        .map(([box, name]) => name + ' ' + box.width + 'x' + box.height)`)
    expect(small).toEqual([])
  })
})
