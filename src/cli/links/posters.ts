import QRCode from 'qrcode'

export interface Link {
  title: string
  place: string
  url: string
  app: App
}

export type App = 'Telegram' | 'WhatsApp'

/** What is pressed once the code is scanned. */
const PRESS: Record<App, string> = { Telegram: 'Mulai', WhatsApp: 'Kirim' }

/** A code for the terminal, two rows of it in one line. */
export const qrText = (url: string): Promise<string> => QRCode.toString(url, { type: 'utf8', margin: 2 })

const STYLE = `
  @page { size: A4; margin: 0 }
  body { margin: 0; font-family: system-ui, sans-serif; color: #12263a }
  section { box-sizing: border-box; width: 210mm; height: 297mm; padding: 22mm; text-align: center; break-after: page }
  h1 { font-size: 34pt; margin: 0 }
  h2 { font-size: 24pt; font-weight: 600; margin: 4mm 0 10mm }
  p { font-size: 17pt; line-height: 1.45; margin: 0 }
  svg { width: 120mm; height: 120mm; display: block; margin: 8mm auto }
  .url { font-size: 13pt; word-break: break-all; margin-top: 4mm }`

/** A page of HTML that prints as one A4 poster for each link. */
export async function posterPage(links: readonly Link[]): Promise<string> {
  const posters = await Promise.all(links.map(poster))
  return `<!doctype html>
<html lang="id">
<meta charset="utf-8">
<title>Poster OK OCE</title>
<style>${STYLE}
</style>
${posters.join('\n')}
</html>
`
}

/** The code is drawn with enough redundancy for a crumpled poster. */
async function poster({ title, place, url, app }: Link): Promise<string> {
  const svg = await QRCode.toString(url, { type: 'svg', errorCorrectionLevel: 'Q', margin: 2 })
  const heading = place === '' ? '' : `<h2>OK OCE Center ${escape(title)}<br>${escape(place)}</h2>`
  return `<section>
<h1>Mau kerja? Mau usaha?<br>Mau naik kelas?</h1>
${heading}
<p>Pindai kode ini dengan kamera HP,<br>lalu tekan <b>${PRESS[app]}</b> di ${app}.</p>
${svg.trim()}
<p>Gratis. Kami tidak pernah meminta uang, PIN, atau kode OTP.</p>
<p class="url">${escape(url)}</p>
</section>`
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
