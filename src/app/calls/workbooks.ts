import {
  FOLLOW_UP_DAYS,
  isUsed,
  isWorkbookId,
  workbookKey,
  WORKBOOKS,
  type Delivery,
} from '../../domain/workbooks.ts'
import { DAY } from '../../lib/time.ts'
import type { Resident } from '../../domain/people.ts'
import type { CallContext } from '../ports.ts'
import type { Call } from './types.ts'

/**
 * Anybody may have a workbook; what was given is remembered only for people who are registered. Who has agreed to reminders
 * is asked a week later whether it is used, about the last one only.
 */
export const give_workbook: Call<'give_workbook'> = async ({ workbook }, context) => {
  const { repos, conversation, now, language } = context
  if (!isWorkbookId(workbook)) return { outcome: 'unknown', output: {} }
  const { version, fileName, title } = WORKBOOKS[workbook]
  const output = {
    file: { key: workbookKey(workbook), name: fileName, as: 'document' as const },
    title: title[language],
  }
  const resident = await repos.residents.active(conversation.id)
  if (!resident || resident.restrictedAt !== null) return { outcome: 'given', output }
  const before = await repos.workbooks.of(resident.id)
  const id = await repos.workbooks.add(resident.id, { workbook, version }, now)
  if (!resident.reminders) return { outcome: 'given', output }
  await planFollowUp(context, { resident, id, before })
  return { outcome: 'followed', output }
}

const subjectOf = (delivery: number) => `workbook:${delivery}`

async function planFollowUp(
  { repos, now }: CallContext,
  { resident, id, before }: { resident: Resident; id: number; before: readonly Delivery[] },
): Promise<void> {
  for (const earlier of before.filter(each => each.sentAt > now - FOLLOW_UP_DAYS * DAY))
    await repos.reminders.cancel(subjectOf(earlier.id), now)
  const values = { delivery: String(id) }
  const to = { resident: resident.id }
  await repos.reminders.plan(
    { subject: subjectOf(id) },
    [{ kind: 'workbook_used', to, dueAt: now + FOLLOW_UP_DAYS * DAY, values }],
    now,
  )
}

/** Of anybody the chat speaks for: the active one may be another than a week ago. */
const deliveryOf = async ({ repos, conversation }: CallContext, delivery: string) => {
  for (const resident of await repos.residents.of(conversation.id)) {
    const given = (await repos.workbooks.of(resident.id)).find(({ id }) => String(id) === delivery)
    if (given) return { resident, given }
  }
  return undefined
}

const titleOf = ({ workbook }: Delivery, language: 'id' | 'en') =>
  isWorkbookId(workbook) ? WORKBOOKS[workbook].title[language] : workbook

export const given_workbook: Call<'given_workbook'> = async ({ delivery }, context) => {
  const found = await deliveryOf(context, delivery)
  if (!found || found.given.used !== null) return { outcome: 'gone', output: {} }
  return { outcome: 'waiting', output: { title: titleOf(found.given, context.language) } }
}

/** The answer stands where the coach sees it. */
export const answer_workbook: Call<'answer_workbook'> = async ({ delivery, used }, context) => {
  const { repos, now } = context
  const found = await deliveryOf(context, delivery)
  if (!found || !isUsed(used)) return { outcome: 'gone', output: {} }
  const { resident, given } = found
  await repos.workbooks.answer(resident.id, given.id, used, now)
  return { outcome: 'noted', output: {} }
}
