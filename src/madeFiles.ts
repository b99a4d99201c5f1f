import type { MadeFiles } from './db/files.ts'
import { workbookFile } from './workbooks/index.ts'

/** Files that code makes, by the prefix of their keys. */
export const MADE_FILES: MadeFiles = { workbook: workbookFile }
