import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import type { Db } from '../db/client.ts'
import { UnknownRowError, type Done } from '../db/imports/done.ts'
import type { Sealer } from '../db/seal.ts'
import type { Problem } from '../domain/imports/table.ts'
import { MINUTE } from '../lib/time.ts'
import { readCsv, UnreadableTableError } from './tables/csv.ts'
import { TABLE_NAMES, TABLES, type TableName } from './tables/registry.ts'
import { withStore } from './withStore.ts'

export interface ImportRequest {
  table: TableName
  bytes: Uint8Array
  dryRun: boolean
  now: number
}

/** Thrown to undo a dry run: what it would have done is known by then. */
class DryRun extends Error {
  constructor(readonly done: Done) {
    super()
  }
}

/** Imports a table whole, or nothing of it. What staff read is Indonesian. @returns what to print, and the exit code */
export async function importCli(
  db: Db,
  sealer: Sealer,
  { table, bytes, dryRun, now }: ImportRequest,
): Promise<{ text: string; code: 0 | 1 }> {
  try {
    const { problems, count, write } = TABLES[table].read(readCsv(bytes))
    if (problems.length > 0) return { text: complaint(problems), code: 1 }
    if (count === 0) return { text: 'Tabelnya kosong: hanya ada baris judul.', code: 1 }
    const done = await db.$transaction(
      async tx => {
        const done = await write({ tx, sealer, now })
        if (dryRun) throw new DryRun(done)
        return done
      },
      { timeout: 5 * MINUTE, maxWait: MINUTE },
    )
    return { text: `Selesai: ${summary(done)}.`, code: 0 }
  } catch (error) {
    if (error instanceof DryRun)
      return { text: `Percobaan saja, tidak ada yang disimpan: ${summary(error.done)}.`, code: 0 }
    if (error instanceof UnknownRowError) return { text: complaint([error]), code: 1 }
    if (error instanceof UnreadableTableError)
      return { text: `Berkas ini ${error.message}. Tidak ada yang disimpan.`, code: 1 }
    throw error
  }
}

function summary({ added, changed, kept, calledOff = 0 }: Done): string {
  const off = calledOff === 0 ? '' : `; ${calledOff} janji dibatalkan, dan warganya dikabari`
  return `${added} baru, ${changed} diubah, ${kept} sudah ada${off}`
}

const MOST = 50

function complaint(problems: readonly Problem[]): string {
  const sorted = problems.toSorted((a, b) => a.line - b.line)
  const lines = sorted.slice(0, MOST).map(({ line, column, found, expected }) => {
    const what = found === undefined ? '' : `ditemukan "${found}", `
    return `baris ${line}, kolom ${column}: ${what}seharusnya ${expected}`
  })
  const more = sorted.length > MOST ? [`… dan ${sorted.length - MOST} sel lain`] : []
  return [...lines, ...more, `${sorted.length} sel perlu diperbaiki. Tidak ada yang disimpan.`].join('\n')
}

async function main(): Promise<void> {
  const program = new Command('npm run import --')
    .description('Brings in a spreadsheet, saved as CSV (UTF-8). The first line names the columns.')
    .argument('<table>', TABLE_NAMES.join(', '))
    .argument('<file>', 'the CSV file')
    .option('--dry-run', 'checks everything and stores nothing')
    .addHelpText(
      'after',
      `\nColumns:\n${columnsHelp()}\nnpm run export writes a file that can be edited and brought in.`,
    )
    .parse()
  const [table = '', file = ''] = program.args
  const name = TABLE_NAMES.find(each => each === table)
  if (!name) return program.error(`"${table}": expected one of ${TABLE_NAMES.join(', ')}`)
  const bytes = await readFile(file).catch(() => program.error(`${file}: this file cannot be read`))
  const config = readConfig()
  await withStore(config, async store => {
    const { dryRun = false } = program.opts<{ dryRun?: boolean }>()
    const { text, code } = await importCli(store.db, store.sealer, {
      table: name,
      bytes,
      dryRun,
      now: Date.now(),
    })
    console.log(text)
    process.exitCode = code
  })
}

const columnsHelp = () => TABLE_NAMES.map(name => `  ${name}: ${TABLES[name].columns.join(', ')}`).join('\n')

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
