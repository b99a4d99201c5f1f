import type { Update } from 'grammy/types'
import type { Say } from '../../src/engine/types.ts'

/** What anybody might send, and what nobody should: one update at a time, decided by the seed alone. */

type Random = () => number

export interface HostileUpdates {
  /** @param last what the chat was last told, so that some updates can answer it */
  next(chat: number, last: Say | undefined): Update
}

const PRETTY = [
  '😀',
  '👨‍👩‍👧‍👦',
  '🇮🇩',
  '🏳️‍🌈',
  'مرحبا',
  'שלום',
  '\u202Eterbalik\u202C',
  'नमस्ते',
  '你好',
  'ｈａｌｏ',
  'Ⅻ',
  '٣',
  'á̂̃̄̅̆̇̈',
]
const MARKUP = [
  '<b>',
  '</b>',
  '<a href="tg://user?id=1">x</a>',
  '*tebal*',
  '_miring_',
  '`kode`',
  '[x](y)',
  '&lt;',
  '&#0;',
  '{name}',
  '{{x}}',
  '${x}',
  '<script>alert(1)</script>',
]
const CODE = [
  "'; DROP TABLE inbound; --",
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  'true',
  '[object Object]',
  '{"kind":"tap"}',
  '\\u0000',
  '%s%n',
  '../../etc/passwd',
  '/start __proto__',
  '/start',
  '/menu@bot',
  '/',
  '//',
  '/start ' + 'x'.repeat(200),
]
const BROKEN = [
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff',
  '\udc00\ud800',
  '\u200b',
  '\u2028',
  '\r\n',
  '\t',
  ' ',
  '',
  '\ufeff',
  '\u0007',
]
const DIGITS = [
  '0',
  '1',
  '2',
  '9',
  '10',
  '99',
  '-1',
  '1.5',
  '1e309',
  '٣',
  '0812',
  '081234567890',
  '3171234567890123',
  '9'.repeat(300),
  '1 2 3',
  '1,2',
  '½',
  '०',
]
const WORDS = [
  'ya',
  'tidak',
  'setuju',
  'tidak setuju',
  'menu',
  'kembali',
  'batal',
  'ulang',
  'stop',
  'petugas',
  'data saya',
  'HAPUS',
  'hapus data saya',
  'bahasa',
  'english',
  'daftarkan orang lain',
  'ganti orang',
  'bantuan',
  'ubah',
  'simpan',
  'lewati',
  'selesai',
  'Siti Aminah',
  'kebon jeruk',
  'cari kerja',
  'mau usaha',
  '500rb',
  'besok jam 9',
  'halo',
  'makasih',
  'tidak tahu',
]
const MEDIA: object[] = [
  { sticker: { emoji: '👍' } },
  { voice: { duration: 3 } },
  { audio: {} },
  { photo: [{}] },
  { photo: [], caption: '<b>\0\ud800' },
  { video: {}, caption: 'x'.repeat(1024) },
  { video_note: {} },
  { animation: {} },
  { document: { file_name: '../x' } },
  { location: { latitude: -6.2, longitude: 106.8 } },
  { location: { latitude: 999, longitude: -999 } },
  { location: { latitude: 'x', longitude: null } },
  { contact: { phone_number: '+6281234567890', user_id: 1 } },
  { contact: { phone_number: '081234567890', user_id: 424242 } },
  { contact: { phone_number: '\0', first_name: '' } },
  { contact: {} },
  { poll: {} },
  { dice: { value: 6 } },
  { new_chat_members: [] },
  {},
]
const TAPS = [
  '',
  'x',
  '.',
  'a.b',
  '1.1',
  'zzz.999',
  'zzz.1000',
  '__proto__.1',
  'constructor.0',
  '\0',
  'x'.repeat(64),
  '😀.1',
]
/** What the platform never sends, and a proxy or a new version of it one day might. */
const MALFORMED: object[] = [
  {},
  { message: {} },
  { message: null },
  { message: { chat: null } },
  { message: { chat: { id: 'x', type: 'private' }, text: 'halo' } },
  { message: { chat: { id: 1.5, type: 'private' }, text: 'halo' } },
  { edited_message: {} },
  { callback_query: {} },
  { callback_query: { id: '1', message: {}, data: 'x.1' } },
  { callback_query: { id: '1', data: 'x.1' } },
  { my_chat_member: {} },
  { inline_query: { id: '1', query: 'x' } },
  { channel_post: { chat: { id: -100, type: 'channel' }, text: 'x' } },
  { something_new: { deep: [1, 2, 3] } },
]

export function hostileUpdates(random: Random): HostileUpdates {
  let id = 0
  const earlier: string[] = []
  const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  const anything = () => String.fromCodePoint(Math.floor(random() * 0x10ffff))
  const texts: (() => string)[] = [
    () => oneOf(PRETTY),
    () => oneOf(MARKUP) + oneOf(WORDS) + oneOf(MARKUP),
    () => oneOf(CODE),
    () => oneOf(BROKEN) + (random() < 0.5 ? oneOf(WORDS) : ''),
    () => oneOf(DIGITS),
    () => oneOf(WORDS),
    () => oneOf(WORDS).toUpperCase() + oneOf(['!!!', '?', ' 🙏', '...']),
    () => Array.from({ length: Math.floor(random() * 20) }, anything).join(''),
    () =>
      Array.from({ length: 4096 }, () => oneOf(['a', ' ', '1', '😀', '<', '\n', 'ي']))
        .join('')
        .slice(0, 4096),
  ]
  const message = (chat: number, content: object, type = 'private') => ({
    message: {
      message_id: id,
      chat: { id: chat, type },
      from: { id: chat },
      date: dateOf(random),
      ...content,
    },
  })
  const tap = (chat: number, data: unknown) => ({
    callback_query: {
      id: `${id}`,
      from: { id: chat },
      data,
      message: { message_id: 1, date: 0, chat: { id: chat, type: 'private' } },
    },
  })
  const answer = (chat: number, last: Say) => {
    const n = 1 + Math.floor(random() * (last.choices?.length ?? 1))
    if (random() < 0.5 && last.wait) return tap(chat, `${last.wait}.${n}`)
    return message(chat, { text: last.choices?.[n - 1]?.label ?? oneOf(WORDS) })
  }
  const kinds: [share: number, make: (chat: number, last: Say | undefined) => object][] = [
    [30, (chat, last) => (last ? answer(chat, last) : message(chat, { text: '/start' }))],
    [40, chat => message(chat, { text: oneOf(texts)() })],
    [9, chat => message(chat, oneOf(MEDIA))],
    [
      7,
      (chat, last) =>
        tap(chat, random() < 0.3 && last?.wait ? `${last.wait}.${Math.floor(random() * 40)}` : oneOf(TAPS)),
    ],
    // tapped once more, or of old
    [4, chat => tap(chat, `${earlier.at(-1 - Math.floor(random() * 3)) ?? 'x'}.1`)],
    [
      3,
      chat =>
        message(chat, { text: oneOf(texts)() }, oneOf(['group', 'supergroup', 'channel', 'unheard_of'])),
    ],
    [3, chat => ({ edited_message: message(chat, { text: oneOf(texts)() }).message })],
    [
      2,
      chat => ({
        my_chat_member: {
          chat: { id: chat, type: 'private' },
          date: 0,
          new_chat_member: { status: oneOf(['kicked', 'member', 'left', 'x']) },
        },
      }),
    ],
    [2, chat => message(chat, { text: oneOf([1, null, {}, [], true]) })],
    [4, () => oneOf(MALFORMED)],
  ]
  const total = kinds.reduce((sum, [share]) => sum + share, 0)
  return {
    next(chat, last) {
      if (last?.wait && earlier.at(-1) !== last.wait) earlier.push(last.wait)
      let at = random() * total
      const make = kinds.find(([share]) => (at -= share) < 0)?.[1] ?? (() => ({}))
      return { ...make(chat, last), update_id: ++id } as Update
    },
  }
}

const NOON = Date.parse('2026-11-25T12:00:00+07:00') / 1000

function dateOf(random: Random): unknown {
  const roll = random()
  return roll < 0.94 ? NOON : roll < 0.96 ? undefined : roll < 0.98 ? 'x' : 8.64e15
}
