import type { Language, Words } from '../labels.ts'
import type { Need } from '../people.ts'

/** What an appointment can be about: the needs whose coaches serve it, and what to bring. */
interface Topic {
  label: Words
  needs: readonly Need[]
  bring: Words
}

const GROWING: readonly Need[] = ['naik_kelas', 'mulai_usaha']

export const TOPICS = {
  memulai_usaha: {
    label: { id: 'Memulai usaha', en: 'Starting a business' },
    needs: ['mulai_usaha'],
    bring: {
      id: 'KTP, catatan ide usaha, dan contoh produk bila ada',
      en: 'your KTP, notes on your idea, and a sample of your product if you have one',
    },
  },
  perizinan: {
    label: { id: 'Perizinan', en: 'Permits' },
    needs: GROWING,
    bring: {
      id: 'KTP, data usaha, dan HP untuk membuka oss.go.id',
      en: 'your KTP, the details of your business, and your phone to open oss.go.id',
    },
  },
  pemasaran: {
    label: { id: 'Pemasaran', en: 'Marketing' },
    needs: GROWING,
    bring: { id: 'contoh produk dan fotonya', en: 'a sample of your product and photos of it' },
  },
  pembukuan: {
    label: { id: 'Pembukuan', en: 'Bookkeeping' },
    needs: GROWING,
    bring: {
      id: 'catatan uang masuk dan keluar, nota, atau buku kas',
      en: 'your notes of money in and out, receipts, or your cash book',
    },
  },
  akses_modal: {
    label: { id: 'Akses modal', en: 'Access to capital' },
    needs: GROWING,
    bring: {
      id: 'KTP, NIB atau surat keterangan usaha, dan catatan keuangan',
      en: 'your KTP, your NIB or letter of business, and your financial records',
    },
  },
  info_kerja: {
    label: { id: 'Info kerja', en: 'Jobs' },
    needs: ['cari_kerja'],
    bring: {
      id: 'KTP, ijazah terakhir, dan CV bila ada',
      en: 'your KTP, your last diploma, and your CV if you have one',
    },
  },
  lainnya: {
    label: { id: 'Lainnya', en: 'Something else' },
    needs: ['cari_kerja', 'mulai_usaha', 'naik_kelas'],
    bring: { id: 'KTP dan catatan yang ingin dibahas', en: 'your KTP and what you want to discuss' },
  },
} as const satisfies Record<string, Topic>

export type TopicCode = keyof typeof TOPICS
export const isTopic = (code: string): code is TopicCode => Object.hasOwn(TOPICS, code)

const topicOf = (code: string): Topic => (isTopic(code) ? TOPICS[code] : TOPICS.lainnya)
export const topicLabel = (code: string, language: Language): string => topicOf(code).label[language]
export const topicBring = (code: string, language: Language): string => topicOf(code).bring[language]

/** Whether a coach who serves these needs serves the topic. */
export const servesTopic = (serves: readonly string[], topic: string): boolean =>
  topicOf(topic).needs.some(need => serves.includes(need))
