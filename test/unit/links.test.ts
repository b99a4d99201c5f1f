import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import centres from '../../prisma/seed/centres.json' with { type: 'json' }
import { linksFor, printLinks, whatsAppLinks } from '../../src/cli/links.ts'
import { posterPage } from '../../src/cli/links/posters.ts'
import { LinkError, posterSource, startLink } from '../../src/domain/links.ts'

const bot = 'okoce_bot'

describe('links that open the assistant', () => {
  test('each centre has one of its own, and Telegram takes it', () => {
    const urls = linksFor(centres, { bot }).map(({ url }) => url)
    expect(new Set(urls).size).toBe(44)
    expect(urls).toContain('https://t.me/okoce_bot?start=poster-kebon-jeruk')
    for (const url of urls) expect(new URL(url).searchParams.get('start')).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
  })

  test('one centre, or a campaign', () => {
    expect(linksFor(centres, { bot: '@okoce_bot', centre: 'tambora' })).toEqual([
      {
        title: 'Tambora',
        place: 'Jakarta Barat',
        url: 'https://t.me/okoce_bot?start=poster-tambora',
        app: 'Telegram',
      },
    ])
    expect(linksFor([], { bot, campaign: 'pasar-minggu-1' })).toMatchObject([
      { url: 'https://t.me/okoce_bot?start=pasar-minggu-1' },
    ])
  })

  test.each([
    [{ bot, campaign: 'hari ini' }, /"hari ini" cannot stand in a link; expected up to 64/],
    [{ bot: 'x', campaign: 'a' }, /"x" is no name of a bot/],
    [{ bot, centre: 'Bandung' }, /no centre is called "Bandung"/],
  ])('%j is refused with what is expected', (request, message) => {
    expect(() => linksFor(centres, request)).toThrow(LinkError)
    expect(() => linksFor(centres, request)).toThrow(message)
  })

  test('whatever a centre is called, its source can stand in a link', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z][A-Za-z '.-]{0,40}$/), name => {
        expect(() => startLink(bot, posterSource(name))).not.toThrow()
      }),
    )
  })

  test('are printed with their codes, and as posters', async () => {
    const links = linksFor(centres, { bot, centre: 'kebon' })
    const text = await printLinks(links, true)
    expect(text.split('\n')[0]).toMatch(/^Kebon Jeruk {2}https:/)
    expect(text).toMatch(/[█▀▄]{10}/)
    const page = await posterPage(links)
    expect(page.match(/<svg /g)).toHaveLength(links.length)
    expect(page).toContain('OK OCE Center Kebon Jeruk<br>Jakarta Barat')
    expect(page).toContain('https://t.me/okoce_bot?start=poster-kebon-jeruk')
  })
})

describe('links of the WhatsApp number', () => {
  test('open its chat with a word typed, so that people write first; with centres there is a poster for each', async () => {
    const links = whatsAppLinks('+6281234567890', centres.slice(0, 2))
    expect(new Set(links.map(({ url }) => url))).toEqual(new Set(['https://wa.me/6281234567890?text=halo']))
    expect(links).toHaveLength(3)
    const page = await posterPage(links)
    expect(page.match(/<svg /g)).toHaveLength(3)
    expect(page).toContain('lalu tekan <b>Kirim</b> di WhatsApp.')
    expect(() => whatsAppLinks('12')).toThrow(LinkError)
  })
})
