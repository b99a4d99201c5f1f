/** Who a registration is about. Values are stored as codes; words for them live in `labels.ts`. */

export const NEEDS = ['cari_kerja', 'mulai_usaha', 'naik_kelas'] as const
export type Need = (typeof NEEDS)[number]

/** The chat that speaks: one account and address may speak for several residents. */
export interface Speaker {
  id: number
  channel: string
  account: string
  address: string
  /** Chat page and terminal: without effect on coaches and counts of real people. */
  sandbox: boolean
}

/** The three answers and the branch answers of each yes; null = not asked, skipped or "would rather not say". */
export interface Intake {
  wantsJob: boolean
  wantsStart: boolean
  wantsGrow: boolean
  /** null when the three answers are no. */
  primaryNeed: Need | null
  jobEducation: string | null
  jobField: string | null
  jobTraining: string | null
  startField: string | null
  startTried: boolean | null
  /** Rupiah. */
  startCapital: number | null
  startBlock: string | null
  growName: string | null
  growField: string | null
  growSince: string | null
  growSales: string | null
  growWorkers: string | null
  growPermits: string[]
  growBooks: string | null
  growNeed: string | null
}

export const EMPTY_INTAKE: Intake = {
  wantsJob: false,
  wantsStart: false,
  wantsGrow: false,
  primaryNeed: null,
  jobEducation: null,
  jobField: null,
  jobTraining: null,
  startField: null,
  startTried: null,
  startCapital: null,
  startBlock: null,
  growName: null,
  growField: null,
  growSince: null,
  growSales: null,
  growWorkers: null,
  growPermits: [],
  growBooks: null,
  growNeed: null,
}

export interface Centre {
  /** Kecamatan code of Kemendagri, e.g. 31.73.05. */
  code: string
  name: string
  kota: string
  address: string | null
  /** Degrees, WGS 84. */
  latitude: number | null
  longitude: number | null
  /** How many sessions fit in at once. */
  rooms: number
  /** Hours and rooms are sample data. */
  sample: boolean
}

/** A profile as it is stored, opened for its owner. Times are epoch ms. */
export interface Resident {
  id: string
  number: string
  name: string
  formOfAddress: string
  /** E.164. */
  phone: string | null
  nik: string | null
  nikGivenAt: number | null
  kelurahan: string
  centre: Centre
  coach: { id: string; name: string } | null
  stage: string
  nextStep: string
  reminders: boolean
  /** Where reminders go when they speak on several channels; null = where they wrote last. */
  preferredChannel: 'telegram' | 'whatsapp' | null
  restrictedAt: number | null
  language: 'id' | 'en'
  source: string | null
  sandbox: boolean
  createdAt: number
  updatedAt: number
  intake: Intake & { answeredAt: number }
}

/** Names that differ only in case, dots, spaces or titles are one name. */
export function sameName(a: string, b: string): boolean {
  return plainName(a) === plainName(b)
}

const TITLES = new Set(['h', 'hj', 'm', 'moh', 'muh', 'r', 'rr', 'i', 'ni', 'dr', 'ir', 'drs', 'dra'])

/** What is left of a name when case, dots, spaces and titles are left aside. */
export const plainName = (name: string) => {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[.,'’-]/g, ' ')
    .split(/\s+/)
    .filter(Boolean)
  const bare = words.filter(word => !TITLES.has(word))
  return (bare.length > 0 ? bare : words).join(' ')
}
