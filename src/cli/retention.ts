import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { verifyAudit } from '../db/audit.ts'
import { runRetention } from '../db/retention.ts'
import { retentionMonths } from '../domain/retention.ts'
import { withStore } from './withStore.ts'

/** `npm run retention`: what the daily chore deletes, by hand; --dry-run only counts. Also checks the audit chain. */
async function main(): Promise<void> {
  const program = new Command('npm run retention --')
    .description('Deletes what is past its period, as the daily chore does, and checks the audit chain.')
    .option('--dry-run', 'only count')
    .parse()
  const { dryRun = false } = program.opts<{ dryRun?: boolean }>()
  const config = readConfig()
  const months = retentionMonths(config.RETENTION)
  if (months === undefined)
    return program.error(
      `RETENTION: found "${config.RETENTION}", expected a period such as 24 bulan or 2 tahun`,
    )
  await withStore(config, async store => {
    const rows = await runRetention(store.db, store.sealer, { now: Date.now(), months, dryRun })
    const audit = await verifyAudit(store.db, store.sealer)
    console.log(JSON.stringify({ dryRun, rows, audit }))
    process.exitCode = audit.ok ? 0 : 1
  })
}

await main()
