import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Command } from 'commander'
import { WORKBOOK_IDS, WORKBOOKS } from '../domain/workbooks.ts'
import { makeTemplate } from '../workbooks/index.ts'

/** Writes all bookkeeping workbooks into a folder, to be handed out on a stick or printed. */
const { out } = new Command('workbooks')
  .description('Writes the bookkeeping workbooks (.xlsx) that the chat hands out.')
  .requiredOption('--out <folder>', 'where to write them')
  .parse()
  .opts<{ out: string }>()

await mkdir(out, { recursive: true })
for (const id of WORKBOOK_IDS) {
  const { fileName, title, version } = WORKBOOKS[id]
  await writeFile(path.join(out, fileName), await makeTemplate(id))
  console.log(`${fileName}  ${title.id}, version ${version}`)
}
