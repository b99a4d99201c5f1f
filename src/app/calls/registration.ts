import { needsOf } from '../../domain/intake.ts'
import { stageLabel, stepLabel } from '../../domain/labels.ts'
import { maskName } from '../../domain/masks.ts'
import type { Resident } from '../../domain/people.ts'
import { centreOf, claimOwn, register, resumeActive } from '../../domain/registration.ts'
import { dueAt } from '../../domain/privacy.ts'
import { forget } from '../../domain/rights.ts'
import { formatInstant } from '../../lib/format.ts'
import { nikFacts } from '../../understand/index.ts'
import type { Lang } from '../../engine/types.ts'
import { intakeOf } from './input.ts'
import type { Call } from './types.ts'

const ADULT = 18
const NO_COACH = { id: 'menyusul, kami kabari begitu ada', en: 'to follow, we will tell you' } as const

/** What is said of a resident. */
const profileOf = (resident: Resident, language: Lang) => ({
  number: resident.number,
  name: resident.name,
  form_of_address: resident.formOfAddress,
  centre: resident.centre.name,
  kota: resident.centre.kota,
  coach: resident.coach ? `Coach ${resident.coach.name}` : NO_COACH[language],
  stage: stageLabel(resident.stage, language),
  step: stepLabel(resident.nextStep, language),
})

export const who: Call<'who'> = async (_, { conversation, repos, language }) => {
  const resident = await repos.residents.active(conversation.id)
  if (!resident) return { outcome: 'new', output: {} }
  if (resident.restrictedAt === null) return { outcome: 'known', output: profileOf(resident, language) }
  const until = formatInstant(dueAt(resident.restrictedAt), language)
  return { outcome: 'restricted', output: { name: resident.name, until } }
}

export const record_consent: Call<'record_consent'> = async ({ purpose, answer, shown }, context) => {
  const { conversation: speaker, inboundId, now, language, repos } = context
  const kind = purpose === 'reminders' ? 'reminders' : 'data'
  await repos.consents.record(
    { speaker, inboundId, purpose: kind, answer: answer === 'yes', text: shown },
    null,
    now,
  )
  return { outcome: 'recorded', output: { at: formatInstant(now, language) } }
}

export const forgetCall: Call<'forget'> = async (
  { why },
  { conversation: speaker, inboundId, now, repos },
) => {
  await forget({ repos, speaker, now }, inboundId, why === 'minor' ? 'minor' : 'declined')
  return { outcome: 'forgotten', output: {}, forget: true }
}

const yes = (answer: boolean) => (answer ? 'yes' : 'no')

export const guess_needs: Call<'guess_needs'> = ({ closest, wants_job, wants_start, wants_grow }) =>
  Promise.resolve({
    outcome: 'guessed',
    output: {
      wants_job: yes(wants_job === 'yes' || closest === 'cari_kerja'),
      wants_start: yes(wants_start === 'yes' || closest === 'mulai_usaha'),
      wants_grow: yes(wants_grow === 'yes' || closest === 'naik_kelas'),
    },
  })

export const count_needs: Call<'count_needs'> = ({ wants_job, wants_start, wants_grow }) => {
  const needs = needsOf({
    wantsJob: wants_job === 'yes',
    wantsStart: wants_start === 'yes',
    wantsGrow: wants_grow === 'yes',
  })
  const [only] = needs
  if (only === undefined) return Promise.resolve({ outcome: 'none', output: {} })
  if (needs.length > 1) return Promise.resolve({ outcome: 'several', output: {} })
  return Promise.resolve({ outcome: 'one', output: { primary_need: only } })
}

export const phone_of_chat: Call<'phone_of_chat'> = async (_, { conversation, repos }) => {
  const number = await repos.phones.ofChat(conversation)
  return number === undefined
    ? { outcome: 'unknown', output: {} }
    : { outcome: 'found', output: { phone: { number, own: true } } }
}

export const find_own: Call<'find_own'> = async ({ phone }, { conversation, repos }) => {
  if (!phone.own || conversation.sandbox) return { outcome: 'free', output: {} }
  const here = new Set((await repos.residents.of(conversation.id)).map(one => one.id))
  const elsewhere = (await repos.residents.withPhone(phone.number)).find(one => !here.has(one.id))
  if (!elsewhere) return { outcome: 'free', output: {} }
  return { outcome: 'known', output: { masked: maskName(elsewhere.name) } }
}

export const claim_own: Call<'claim_own'> = async ({ phone, name, place }, context) => {
  const { conversation: speaker, now, language, repos } = context
  const resident = await claimOwn(
    repos,
    speaker,
    { ownPhone: phone.own, phone: phone.number, name, kelurahan: place },
    now,
  )
  if (!resident) return { outcome: 'unsure', output: {} }
  return { outcome: 'linked', output: profileOf(resident, language) }
}

/** Only to find minors; the date is never used to fill in a birthday. */
export const check_nik: Call<'check_nik'> = ({ nik }, { now, holidays }) => {
  const { age } = nikFacts(nik, { now, holidays, hours: { open: '08:00', close: '16:00' } })
  return Promise.resolve({ outcome: age >= ADULT ? 'adult' : 'minor', output: {} })
}

export const nik_wanted: Call<'nik_wanted'> = (_, { facts }) =>
  Promise.resolve({ outcome: facts.nik === 'on' ? 'yes' : 'no', output: {} })

export const registerCall: Call<'register'> = async (
  input,
  { conversation: speaker, now, language, repos },
) => {
  const { name, form_of_address, phone, place, nik, source, ...answers } = input
  const result = await register(
    repos,
    speaker,
    {
      name,
      formOfAddress: form_of_address,
      phone: phone?.number ?? null,
      ownPhone: phone?.own ?? false,
      nik,
      kelurahan: place,
      centreCode: centreOf(place),
      language,
      source,
      intake: intakeOf('register', answers),
    },
    now,
  )
  if (result.outcome === 'no_consent') return { outcome: 'no_consent', output: {} }
  const output = profileOf(result.resident, language)
  if (result.outcome === 'known') return { outcome: 'known', output }
  return { outcome: result.resident.coach ? 'registered' : 'waiting', output }
}

export const resume: Call<'resume'> = async (_, { conversation: speaker, now, language, repos }) => {
  const resident = await resumeActive(repos, speaker, now)
  if (!resident) return { outcome: 'nobody', output: {} }
  return { outcome: 'resumed', output: profileOf(resident, language) }
}
