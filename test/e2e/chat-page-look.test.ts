import { describe, expect, it } from 'vitest'
import { axeFindings, DESKTOP, overflow, PHONE, screenshot, type Tab } from '../support/browser.ts'
import { chat, heard, own, scene, type } from '../support/chat-page-scene.ts'

const { withTab } = scene()

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
