import { NEEDS, type Intake, type Need } from './people.ts'

/**
 * From the answers to what comes next. The order of gaps of a business that runs (permit, food permits, books,
 * customers, loan) is the programme's: a loan is prepared only after a NIB and kept books, because KUR asks for both.
 */

export type StepCode =
  | 'tanya'
  | 'kerja_pelatihan'
  | 'kerja_info'
  | 'mulai_ide'
  | 'mulai_kelas'
  | 'mulai_coba'
  | 'nib'
  | 'izin_pangan'
  | 'izin_lain'
  | 'catat_kas'
  | 'pemasaran'
  | 'siap_modal'
  | 'produk'
  | 'pekerja'
  | 'pendampingan'

export type Topic =
  'info_kerja' | 'memulai_usaha' | 'perizinan' | 'pembukuan' | 'pemasaran' | 'akses_modal' | 'lainnya'

export interface Route {
  need: Need | null
  /** What the first appointment would be about; null without a need. */
  topic: Topic | null
  step: StepCode
}

const WANTS = { cari_kerja: 'wantsJob', mulai_usaha: 'wantsStart', naik_kelas: 'wantsGrow' } as const

const BRANCH = {
  wantsJob: { jobEducation: null, jobField: null, jobTraining: null },
  wantsStart: { startField: null, startTried: null, startCapital: null, startBlock: null },
  wantsGrow: {
    growName: null,
    growField: null,
    growSince: null,
    growSales: null,
    growWorkers: null,
    growPermits: [] as string[],
    growBooks: null,
    growNeed: null,
  },
}

/** The needs answered with yes, in the order job, start, grow. */
export const needsOf = (intake: Pick<Intake, 'wantsJob' | 'wantsStart' | 'wantsGrow'>): Need[] =>
  NEEDS.filter(need => intake[WANTS[need]])

/**
 * Second thoughts leave answers behind: those of a branch that is now a no are dropped, and the most pressing need is
 * one of the yeses (the only one, the one named, else the first).
 */
export function settleIntake(answers: Intake): Intake {
  const dropped = (Object.keys(BRANCH) as (keyof typeof BRANCH)[])
    .filter(wants => !answers[wants])
    .map(wants => BRANCH[wants])
  const needs = needsOf(answers)
  const named = needs.find(need => need === answers.primaryNeed)
  return Object.assign({}, answers, ...dropped, { primaryNeed: named ?? needs[0] ?? null }) as Intake
}

/** The one next step that fits the answers. Only a proposal: a coach may choose another. */
export function route(intake: Intake): Route {
  switch (intake.primaryNeed) {
    case null:
      return { need: null, topic: null, step: 'tanya' }
    case 'cari_kerja':
      return {
        need: 'cari_kerja',
        topic: 'info_kerja',
        step: intake.jobTraining === 'ya' ? 'kerja_pelatihan' : 'kerja_info',
      }
    case 'mulai_usaha':
      return { need: 'mulai_usaha', topic: 'memulai_usaha', step: startStep(intake) }
    case 'naik_kelas': {
      const step = growStep(intake)
      return { need: 'naik_kelas', topic: GROW_TOPIC[step] ?? 'lainnya', step }
    }
  }
}

function startStep(intake: Intake): StepCode {
  if (intake.startField === 'belum_tahu' || intake.startBlock === 'ide') return 'mulai_ide'
  return intake.startTried ? 'mulai_coba' : 'mulai_kelas'
}

const GROW_TOPIC: Partial<Record<StepCode, Topic>> = {
  nib: 'perizinan',
  izin_pangan: 'perizinan',
  izin_lain: 'perizinan',
  catat_kas: 'pembukuan',
  pemasaran: 'pemasaran',
  siap_modal: 'akses_modal',
}

function growStep(intake: Intake): StepCode {
  switch (intake.growNeed) {
    case 'perizinan':
      return permitGap(intake) ?? 'izin_lain'
    case 'pembukuan':
      return 'catat_kas'
    case 'pemasaran':
      return 'pemasaran'
    case 'produk':
      return 'produk'
    case 'pekerja':
      return 'pekerja'
    case 'modal':
      return loanGap(intake) ?? 'siap_modal'
    default:
      return permitGap(intake) ?? booksGap(intake) ?? 'pendampingan'
  }
}

const has = (intake: Intake, permit: string) => intake.growPermits.includes(permit)

function permitGap(intake: Intake): StepCode | undefined {
  if (!has(intake, 'nib')) return 'nib'
  const food = intake.growField === 'kuliner'
  return food && !(has(intake, 'pirt') && has(intake, 'halal')) ? 'izin_pangan' : undefined
}

const booksGap = (intake: Intake): StepCode | undefined =>
  intake.growBooks === 'rutin' ? undefined : 'catat_kas'

const loanGap = (intake: Intake): StepCode | undefined => (has(intake, 'nib') ? booksGap(intake) : 'nib')
