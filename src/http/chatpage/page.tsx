import { raw } from 'hono/html'
import { MAX_RESIDENTS } from './limits.ts'
import { Resident, type ResidentProps } from './resident.tsx'
import type { Words } from './words.ts'

interface PageProps {
  words: Words
  theme: 'light' | 'dark' | undefined
  residents: ResidentProps[]
  /** Epoch ms: the page's clocks go by the server's, not by the visitor's. */
  now: number
  /** Where the stream of news goes on. */
  cursor: string
  assets: { style: string; script: string }
}

export function Page({ words, theme, residents, now, cursor, assets }: PageProps) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={words.htmlLang} data-theme={theme}>
        <head>
          <meta charset="utf-8" />
          <meta
            name="viewport"
            content="width=device-width, initial-scale=1, interactive-widget=resizes-content"
          />
          <meta name="color-scheme" content="light dark" />
          <meta name="robots" content="noindex" />
          <title>{words.title}</title>
          <link rel="icon" href="/chat/icon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href={assets.style} />
          <script type="module" src={assets.script}></script>
        </head>
        <body data-cursor={cursor} data-now={now} data-words={JSON.stringify(clientWords(words))}>
          <Top words={words} residents={residents} />
          <main class="residents">
            {residents.map(resident => (
              <Resident {...resident} />
            ))}
          </main>
          <Pending words={words} />
          <Confirm words={words} />
        </body>
      </html>
    </>
  )
}

function Top({ words, residents }: { words: Words; residents: ResidentProps[] }) {
  return (
    <header class="top">
      <div class="brand">
        <h1>
          <span class="mark" aria-hidden="true">
            OK
          </span>
          {words.title}
        </h1>
        <form method="post" action="/chat/language">
          <button
            type="submit"
            name="language"
            value={words.htmlLang === 'id' ? 'en' : 'id'}
            aria-label={words.languageLabel}
          >
            {words.language}
          </button>
        </form>
        <button type="button" class="theme" data-act="theme" aria-label={words.theme} title={words.theme}>
          <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
            <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="2" />
            <path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor" />
          </svg>
        </button>
      </div>
      <p class="banner">{words.banner}</p>
      <nav class="switch" aria-label={words.residents}>
        {residents.map(({ number }) => (
          <a href={`#warga-${number}`} data-resident={number}>
            {words.resident} {number}
            <span class="unread" hidden>
              <span class="sr-only">, {words.unread}</span>
            </span>
          </a>
        ))}
        {residents.length < MAX_RESIDENTS && (
          <form method="post" action="/chat/residents">
            <button type="submit" class="add" title={words.addResidentHint}>
              <span aria-hidden="true">+ </span>
              {words.addResident}
            </button>
          </form>
        )}
      </nav>
      <p class="connection" role="status" hidden>
        {words.reconnecting}
      </p>
      <noscript>
        <p class="connection">{words.noScript}</p>
      </noscript>
    </header>
  )
}

/** What the script clones for a message on its way. */
const Pending = ({ words }: { words: Words }) => (
  <template id="pending">
    <li class="message own pending">
      <div class="bubble">
        <span class="sr-only">{words.you}: </span>
        <p class="text"></p>
        <p class="meta">
          <span class="status"></span>
        </p>
        <div class="choices row failed" hidden>
          <button type="button" data-act="retry">
            {words.retry}
          </button>
          <button type="button" data-act="discard">
            {words.discard}
          </button>
        </div>
      </div>
    </li>
  </template>
)

const Confirm = ({ words }: { words: Words }) => (
  <dialog class="confirm" aria-labelledby="confirm-text">
    <p id="confirm-text"></p>
    <form method="dialog" class="choices row">
      <button value="no">{words.confirmNo}</button>
      <button value="yes" class="danger">
        {words.confirmYes}
      </button>
    </form>
  </dialog>
)

/** The few sentences that the script itself puts in. */
const clientWords = (words: Words) => ({
  locale: words.htmlLang === 'id' ? 'id-ID' : 'en-GB',
  sending: words.sending,
  sent: words.sent,
  failed: words.failed,
  tooLong: words.tooLong,
  full: words.full,
  media: words.media,
  clockMoving: words.clockMoving,
  clockMoved: words.clockMoved,
  clockFailed: words.clockFailed,
})
