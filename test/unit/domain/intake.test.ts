import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { needsOf, route, settleIntake } from '../../../src/domain/intake.ts'
import { OPTIONS, stepLabel } from '../../../src/domain/labels.ts'
import { EMPTY_INTAKE, NEEDS, type Intake } from '../../../src/domain/people.ts'

const job: Intake = { ...EMPTY_INTAKE, wantsJob: true, primaryNeed: 'cari_kerja' }
const start: Intake = { ...EMPTY_INTAKE, wantsStart: true, primaryNeed: 'mulai_usaha' }
const grow: Intake = { ...EMPTY_INTAKE, wantsGrow: true, primaryNeed: 'naik_kelas' }

const code = <F extends keyof typeof OPTIONS>(field: F) =>
  fc.constantFrom(null, ...Object.keys(OPTIONS[field]))
const anyIntake: fc.Arbitrary<Intake> = fc.record({
  wantsJob: fc.boolean(),
  wantsStart: fc.boolean(),
  wantsGrow: fc.boolean(),
  primaryNeed: fc.constantFrom(null, ...NEEDS),
  jobEducation: code('jobEducation'),
  jobField: fc.option(fc.string()),
  jobTraining: code('jobTraining'),
  startField: code('startField'),
  startTried: fc.option(fc.boolean()),
  startCapital: fc.option(fc.nat()),
  startBlock: code('startBlock'),
  growName: fc.option(fc.string()),
  growField: code('growField'),
  growSince: code('growSince'),
  growSales: code('growSales'),
  growWorkers: code('growWorkers'),
  growPermits: fc.subarray(Object.keys(OPTIONS.growPermits)),
  growBooks: code('growBooks'),
  growNeed: code('growNeed'),
})

describe('settleIntake', () => {
  it('drops the answers of a branch that became a no', () => {
    const settled = settleIntake({
      ...job,
      wantsStart: false,
      startField: 'kuliner',
      startCapital: 500_000,
      growPermits: ['nib'],
    })
    expect(settled).toMatchObject({ startField: null, startCapital: null, growPermits: [], jobField: null })
  })

  it('makes the only yes the most pressing need, and the named one where there are several', () => {
    expect(settleIntake({ ...start, primaryNeed: null }).primaryNeed).toBe('mulai_usaha')
    expect(settleIntake({ ...start, wantsJob: true, primaryNeed: 'mulai_usaha' }).primaryNeed).toBe(
      'mulai_usaha',
    )
    expect(settleIntake({ ...start, wantsJob: true, primaryNeed: 'naik_kelas' }).primaryNeed).toBe(
      'cari_kerja',
    )
    expect(settleIntake({ ...EMPTY_INTAKE, primaryNeed: 'naik_kelas' }).primaryNeed).toBeNull()
  })

  it('always ends in a need that was answered with yes, with one step that has words, and settles once', () => {
    fc.assert(
      fc.property(anyIntake, answers => {
        const settled = settleIntake(answers)
        const needs = needsOf(settled)
        expect(
          needs.length === 0
            ? settled.primaryNeed === null
            : needs.includes(settled.primaryNeed ?? 'cari_kerja'),
        ).toBe(true)
        expect(settleIntake(settled)).toEqual(settled)
        const { step, topic, need } = route(settled)
        expect(need).toBe(settled.primaryNeed)
        expect(topic === null).toBe(need === null)
        for (const language of ['id', 'en'] as const) {
          expect(stepLabel(step, language)).not.toBe(step)
          expect(stepLabel(step, language)).not.toMatch(/[*{}]|dapat modal|pasti cair/)
        }
      }),
    )
  })
})

describe('route', () => {
  it.each<[string, Intake, string]>([
    ['no need', EMPTY_INTAKE, 'tanya'],
    ['a job and training', { ...job, jobTraining: 'ya' }, 'kerja_pelatihan'],
    ['a job without training', { ...job, jobTraining: 'tidak' }, 'kerja_info'],
    ['no idea yet', { ...start, startField: 'belum_tahu' }, 'mulai_ide'],
    ['held back by ideas', { ...start, startField: 'jasa', startBlock: 'ide' }, 'mulai_ide'],
    ['never sold', { ...start, startField: 'jasa', startTried: false }, 'mulai_kelas'],
    ['sold already', { ...start, startField: 'jasa', startTried: true }, 'mulai_coba'],
    ['no NIB', { ...grow, growNeed: 'lainnya' }, 'nib'],
    [
      'food with NIB only',
      { ...grow, growField: 'kuliner', growPermits: ['nib'], growBooks: 'rutin' },
      'izin_pangan',
    ],
    [
      'clothes with NIB, no books',
      { ...grow, growField: 'fesyen', growPermits: ['nib'], growBooks: 'kadang' },
      'catat_kas',
    ],
    [
      'nothing missing',
      { ...grow, growField: 'fesyen', growPermits: ['nib'], growBooks: 'rutin' },
      'pendampingan',
    ],
    ['wants customers', { ...grow, growNeed: 'pemasaran' }, 'pemasaran'],
    ['wants permits, has them', { ...grow, growNeed: 'perizinan', growPermits: ['nib'] }, 'izin_lain'],
    ['wants a loan without NIB', { ...grow, growNeed: 'modal' }, 'nib'],
    [
      'wants a loan without books',
      { ...grow, growNeed: 'modal', growPermits: ['nib'], growBooks: 'belum' },
      'catat_kas',
    ],
    [
      'ready for a loan',
      { ...grow, growNeed: 'modal', growPermits: ['nib'], growBooks: 'rutin' },
      'siap_modal',
    ],
  ])('%s', (_, intake, step) => expect(route(intake).step).toBe(step))
})
