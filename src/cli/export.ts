import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import type { Db } from '../db/client.ts'
import type { Sealer } from '../db/seal.ts'
import { writeCsv } from './tables/csv.ts'
import { TABLE_NAMES, TABLES, type TableName } from './tables/registry.ts'
import { withStore } from './withStore.ts'

/** A table as `npm run import` reads it again. */
export async function exportCsv(db: Db, sealer: Sealer, table: TableName): Promise<string> {
  const { columns, rows } = TABLES[table]
  return writeCsv(columns, await db.$transaction(tx => rows({ tx, sealer, now: Date.now() })))
}

async function main(): Promise<void> {
  const program = new Command('npm run export --')
    .description('Writes a table as CSV, to be edited in a spreadsheet and brought in with npm run import.')
    .argument('<table>', TABLE_NAMES.join(', '))
    .option('--out <file>', 'the file to write; participants hold names and numbers, so keep it closed')
    .parse()
  const name = TABLE_NAMES.find(each => each === program.args[0])
  if (!name) return program.error(`"${program.args[0] ?? ''}": expected one of ${TABLE_NAMES.join(', ')}`)
  const { out = `${name}.csv` } = program.opts<{ out?: string }>()
  const config = readConfig()
  await withStore(config, async store => {
    await writeFile(out, await exportCsv(store.db, store.sealer, name), { mode: 0o600 })
    const secret = TABLES[name].personal ? ' Isinya data pribadi: hapus setelah dipakai.' : ''
    console.log(`${out} ditulis.${secret}`)
  })
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
