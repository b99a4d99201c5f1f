/** Reads the chat page's HTML as a person sees it in the look with buttons. */

interface Drawn {
  id: string
  theirs: boolean
  html: string
}

export function messagesOf(page: string): Drawn[] {
  const log = page.slice(page.indexOf('<ol class="messages">'), page.indexOf('<ol class="outgoing">'))
  return log
    .split(/(?=<li class="message )/)
    .filter(part => part.startsWith('<li class="message '))
    .map(html => ({ id: /id="(\w+)"/.exec(html)?.[1] ?? '', theirs: html.includes('message theirs'), html }))
}

export const plainOf = (html: string) => unescape(/<p class="text">(.*?)<\/p>/s.exec(html)?.[1] ?? '')

export const buttonsOf = (html: string) =>
  [...html.matchAll(/<button ([^>]*)>(.*?)<\/button>/gs)].map(([, attributes = '', label = '']) => ({
    label: unescape(label),
    data: Object.fromEntries(
      [...attributes.matchAll(/data-(\w+)="([^"]*)"/g)].map(([, name, value]) => [
        name ?? '',
        unescape(value ?? ''),
      ]),
    ) as Record<string, string | undefined>,
  }))

const unescape = (html: string) =>
  html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
