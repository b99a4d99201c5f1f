import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import QRCode from 'qrcode'
import { waLink } from '../../domain/links.ts'
import { formatInstant, formatPhone } from '../../lib/format.ts'
import { ASSETS } from './assets.ts'
import type { ShownAccount } from './deps.ts'
import { STATES, type Status } from './words.ts'

function Shell({ children }: { children: Child }) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="id">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="robots" content="noindex" />
          <title>WhatsApp OK OCE</title>
          <link rel="stylesheet" href={ASSETS.style} />
          <script type="module" src={ASSETS.script}></script>
        </head>
        <body>
          <main>
            <h1>WhatsApp OK OCE</h1>
            {children}
          </main>
        </body>
      </html>
    </>
  )
}

/** For who has no session: the token of the link is in its fragment, which no server ever logs; the script sends it. */
export function Gate({ wrong }: { wrong: boolean }) {
  return (
    <Shell>
      <p>
        Halaman ini dibuka dengan tautan sekali pakai. Operator mencetaknya dengan{' '}
        <code>npm run whatsapp -- link</code>.
      </p>
      {wrong && (
        <p role="alert">Tautan ini salah, sudah dipakai, atau sudah lewat 15 menit. Buat yang baru.</p>
      )}
      <form id="gate" method="post" action="/whatsapp/enter">
        <label for="token">Kode dari tautan (setelah tanda #)</label>
        <input id="token" name="token" required autocomplete="off" autocapitalize="off" />
        <button>Buka</button>
      </form>
    </Shell>
  )
}

export interface PanelProps {
  shown: ShownAccount | undefined
  /** SVG of the QR code of the moment: to link a phone, or to write to the number. */
  svg: string | undefined
  now: number
}

export async function panelOf(shown: ShownAccount | undefined, now: number): Promise<PanelProps> {
  const state = shown?.live ? shown.state : undefined
  const text =
    state?.status === 'needs_pairing'
      ? state.qr
      : state?.status === 'open' && state.phone !== undefined
        ? waLink(state.phone)
        : undefined
  const svg = text === undefined ? undefined : await QRCode.toString(text, { type: 'svg', margin: 2 })
  return { shown, svg, now }
}

/** Nobody owns an account that was taken over, until its pause is over: it was given up on purpose. */
function statusOf(shown: ShownAccount | undefined, now: number): Status {
  if (!shown) return 'never'
  const { state, live } = shown
  return live || (state.status === 'taken_over' && state.retryAt > now) ? state.status : 'away'
}

/** What changes by itself; asked for anew every two seconds. */
export function Panel({ shown, svg, now }: PanelProps) {
  const status = statusOf(shown, now)
  const { title, advice, tone } = STATES[status]
  const state = shown?.state.status === status ? shown.state : undefined
  const phone = state?.status === 'open' ? state.phone : undefined
  const lockedUntil = shown?.lockedUntil
  return (
    <section id="panel" data-status={status} data-tone={tone} aria-labelledby="state">
      <h2 id="state">{title}</h2>
      {state && <p class="since">Sejak {formatInstant(state.since)}</p>}
      <p>{advice}</p>
      {state?.status === 'taken_over' && <p>Asisten mencoba lagi sendiri: {formatInstant(state.retryAt)}.</p>}
      {lockedUntil !== undefined && lockedUntil > now && (
        <p class="alarm">
          WhatsApp membatasi chat yang kita mulai sampai {formatInstant(lockedUntil)}. Pengingat dikirim lewat
          saluran lain atau menunggu; jawaban tetap jalan.
        </p>
      )}
      {status === 'needs_pairing' && !svg && <p>Kode QR baru sedang dibuat…</p>}
      {svg && <Qr svg={svg} open={status === 'open'} />}
      {phone !== undefined && <LinkedNumber phone={phone} />}
    </section>
  )
}

const Qr = ({ svg, open }: { svg: string; open: boolean }) => (
  <figure>
    <div
      class="qr"
      role="img"
      aria-label={open ? 'Kode QR untuk menulis ke nomor ini' : 'Kode QR untuk menautkan HP'}
    >
      {raw(svg)}
    </div>
    <figcaption>{open ? 'Dipindai warga untuk mulai menulis.' : 'Kode ini berganti sendiri.'}</figcaption>
  </figure>
)

const LinkedNumber = ({ phone }: { phone: string }) => (
  <>
    <p>
      Nomor: <b>{formatPhone(`+${phone}`)}</b>
    </p>
    <p>
      Tautan untuk warga: <a href={waLink(phone)}>{waLink(phone)}</a>
    </p>
    <p>
      <a href="/whatsapp/poster" download>
        Unduh poster untuk dicetak
      </a>
    </p>
  </>
)

interface PageProps extends PanelProps {
  code?: string | undefined
  problem?: string | undefined
}

export function Page({ code, problem, ...panel }: PageProps) {
  const pairing = statusOf(panel.shown, panel.now) === 'needs_pairing'
  return (
    <Shell>
      <p id="spoken" class="spoken" role="status"></p>
      <Panel {...panel} />
      <section id="by-code" hidden={!pairing} aria-labelledby="by-code-title">
        <h2 id="by-code-title">Dengan kode 8 huruf</h2>
        {code !== undefined && (
          <p role="status">
            Kode: <b class="code">{code}</b>
            <br />
            Ketik di HP: Perangkat tertaut, Tautkan perangkat, Tautkan dengan nomor telepon saja.
          </p>
        )}
        {problem !== undefined && (
          <p id="problem" role="alert">
            {problem}
          </p>
        )}
        <form method="post" action="/whatsapp/code">
          <label for="phone">Nomor HP yang ditautkan, contoh 0812-3456-7890</label>
          <input
            id="phone"
            name="phone"
            type="tel"
            required
            autocomplete="off"
            aria-describedby={problem === undefined ? undefined : 'problem'}
          />
          <button>Minta kode</button>
        </form>
      </section>
    </Shell>
  )
}
