import { leastLoaded } from './coaches.ts'
import { route, settleIntake, type StepCode } from './intake.ts'
import { sameName, type Intake, type Resident, type Speaker } from './people.ts'
import type { Profile, Repos, Whose } from './ports.ts'

export interface Draft {
  name: string
  formOfAddress: string
  /** E.164. */
  phone: string | null
  /** The channel vouches that the number is the sender's. */
  ownPhone: boolean
  nik: string | null
  kelurahan: string
  centreCode: string
  language: 'id' | 'en'
  source: string | null
  intake: Intake
}

/** The centre of a kelurahan is its kecamatan's: 31.73.05.1005 → 31.73.05. */
export const centreOf = (kelurahan: string): string => kelurahan.slice(0, 8)

export type Registration =
  | { outcome: 'registered' | 'known'; resident: Resident }
  /** Nobody said *Setuju* for this person: nothing may be stored. */
  | { outcome: 'no_consent' }

/**
 * Stores a person once: saying the same again, or sharing a number of one's own that is registered under the same name
 * and centre, finds the profile that exists. Takes the centre's lock, so coaches are given out one by one. No audit row: a
 * registration is its own record (created at, consents), and the chain's lock would make all centres wait in one line.
 * @throws Error when the centre is not in the database (the reference data is missing)
 */
export async function register(
  repos: Repos,
  speaker: Speaker,
  draft: Draft,
  now: number,
): Promise<Registration> {
  const centre = await repos.centres.lock(draft.centreCode)
  if (!centre) throw new Error(`Centre ${draft.centreCode} is missing from the reference data.`)
  const consents = await repos.consents.pending(speaker.id)
  const known = (await twin(repos, speaker, draft)) ?? (await ownProfile(repos, speaker, draft))
  if (known) return { outcome: 'known', resident: await welcomeBack(repos, speaker, known, now) }
  if (consents.data !== true) return { outcome: 'no_consent' }

  const intake = settleIntake(draft.intake)
  const { ownPhone: _, ...profile } = draft
  const coach = await coachFor(repos, { centreCode: centre.code, intake, of: { chat: speaker.id } }, null)
  const resident = await repos.residents.create(
    speaker.id,
    {
      ...profile,
      coachId: coach?.id ?? null,
      nextStep: route(intake).step,
      reminders: consents.reminders === true,
      intake,
      sandbox: speaker.sandbox,
    },
    now,
  )
  await repos.consents.claim(speaker.id, resident.id)
  return { outcome: 'registered', resident: { ...resident, centre, coach } }
}

/** Somebody this chat already speaks for. */
async function twin(repos: Repos, speaker: Speaker, draft: Draft): Promise<Resident | undefined> {
  const linked = await repos.residents.of(speaker.id)
  return linked.find(
    one => sameName(one.name, draft.name) && one.kelurahan === draft.kelurahan && one.phone === draft.phone,
  )
}

/** Somebody registered through another chat who shares their own number here; a typed number proves nothing. */
async function ownProfile(repos: Repos, speaker: Speaker, claim: Claim): Promise<Resident | undefined> {
  if (!claim.ownPhone || !claim.phone || speaker.sandbox) return undefined
  const owners = await repos.residents.withPhone(claim.phone)
  return owners.find(one => sameName(one.name, claim.name) && one.centre.code === centreOf(claim.kelurahan))
}

type Claim = Pick<Draft, 'name' | 'phone' | 'ownPhone' | 'kelurahan'>

/**
 * Takes over a profile that was made through another chat. The number alone is not enough, because numbers are given to
 * somebody else after a while: name and kecamatan must agree. @returns undefined when they do not
 */
export async function claimOwn(
  repos: Repos,
  speaker: Speaker,
  claim: Claim,
  now: number,
): Promise<Resident | undefined> {
  await repos.centres.lock(centreOf(claim.kelurahan))
  const found = await ownProfile(repos, speaker, claim)
  return found && welcomeBack(repos, speaker, found, now)
}

async function welcomeBack(repos: Repos, speaker: Speaker, known: Resident, now: number): Promise<Resident> {
  const { data } = await repos.consents.pending(speaker.id)
  await repos.residents.activate(speaker.id, known.id, now)
  await repos.consents.claim(speaker.id, known.id)
  if (known.restrictedAt && data === true) return resume(repos, known, now)
  return (await repos.residents.find(known.id)) ?? known
}

/** The chat's active resident consents again after a withdrawal. @returns undefined without a new consent */
export async function resumeActive(
  repos: Repos,
  speaker: Speaker,
  now: number,
): Promise<Resident | undefined> {
  const resident = await repos.residents.active(speaker.id)
  if (!resident) return undefined
  await repos.centres.lock(resident.centre.code)
  const { data } = await repos.consents.pending(speaker.id)
  await repos.consents.claim(speaker.id, resident.id)
  if (data !== true) return undefined
  return resident.restrictedAt === null ? resident : resume(repos, resident, now)
}

/** Consent given again after a withdrawal: processing goes on. The centre must be locked. */
async function resume(repos: Repos, resident: Resident, now: number): Promise<Resident> {
  const { id, centre, intake } = resident
  const coach = await coachFor(repos, { centreCode: centre.code, intake, of: { resident: id } }, null)
  await repos.residents.update(resident.id, { restrictedAt: null, coachId: coach?.id ?? null }, now)
  await audit(repos, 'resume', resident.id, now)
  return { ...resident, restrictedAt: null, coach }
}

export type Changes = Partial<
  Pick<
    Profile,
    'name' | 'formOfAddress' | 'phone' | 'nik' | 'kelurahan' | 'centreCode' | 'language' | 'intake'
  >
>

/**
 * Corrects a profile. A move or another need keeps the coach who still fits, else the least loaded takes over; the next
 * step follows the answers. Both centres' locks are taken in the order of their codes.
 */
export async function correct(
  repos: Repos,
  resident: Resident,
  changes: Changes,
  now: number,
): Promise<StepCode> {
  const centreCode = changes.centreCode ?? resident.centre.code
  for (const code of [...new Set([resident.centre.code, centreCode])].sort()) await repos.centres.lock(code)
  const intake = settleIntake(changes.intake ?? resident.intake)
  const coach = await coachFor(repos, { centreCode, intake, of: { resident: resident.id } }, resident)
  const answers = changes.intake ? { intake } : {} // else the age of the answers would start anew
  await repos.residents.update(
    resident.id,
    { ...changes, ...answers, coachId: coach?.id ?? null, nextStep: route(intake).step },
    now,
  )
  await audit(repos, 'correct', resident.id, now)
  return route(intake).step
}

interface Placement {
  centreCode: string
  intake: Intake
  of: Whose
}

/** null = *menyusul*: no coach of the centre serves the need yet, or no need was named. */
async function coachFor(repos: Repos, to: Placement, from: Resident | null): Promise<Resident['coach']> {
  const need = to.intake.primaryNeed
  if (!need || from?.restrictedAt) return null
  const candidates = await repos.centres.coaches(to.centreCode, need, to.of)
  const kept = candidates.find(candidate => candidate.id === from?.coach?.id)
  const coach = kept ?? leastLoaded(candidates)
  return coach ? { id: coach.id, name: coach.name } : null
}

const audit = (repos: Repos, action: string, residentId: string, now: number) =>
  repos.audit.append({ actor: 'resident', action, subject: { residentId }, detail: '' }, now)
