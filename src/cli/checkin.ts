import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { checkInCode } from '../db/checkIns.ts'
import type { Store } from '../db/open.ts'
import { dayOf, isoOf } from '../lib/days.ts'
import { formatDate } from '../lib/format.ts'
import { withStore } from './withStore.ts'

export interface CodesRequest {
  /** Only centres with these words in their name. */
  centre?: string | undefined
  /** From today on. */
  days: number
}

/**
 * The codes that centres show, one line each, for as many days as are to be put up at once. They are made from the key, so
 * a printed sheet stays right. @returns undefined where no centre is called so
 */
export async function codesFor(
  { db, sealer }: Pick<Store, 'db' | 'sealer'>,
  { centre = '', days }: CodesRequest,
  now: number,
): Promise<string | undefined> {
  const centres = await db.centre.findMany({
    where: { name: { contains: centre, mode: 'insensitive' } },
    orderBy: [{ name: 'asc' }, { code: 'asc' }],
    select: { code: true, name: true },
  })
  if (centres.length === 0) return undefined
  const dates = Array.from({ length: days }, (_, n) => isoOf(dayOf(now) + n))
  const width = Math.max(...centres.map(({ name }) => name.length)) + 2
  return dates
    .map(date => {
      const lines = centres.map(
        ({ code, name }) => `  ${name.padEnd(width)}${checkInCode(sealer, code, date)}`,
      )
      return [formatDate(date), ...lines].join('\n')
    })
    .join('\n\n')
}

async function main(): Promise<void> {
  const command = new Command('npm run checkin --')
    .description('Prints the codes with which people check in at a clinic; each is good for one day.')
    .argument('[centre]', 'words of the name of a centre, e.g. "kebon jeruk"; without it all')
    .option('--days <n>', 'today and the days after it', '1')
  const options = command.parse().opts<{ days: string }>()
  const days = Number(options.days)
  if (!Number.isInteger(days) || days < 1 || days > 31)
    return fail('--days: expected a number from 1 to 31, e.g. --days 7')
  await withStore(readConfig(), async store => {
    const codes = await codesFor(store, { centre: command.args[0], days }, Date.now())
    if (codes === undefined) return fail(`No centre is called "${command.args[0] ?? ''}".`)
    console.log(codes)
  })
}

function fail(why: string): void {
  console.error(why)
  process.exitCode = 1
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
