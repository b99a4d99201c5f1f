import type { Resident, Speaker } from './people.ts'
import type { Repos } from './ports.ts'
import { backupsGoneAt, dueAt, type RequestKind } from './privacy.ts'

/** What people may ask of their data. Each is recorded with its 72-hour clock and done at once where it can be. */

interface Receipt {
  number: string
  at: number
  dueAt: number
}

interface Request {
  repos: Repos
  speaker: Speaker
  now: number
}

/** Records a request; `done` false leaves its clock running. */
export async function receive(
  { repos, speaker, now }: Request,
  kind: RequestKind,
  done = true,
): Promise<Receipt> {
  const due = dueAt(now)
  const number = await repos.requests.add({
    kind,
    speaker,
    receivedAt: now,
    dueAt: due,
    doneAt: done ? now : null,
  })
  return { number, at: now, dueAt: due }
}

/** Counted, not named: of somebody who refused not even a digest is kept. */
const NO_ONE = { account: '', address: '' }

/** Refusal before consent, or under age: nothing that was said stays; only a count by action does. */
export async function forget(
  { repos, speaker, now }: Request,
  inboundId: bigint,
  why: 'minor' | 'declined',
): Promise<void> {
  await repos.erasure.messages(speaker, inboundId)
  await repos.audit.append({ actor: 'resident', action: why, subject: NO_ONE, detail: '' }, now)
}

/** Turns reminders on or off; the answer is recorded with the text that was shown, and what waits is not sent. */
export async function setReminders(
  request: Request,
  resident: Resident,
  given: { inboundId: bigint; answer: boolean; text: string },
): Promise<void> {
  const { repos, speaker, now } = request
  await repos.consents.record({ ...given, speaker, purpose: 'reminders' }, resident.id, now)
  await repos.residents.update(resident.id, { reminders: given.answer }, now)
  await receive(request, 'reminders')
}

/**
 * Processing stops now: no reminders, no coach. The profile is erased by the retention chore before the request is due,
 * unless the person consents again.
 */
export async function withdraw(request: Request, resident: Resident): Promise<Receipt> {
  const { repos, now } = request
  await repos.consents.withdraw(resident.id, now)
  await repos.residents.update(resident.id, { restrictedAt: now, reminders: false, coachId: null }, now)
  await repos.audit.append(
    { actor: 'resident', action: 'withdraw', subject: { residentId: resident.id }, detail: '' },
    now,
  )
  return receive(request, 'withdraw', false)
}

/**
 * Erases one of the people of a chat, or all of them. With the last one goes everything said in the chat.
 * @returns the receipt, and who is active now
 */
export async function erase(
  request: Request,
  inboundId: bigint,
  whom: Resident[],
): Promise<Receipt & { backupsGoneAt: number; left: Resident[] }> {
  const { repos, speaker, now } = request
  for (const resident of whom) {
    await repos.erasure.resident(resident.id, now)
    await repos.audit.append(
      { actor: 'resident', action: 'erase', subject: { residentId: resident.id }, detail: '' },
      now,
    )
  }
  await repos.erasure.messages(speaker, inboundId)
  const left = await settleChat(repos, speaker, now)
  const receipt = await receive(request, 'erase')
  return { ...receipt, backupsGoneAt: backupsGoneAt(now), left }
}

/** After an erasure a chat speaks for somebody who is left, or for nobody and is emptied. @returns who is left */
export async function settleChat(repos: Repos, speaker: Speaker, now: number): Promise<Resident[]> {
  const left = await repos.residents.of(speaker.id)
  if (!left[0]) await repos.erasure.chat(speaker, now)
  else if (!(await repos.residents.active(speaker.id)))
    await repos.residents.activate(speaker.id, left[0].id, now)
  return left
}
