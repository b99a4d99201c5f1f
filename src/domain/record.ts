import { formatInstant, formatPhone, formatRupiah } from '../lib/format.ts'
import { placeName } from '../understand/index.ts'
import { OPTIONS, optionLabel, stageLabel, stepLabel, type Language, type OptionField } from './labels.ts'
import { maskNik } from './masks.ts'
import type { Intake, Resident, Speaker } from './people.ts'
import type { Repos } from './ports.ts'

/** Everything held about one resident, in one plain object: the JSON copy is this, the readable text is made from it. */
export async function recordOf(repos: Repos, speaker: Speaker, resident: Resident) {
  const { id, centre, coach, intake, nik, ...profile } = resident
  return {
    profile: {
      ...profile,
      nik: nik && maskNik(nik),
      centre: { code: centre.code, name: centre.name, kota: centre.kota },
      coach: coach?.name ?? null,
    },
    answers: intake,
    chats: await repos.residents.chats(id),
    consents: await repos.consents.of(id),
    requests: await repos.requests.of(speaker),
    tickets: await repos.tickets.of(id),
    history: await repos.audit.of({ residentId: id }),
  }
}

export type DataRecord = Awaited<ReturnType<typeof recordOf>>

const isoTimes = (key: string, value: unknown) =>
  typeof value === 'number' && /At$|^at$/.test(key) ? new Date(value).toISOString() : value

/** Machine-readable copy; times in ISO 8601, UTC. */
export const asJson = (record: DataRecord): string => JSON.stringify(record, isoTimes, 1)

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
export function answerLines(intake: Intake, language: Language): string[] {
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

/** The readable copy: every field that is held, in everyday words. */
export function asText(record: DataRecord, language: Language): string {
  const pick = <T>(id: T, en: T): T => (language === 'id' ? id : en)
  const yes = (answer: boolean) => YES_NO[language][answer ? 0 : 1]
  const when = (at: number | null) => (at === null ? '-' : formatInstant(at, language))
  const { profile } = record
  const line = (id: string, en: string, value: string | null) => `${pick(id, en)}: ${value ?? '-'}`
  const section = (id: string, en: string, lines: string[]) =>
    lines.length > 0 ? [pick(id, en), ...lines].join('\n') : ''
  return [
    section('DATA DIRI', 'PROFILE', [
      line('Nomor peserta', 'Participant number', profile.number),
      line('Nama', 'Name', profile.name),
      line('Sapaan', 'Form of address', profile.formOfAddress),
      line('Nomor HP', 'Phone', profile.phone && formatPhone(profile.phone)),
      line('NIK', 'NIK', profile.nik),
      ...(profile.nikGivenAt ? [line('NIK diberikan', 'NIK given', when(profile.nikGivenAt))] : []),
      line(
        'Wilayah',
        'Place',
        `${placeName(profile.kelurahan) ?? profile.kelurahan}, ${profile.centre.name}, ${profile.centre.kota}`,
      ),
      line('OK OCE Center', 'OK OCE Center', `${profile.centre.name} (${profile.centre.code})`),
      line('Coach', 'Coach', profile.coach ?? pick('menyusul', 'to follow')),
      line('Tahap', 'Stage', stageLabel(profile.stage, language)),
      line('Langkah berikutnya', 'Next step', stepLabel(profile.nextStep, language)),
      line(
        'Pengingat',
        'Reminders',
        pick(profile.reminders ? 'nyala' : 'mati', profile.reminders ? 'on' : 'off'),
      ),
      line('Bahasa', 'Language', pick('Indonesia', 'English')),
      line('Datang dari', 'Came from', profile.source),
      ...(profile.sandbox ? [line('Peserta coba-coba', 'Trial participant', yes(true))] : []),
      ...(profile.restrictedAt
        ? [line('Izin dicabut', 'Consent withdrawn', when(profile.restrictedAt))]
        : []),
      line('Didaftarkan', 'Registered', when(profile.createdAt)),
      line('Diubah', 'Changed', when(profile.updatedAt)),
    ]),
    section('JAWABAN', 'ANSWERS', answerLines(record.answers, language)),
    section(
      'PERSETUJUAN',
      'CONSENTS',
      record.consents.map(
        c =>
          `${pick(c.purpose === 'data' ? 'Data' : 'Pengingat', c.purpose === 'data' ? 'Data' : 'Reminders')}: ${yes(c.answer)}, ${when(c.at)}` +
          (c.withdrawnAt ? `, ${pick('dicabut', 'withdrawn')} ${when(c.withdrawnAt)}` : ''),
      ),
    ),
    section(
      'CHAT',
      'CHATS',
      record.chats.map(
        c =>
          `${c.channel} ${c.address}, ${pick('sejak', 'since')} ${when(c.createdAt)}, ${c.messagesIn} ${pick('pesan masuk', 'messages in')}, ${c.messagesOut} ${pick('pesan keluar', 'messages out')}`,
      ),
    ),
    section(
      'PERMINTAAN',
      'REQUESTS',
      record.requests.map(
        r =>
          `${r.number}: ${r.kind}, ${when(r.receivedAt)}, ${r.doneAt ? pick('selesai', 'done') : pick('paling lambat', 'due')} ${when(r.doneAt ?? r.dueAt)}`,
      ),
    ),
    section(
      'TIKET',
      'TICKETS',
      record.tickets.map(
        t =>
          `${t.number}: ${t.text ?? t.reason}, ${when(t.openedAt)}, ${t.answeredAt ? pick('dijawab', 'answered') : pick('menunggu', 'waiting')}`,
      ),
    ),
    section(
      'RIWAYAT PEMROSESAN',
      'PROCESSING RECORD',
      record.history.map(h => `${when(h.at)}: ${h.action} (${h.actor})`),
    ),
  ]
    .filter(Boolean)
    .join('\n\n')
}
