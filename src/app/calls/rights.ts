import { stepLabel } from '../../domain/labels.ts'
import type { Resident } from '../../domain/people.ts'
import { nextExportAt } from '../../domain/privacy.ts'
import { asJson, recordOf } from '../../domain/record.ts'
import { asText } from '../../domain/recordText.ts'
import { centreOf, correct, type Changes } from '../../domain/registration.ts'
import { erase, receive, setReminders, withdraw } from '../../domain/rights.ts'
import { formatInstant } from '../../lib/format.ts'
import type { CallContext } from '../ports.ts'
import { answersOf, intakeOf } from './input.ts'
import type { Call } from './types.ts'

const NOBODY = { outcome: 'nobody', output: {} } as const

const activeOf = ({ repos, conversation }: CallContext): Promise<Resident | undefined> =>
  repos.residents.active(conversation.id)

const requestOf = ({ repos, conversation, now }: CallContext) => ({ repos, speaker: conversation, now })

export const show_data: Call<'show_data'> = async (_, context) => {
  const resident = await activeOf(context)
  if (!resident) return NOBODY
  await receive(requestOf(context), 'view')
  const record = await recordOf(context.repos, context.conversation, resident)
  return { outcome: 'shown', output: { text: asText(record, context.language) } }
}

export const copy_data: Call<'copy_data'> = async (_, context) => {
  const { repos, conversation, now, language } = context
  const resident = await activeOf(context)
  if (!resident) return NOBODY
  const last = (await repos.requests.of(conversation)).find(request => request.kind === 'export')
  const next = nextExportAt(last?.receivedAt, now)
  if (next !== undefined) return { outcome: 'later', output: { when: formatInstant(next, language) } }
  const { number } = await receive(requestOf(context), 'export')
  await repos.audit.append(
    { actor: 'resident', action: 'export', subject: { residentId: resident.id }, detail: '' },
    now,
  )
  const record = await recordOf(repos, conversation, resident)
  return { outcome: 'ready', output: { number, text: asText(record, language), json: asJson(record) } }
}

export const load_form: Call<'load_form'> = async (_, context) => {
  const resident = await activeOf(context)
  if (!resident) return NOBODY
  return {
    outcome: 'loaded',
    output: {
      name: resident.name,
      form_of_address: resident.formOfAddress,
      phone: resident.phone === null ? null : { number: resident.phone, own: false },
      place: resident.kelurahan,
      ...answersOf(resident.intake),
    },
  }
}

async function change(context: CallContext, changes: Changes) {
  const resident = await activeOf(context)
  if (!resident) return undefined
  const { number } = await receive(requestOf(context), 'correct')
  const step = await correct(context.repos, resident, changes, context.now)
  return { number, step: stepLabel(step, context.language) }
}

export const correct_profile: Call<'correct_profile'> = async (input, context) => {
  const changed = await change(context, {
    ...(input.name === null ? {} : { name: input.name }),
    ...(input.form_of_address === null ? {} : { formOfAddress: input.form_of_address }),
    ...(input.phone === null ? {} : { phone: input.phone.number }),
    ...(input.place === null ? {} : { kelurahan: input.place, centreCode: centreOf(input.place) }),
    ...(input.nik === null ? {} : { nik: input.nik }),
  })
  return changed ? { outcome: 'corrected', output: { number: changed.number } } : NOBODY
}

export const correct_answers: Call<'correct_answers'> = async (input, context) => {
  const changed = await change(context, { intake: intakeOf('correct_answers', input) })
  return changed ? { outcome: 'corrected', output: changed } : NOBODY
}

export const set_reminders: Call<'set_reminders'> = async ({ answer, shown }, context) => {
  const resident = await activeOf(context)
  if (!resident) return NOBODY
  const on = answer === 'yes'
  await setReminders(requestOf(context), resident, { inboundId: context.inboundId, answer: on, text: shown })
  return { outcome: on ? 'on' : 'off', output: {} }
}

export const withdrawCall: Call<'withdraw'> = async (_, context) => {
  const resident = await activeOf(context)
  if (!resident || resident.restrictedAt !== null) return NOBODY
  const { number, dueAt } = await withdraw(requestOf(context), resident)
  return { outcome: 'withdrawn', output: { number, due: formatInstant(dueAt, context.language) } }
}

export const eraseCall: Call<'erase'> = async ({ whom }, context) => {
  const { repos, conversation, inboundId, language } = context
  const active = await activeOf(context)
  const people = whom === 'all' ? await repos.residents.of(conversation.id) : active ? [active] : []
  const { number, at, backupsGoneAt, left } = await erase(requestOf(context), inboundId, people)
  const output = { number, at: formatInstant(at, language), backups: formatInstant(backupsGoneAt, language) }
  const next = left[0] && (await activeOf(context))
  if (next) return { outcome: 'left', output: { ...output, name: next.name }, forget: true }
  return { outcome: 'erased', output, forget: true }
}
