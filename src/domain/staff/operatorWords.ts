/** What operators type to their own chat about tickets. Whatever names a ticket is about that one, never about another. */

export type OperatorWord =
  /** "T-7K3M Silakan datang Senin", "balas t7k3m: …" */
  | { is: 'reply'; ticket: string; words: string }
  /** Without a ticket: the only conversation that is theirs. */
  | { is: 'done'; ticket?: string }
  /** Only the number. */
  | { is: 'show'; ticket: string }
  | { is: 'list' }

/** "t 7k3m", "T7K3M" → "T-7K3M". */
export const ticketNumber = (typed: string): string =>
  `T-${typed
    .toUpperCase()
    .replace(/^T[\s-]*(?=[0-9A-Z]{4}$)/, '')
    .trim()}`

/** Without the dash only with a digit in it: "tidak" and "teman" are words. */
const NUMBER = '(T-[0-9A-Z]{4}|T\\s?(?=[A-Z]*\\d)[0-9A-Z]{4})'
const LEAD =
  '(?:balas|bls|jawab|jwb|untuk|utk|buat|ke|tiket|tkt|nomor|no|tutup|selesai|selesaikan|reply|to|close|done)'
const WITH_TICKET = new RegExp(
  `^\\s*((?:${LEAD}\\s+){0,3})#?${NUMBER}(?![0-9A-Z])[\\s:,.–-]*([\\s\\S]*)$`,
  'i',
)
const CLOSING = /\b(tutup|selesai|selesaikan|close|done)\b/i
const DONE = /^\s*(selesai|tutup|tutup tiket|sudah selesai|done|close)\s*[.!]*\s*$/i
const POLITE = /^\s*(ya|dong|aja|saja|dulu|makasih|terima kasih|please)*\s*[.!]*\s*$/i
const LIST = new RegExp(
  [
    '^\\s*(?:(?:ada|lihat|liat|cek|daftar|list|sisa|minta)\\s+)*(?:(?:berapa|brp)\\s+)?(?:tiket|tkt|tickets?)',
    '(?:\\s+(?:apa|yg|yang|belum|blm|di\\s?jawab|lagi|lain|masuk|aja|saja|baru|berapa|brp|ada|saya|hari ini|nunggu|menunggu))*\\s*[?.!]*$',
    '|^\\s*siapa\\s+(?:(?:aja|saja|yg|yang|lagi)\\s+)*(?:nunggu|menunggu)\\s*[?.!]*$',
  ].join(''),
  'i',
)

export function readOperatorWord(text: string): OperatorWord | undefined {
  if (DONE.test(text)) return { is: 'done' }
  if (LIST.test(text)) return { is: 'list' }
  const [, lead = '', number, words = ''] = WITH_TICKET.exec(text) ?? []
  if (number === undefined) return undefined
  const ticket = ticketNumber(number)
  if (DONE.test(words) || (CLOSING.test(lead) && POLITE.test(words))) return { is: 'done', ticket }
  return words === '' ? { is: 'show', ticket } : { is: 'reply', ticket, words }
}
