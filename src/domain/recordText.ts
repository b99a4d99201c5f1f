import { formatDate, formatInstant, formatPhone, formatRupiah } from '../lib/format.ts'
import { placeName } from '../understand/index.ts'
import {
  OPTIONS,
  optionLabel,
  stageLabel,
  stepLabel,
  type Language,
  type OptionField,
  type Words,
} from './labels.ts'
import { visitLines } from './booking/recordText.ts'
import type { Intake } from './people.ts'
import type { DataRecord } from './record.ts'
import { isWorkbookId, WORKBOOKS, type Used } from './workbooks.ts'

const YES_NO = { id: ['ya', 'tidak'], en: ['yes', 'no'] } as const
const NONE = { id: 'belum ada', en: 'none' } as const

const LABELS: Record<keyof Intake, { id: string; en: string }> = {
  wantsJob: { id: 'Mencari kerja', en: 'Looking for a job' },
  wantsStart: { id: 'Ingin memulai usaha', en: 'Wants to start a business' },
  wantsGrow: { id: 'Punya usaha, ingin naik kelas', en: 'Has a business, wants to grow' },
  primaryNeed: { id: 'Paling mendesak', en: 'Most pressing' },
  jobEducation: { id: 'Pendidikan terakhir', en: 'Education' },
  jobField: { id: 'Pekerjaan yang dicari', en: 'Work wanted' },
  jobTraining: { id: 'Pelatihan kerja', en: 'Job training' },
  startField: { id: 'Usaha yang ingin dimulai', en: 'Business to start' },
  startTried: { id: 'Pernah mencoba menjual', en: 'Tried selling before' },
  startCapital: { id: 'Perkiraan modal', en: 'Estimated capital' },
  startBlock: { id: 'Paling menghambat', en: 'Main obstacle' },
  growName: { id: 'Nama usaha', en: 'Business name' },
  growField: { id: 'Bidang usaha', en: 'Business field' },
  growSince: { id: 'Lama berjalan', en: 'Running for' },
  growSales: { id: 'Penjualan sebulan', en: 'Monthly sales' },
  growWorkers: { id: 'Yang bekerja', en: 'People working' },
  growPermits: { id: 'Izin yang dimiliki', en: 'Permits held' },
  growBooks: { id: 'Pencatatan uang', en: 'Bookkeeping' },
  growNeed: { id: 'Ingin dibenahi', en: 'Wants to improve' },
}

/** Label and words for each answer that was given. */
function answerLines(intake: Intake, language: Language): string[] {
  return (Object.keys(LABELS) as (keyof Intake)[]).flatMap(field => {
    const value = intake[field]
    if (value === null || (field === 'growPermits' && !intake.wantsGrow)) return []
    return [`${LABELS[field][language]}: ${answerWords(field, value, language)}`]
  })
}

function answerWords(
  field: keyof Intake,
  value: NonNullable<Intake[keyof Intake]>,
  language: Language,
): string {
  const word = (code: string) => (field in OPTIONS ? optionLabel(field as OptionField, code, language) : code)
  if (typeof value === 'boolean') return YES_NO[language][value ? 0 : 1]
  if (typeof value === 'number') return formatRupiah(value, language)
  if (Array.isArray(value)) return value.map(word).join(', ') || NONE[language]
  return word(value)
}

/** How much is in the books and how they are kept; every entry is in the JSON copy. */
function bookLines({ rows, daysOff, settings, phrases }: DataRecord['books'], language: Language): string[] {
  const say = (id: string, en: string) => ({ id, en })[language]
  const yes = (value: boolean) => YES_NO[language][value ? 0 : 1]
  const dates = rows.flatMap(row => (row.does === 'add' ? [row.said.date] : [])).sort()
  const [first, last] = [dates[0], dates.at(-1)]
  if (first === undefined || last === undefined) return []
  const { eveningHour, shared, nightDay } = settings
  return [
    `${dates.length} ${say('catatan', 'entries')}, ${formatDate(first, language)} – ${formatDate(last, language)}`,
    `${say('Hari libur yang dicatat', 'Days off noted')}: ${daysOff.length}`,
    `${say('Ringkasan malam', 'Evening summary')}: ${eveningHour === null ? yes(false) : `${eveningHour}.00 WIB`}`,
    `${say('Coach boleh melihat jumlahnya', 'The coach may see the totals')}: ${yes(shared)}`,
    ...(nightDay === null
      ? []
      : [`${say('Catatan lewat tengah malam', 'Entries after midnight')}: ${NIGHT[nightDay][language]}`]),
    ...phrases.map(({ phrase, answer }) => `“${phrase}” = ${answer}`),
  ]
}

/** Which workbooks were given, and what was answered about them. */
const workbookLines = (given: DataRecord['workbooks'], language: Language): string[] =>
  given.map(({ workbook, version, sentAt, used }) => {
    const title = isWorkbookId(workbook) ? WORKBOOKS[workbook].title[language] : workbook
    const said = used === null ? '' : `, ${USED[used][language]}`
    return `${title} (${{ id: 'versi', en: 'version' }[language]} ${version}), ${formatInstant(sentAt, language)}${said}`
  })

/** What coaches noted, in their words. */
const coachingLines = (records: DataRecord['coaching'], language: Language): string[] =>
  records.map(({ coach, at, entry }) => {
    const said =
      entry.kind === 'note'
        ? entry.text
        : entry.kind === 'stage'
          ? stageLabel(entry.stage, language)
          : `${{ id: 'Pekerjaan baru', en: 'New jobs' }[language]}: ${entry.jobs}`
    return `${formatInstant(at, language)}, Coach ${coach}: ${said}`
  })

const USED: Record<Used, Words> = {
  yes: { id: 'sudah dipakai', en: 'in use' },
  not_yet: { id: 'belum dipakai', en: 'not in use yet' },
  stuck: { id: 'bingung memakainya', en: 'not sure how' },
}

const NIGHT = {
  today: { id: 'hari itu', en: 'that day' },
  yesterday: { id: 'hari sebelumnya', en: 'the day before' },
} as const

const KINDS: Record<string, Words> = {
  view: { id: 'lihat data', en: 'see data' },
  correct: { id: 'perbaiki data', en: 'correct data' },
  export: { id: 'salinan data', en: 'copy of data' },
  reminders: { id: 'atur pengingat', en: 'reminders' },
  withdraw: { id: 'cabut izin', en: 'withdraw consent' },
  erase: { id: 'hapus data', en: 'delete data' },
  resume: { id: 'izin diberikan lagi', en: 'consent given again' },
  link: { id: 'chat dihubungkan', en: 'chat linked' },
  coach_note: { id: 'catatan coach', en: 'note of a coach' },
  coach_stage: { id: 'tahap dicatat', en: 'stage noted' },
  coach_jobs: { id: 'pekerjaan baru dicatat', en: 'new jobs noted' },
  answer_ticket: { id: 'tiket dijawab', en: 'ticket answered' },
  data: { id: 'Data', en: 'Data' },
  reminders_consent: { id: 'Pengingat', en: 'Reminders' },
}

const ACTORS: Record<string, Words> = {
  resident: { id: 'Anda', en: 'you' },
  operator: { id: 'petugas', en: 'staff' },
  coach: { id: 'coach', en: 'coach' },
  retention: { id: 'penghapusan terjadwal', en: 'scheduled deletion' },
}

/** The readable copy: every field that is held, in everyday words. */
export function asText(record: DataRecord, language: Language): string {
  const { title, profile, consents, chats, requests, tickets, history } = writer(language)
  const sections: [string, string[]][] = [
    [title('DATA DIRI', 'PROFILE'), profile(record.profile)],
    [title('JAWABAN', 'ANSWERS'), answerLines(record.answers, language)],
    [title('PERSETUJUAN', 'CONSENTS'), record.consents.map(consents)],
    [title('CHAT', 'CHATS'), record.chats.map(chats)],
    [title('PERMINTAAN', 'REQUESTS'), record.requests.map(requests)],
    [title('TIKET', 'TICKETS'), record.tickets.map(tickets)],
    [title('JANJI DAN KUNJUNGAN', 'APPOINTMENTS AND VISITS'), visitLines(record, language)],
    [title('BUKU USAHA', 'BUSINESS BOOKS'), bookLines(record.books, language)],
    [title('FORMAT PEMBUKUAN', 'WORKBOOKS'), workbookLines(record.workbooks, language)],
    [title('CATATAN COACH', 'NOTES OF COACHES'), coachingLines(record.coaching, language)],
    [title('RIWAYAT PEMROSESAN', 'PROCESSING RECORD'), record.history.map(history)],
  ]
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) => [heading, ...lines].join('\n'))
    .join('\n\n')
}

type Line<T extends 'consents' | 'chats' | 'requests' | 'tickets' | 'history'> = (
  row: DataRecord[T][number],
) => string

function writer(language: Language) {
  const title = (id: string, en: string) => ({ id, en })[language]
  const when = (at: number) => formatInstant(at, language)
  const word = (words: Record<string, Words>, code: string) => words[code]?.[language] ?? code
  const consents: Line<'consents'> = c =>
    `${word(KINDS, c.purpose === 'reminders' ? 'reminders_consent' : c.purpose)}: ${YES_NO[language][c.answer ? 0 : 1]}, ${when(c.at)}` +
    (c.withdrawnAt === null ? '' : `, ${title('dicabut', 'withdrawn')} ${when(c.withdrawnAt)}`)
  const chats: Line<'chats'> = c =>
    `${c.channel} ${c.address}, ${title('sejak', 'since')} ${when(c.createdAt)}, ` +
    `${c.messagesIn} ${title('pesan masuk', 'messages in')}, ${c.messagesOut} ${title('pesan keluar', 'messages out')}`
  const requests: Line<'requests'> = r =>
    `${r.number}: ${word(KINDS, r.kind)}, ${when(r.receivedAt)}, ` +
    (r.doneAt === null ? `${title('paling lambat', 'due')} ${when(r.dueAt)}` : title('selesai', 'done'))
  const tickets: Line<'tickets'> = t =>
    `${t.number}: ${t.text ?? t.reason}, ${when(t.openedAt)}, ` +
    (t.answeredAt === null ? title('menunggu', 'waiting') : title('dijawab', 'answered'))
  const history: Line<'history'> = h => `${when(h.at)}: ${word(KINDS, h.action)} (${word(ACTORS, h.actor)})`
  const profile = (p: DataRecord['profile']) => profileLines(p, language)
  return { title, profile, consents, chats, requests, tickets, history }
}

function profileLines(profile: DataRecord['profile'], language: Language): string[] {
  const title = (id: string, en: string) => ({ id, en })[language]
  const when = (at: number | null) => at && formatInstant(at, language)
  const { centre, kelurahan } = profile
  const lines: [string, string | number | null][] = [
    [title('Nomor peserta', 'Participant number'), profile.number],
    [title('Nama', 'Name'), profile.name],
    [title('Sapaan', 'Form of address'), profile.formOfAddress],
    [title('Nomor HP', 'Phone'), profile.phone && formatPhone(profile.phone)],
    ['NIK', profile.nik],
    [title('NIK diberikan', 'NIK given'), when(profile.nikGivenAt)],
    [title('Wilayah', 'Place'), `${placeName(kelurahan) ?? kelurahan}, ${centre.name}, ${centre.kota}`],
    ['OK OCE Center', `${centre.name} (${centre.code})`],
    [title('Pendamping', 'Coach'), profile.coach ? `Coach ${profile.coach}` : title('menyusul', 'to follow')],
    [title('Tahap', 'Stage'), stageLabel(profile.stage, language)],
    [title('Langkah berikutnya', 'Next step'), stepLabel(profile.nextStep, language)],
    [title('Pengingat', 'Reminders'), profile.reminders ? title('nyala', 'on') : title('mati', 'off')],
    [title('Bahasa', 'Language'), profile.language === 'en' ? title('Inggris', 'English') : 'Indonesia'],
    [title('Datang dari', 'Came from'), profile.source],
    [title('Peserta coba-coba', 'Trial participant'), profile.sandbox ? YES_NO[language][0] : null],
    [title('Izin dicabut', 'Consent withdrawn'), when(profile.restrictedAt)],
    [title('Didaftarkan', 'Registered'), when(profile.createdAt)],
    [title('Diubah', 'Changed'), when(profile.updatedAt)],
  ]
  return lines.flatMap(([label, value]) => (value === null ? [] : [`${label}: ${value}`]))
}
