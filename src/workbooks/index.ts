import { isWorkbookId, WORKBOOKS, type WorkbookId } from '../domain/workbooks.ts'

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Where the example ends; what TODAY() stands for in the stored results of the templates. */
const EXAMPLE_DAY = '2027-01-31'

/** @returns the bytes of a template; libraries are loaded only when the first file is made. */
export async function makeTemplate(id: WorkbookId): Promise<Uint8Array> {
  const { template } = await import('./books.ts')
  const { make } = await import('./make.ts')
  return make(template(id), EXAMPLE_DAY)
}

/** The files of keys `workbook/<id>@<version>`, as a channel asks for them. @param rest `<id>@<version>` */
export function workbookFile(rest: string) {
  const [id = '', version] = rest.split('@')
  if (!isWorkbookId(id) || String(WORKBOOKS[id].version) !== version) return undefined
  return { mime: XLSX, bytes: () => makeTemplate(id) }
}
