import { describe, expect, it } from 'vitest'
import { axeFindings, DESKTOP, overflow, PHONE, screenshot } from '../support/browser.ts'
import { chat, heard, own, scene, type } from '../support/chat-page-scene.ts'

const { served, open, withTab } = scene()

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
    const tab = await open()
    await type(tab, 'halo')
    await heard(tab, 'Selamat datang')
    try {
      await served().goDown()
      await tab.page.locator('.connection').waitFor()
      for (const text of ['satu', 'dua', 'tiga']) await type(tab, text)
      const first = chat(tab).locator('.outgoing li').first()
      await first.getByText('Belum terkirim.').waitFor()
      expect(await chat(tab).locator('.outgoing .text').allInnerTexts()).toEqual(['satu', 'dua', 'tiga'])
      await screenshot(tab.page, 'page-390-offline')
      expect(await axeFindings(tab.page)).toEqual([])
      await tab.page.emulateMedia({ colorScheme: 'dark' })
      expect(await axeFindings(tab.page)).toEqual([])
    } finally {
      await served().comeUp()
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
    const tab = await open()
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
      await tab.page.getByText('Jam dimajukan: +3 jam').waitFor()
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
      for (const n of [3, 4]) {
        await tab.page.getByRole('button', { name: 'Tambah warga' }).click()
        await chat(tab, n).waitFor()
      }
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
      await other.goto(`${served().url}#warga-2`)
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
