import { isWorkbookId, workbookKey, WORKBOOKS } from '../../domain/workbooks.ts'
import type { Call } from './types.ts'

/** Anybody may have a workbook; what was given is remembered only for people who are registered. */
export const give_workbook: Call<'give_workbook'> = async (
  { workbook },
  { repos, conversation, now, language },
) => {
  if (!isWorkbookId(workbook)) return { outcome: 'unknown', output: {} }
  const { version, fileName, title } = WORKBOOKS[workbook]
  const output = {
    file: { key: workbookKey(workbook), name: fileName, as: 'document' as const },
    title: title[language],
  }
  const resident = await repos.residents.active(conversation.id)
  if (!resident) return { outcome: 'given', output }
  await repos.workbooks.add(resident.id, { workbook, version }, now)
  return { outcome: 'given', output }
}
