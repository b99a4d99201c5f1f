/**
 * News from the server. The browser connects again by itself and says what it has seen last; only when the server answers
 * with an error does it give up, and then we begin anew from the same place.
 *
 * @typedef {{resident: number, conversation: number, typing: boolean, offset: number, step: string, timer: string}} State
 * @typedef {{resident: number, id: string, key: string | null, html: string}} News
 */

const AGAIN_MS = 2000

/** @param {{message: (news: News) => void, state: (state: State) => void, connected: (yes: boolean) => void}} on */
export function listen(on) {
  let seen = document.body.dataset.cursor ?? ''

  function open() {
    const source = new EventSource(`/chat/events?after=${encodeURIComponent(seen)}`)
    source.addEventListener('open', () => on.connected(true))
    source.addEventListener('message', event => {
      if (event.lastEventId) seen = event.lastEventId
      on.message(JSON.parse(event.data))
    })
    source.addEventListener('state', event => on.state(JSON.parse(event.data)))
    source.addEventListener('error', () => {
      on.connected(false)
      if (source.readyState === EventSource.CLOSED) setTimeout(open, AGAIN_MS)
    })
    addEventListener('pagehide', () => source.close(), { once: true })
  }

  open()
  // A page taken from the back-forward cache has no stream any more.
  addEventListener('pageshow', event => event.persisted && location.reload())
}
