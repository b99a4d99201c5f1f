import { Hono } from 'hono'

/** What `/` says while the chat page is off: that the assistant runs, and where to look. */
export function homeRoutes(): Hono {
  const app = new Hono()
  app.get('/', c => {
    c.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
    return c.html(
      <html lang="id">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>Asisten OK OCE</title>
        </head>
        <body>
          <h1>Asisten OK OCE</h1>
          <p>Asisten ini berjalan dan melayani warga lewat aplikasi chat.</p>
          <p>
            Keadaan layanan: <a href="/ready">/ready</a> · <a href="/health">/health</a>
          </p>
          <p lang="en">
            The assistant is running. The page to try it is off while a real channel is set; CHAT_PAGE=on
            turns it on.
          </p>
        </body>
      </html>,
    )
  })
  return app
}
