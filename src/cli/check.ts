import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import { callSpecs } from '../app/callSpecs.ts'
import { formatProblem, readFlowFiles } from '../app/loadFlows.ts'
import { readConfig } from '../config.ts'
import { check, type Problem } from '../engine/check.ts'
import { stranded, type Waiting } from '../engine/check/live.ts'
import { flowJsonSchema } from '../engine/schema.ts'

export interface CheckReport {
  problems: Problem[]
  flows: number
  /** How many conversations were compared; undefined without a database. */
  conversations: number | undefined
}

/**
 * Checks the flows of a folder, and with `waiting` also whether live conversations would be stranded by them.
 * @param waiting the open questions of all conversations, from a database
 */
export async function checkFolder(dir: string, waiting?: () => Promise<Waiting[]>): Promise<CheckReport> {
  const { flows, problems } = check(readFlowFiles(dir), callSpecs)
  if (!flows) return { problems, flows: 0, conversations: undefined }
  const open = await waiting?.()
  return {
    problems: open ? stranded(flows, open) : [],
    flows: flows.byId.size,
    conversations: open?.reduce((sum, each) => sum + each.conversations.length, 0),
  }
}

/** The open questions in a database, which is only read. */
async function waitingIn(databaseUrl: string): Promise<Waiting[]> {
  const { connect } = await import('../db/client.ts')
  const db = connect(databaseUrl)
  try {
    const rows = await db.conversation.findMany({
      where: { flow: { not: null }, step: { not: null } },
      select: { id: true, flow: true, step: true },
      orderBy: { id: 'asc' },
    })
    const groups = new Map<string, Waiting & { conversations: number[] }>()
    for (const { id, flow, step } of rows) {
      const key = `${flow ?? ''}/${step ?? ''}`
      const group = groups.get(key) ?? { flow: flow ?? '', step: step ?? '', conversations: [] }
      group.conversations.push(id)
      groups.set(key, group)
    }
    return [...groups.values()]
  } finally {
    await db.$disconnect()
  }
}

function writeSchema(dir: string): string {
  const file = path.join(dir, 'flow.schema.json')
  writeFileSync(
    file,
    `${JSON.stringify(flowJsonSchema(), null, 2)}
`,
  )
  return file
}

async function main(): Promise<void> {
  const command = new Command('npm run check:flows --')
    .description('Checks the flows. With DATABASE_URL also names conversations that wait on a removed step.')
    .option('--dir <folder>', 'the flows', 'flows')
    .option('--write-schema', 'writes flow.schema.json, with which editors complete flow files')
  const options = command.parse().opts<{ dir: string; writeSchema?: true }>()
  if (options.writeSchema) return console.log(`Wrote ${writeSchema(options.dir)}.`)
  const { DATABASE_URL: url } = readConfig()
  const report = await checkFolder(options.dir, url === undefined ? undefined : () => waitingIn(url))
  for (const problem of report.problems) console.error(formatProblem(problem))
  if (report.problems.length > 0) {
    console.error(
      `${report.problems.length} ${report.problems.length === 1 ? 'mistake' : 'mistakes'} in the flows.`,
    )
    process.exitCode = 1
    return
  }
  const open = report.conversations
  const live =
    open === undefined ? '' : open === 1 ? ', 1 open conversation fits' : `, ${open} open conversations fit`
  console.log(`${report.flows} flows without mistakes${live}.`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
