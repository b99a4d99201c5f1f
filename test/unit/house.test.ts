import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/folders.ts'

const ROOT = path.join(import.meta.dirname, '../..')

/** The walls of the house are alive: what they forbid is refused, and what the house needs is not. */

describe('dependency-cruiser', () => {
  /** file → its text, in a tree with the project's own settings. @returns the rules broken, as `rule: from → to`. */
  async function cruise(files: Record<string, string>): Promise<string[]> {
    const folder = await temporaryFolder('walls')
    for (const name of ['tsconfig.json', '.dependency-cruiser.cjs', 'package.json'])
      cpSync(path.join(ROOT, name), path.join(folder.path, name))
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder.path, 'node_modules'))
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder.path, file)), { recursive: true })
      writeFileSync(path.join(folder.path, file), text)
    }
    const tool = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
    const args = [tool, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src']
    const output = await new Promise<string>(resolve => {
      execFile(process.execPath, args, { cwd: folder.path, maxBuffer: 1e8 }, (_error, stdout) =>
        resolve(stdout),
      )
    })
    await folder.remove()
    const { summary } = JSON.parse(output) as { summary: { violations: Violation[] } }
    return summary.violations.map(
      ({ rule, from, to }) => `${rule.name}: ${from} → ${to.replace(/.*node_modules\/([^/]+).*/, '$1')}`,
    )
  }
  interface Violation {
    rule: { name: string }
    from: string
    to: string
  }

  /** A file that imports `t` from each of these. */
  const uses = (...from: string[]) =>
    [
      ...from.map((name, i) => `import { t as t${i} } from '${name}'`),
      `export const t = [${from.map((_, i) => `t${i}`).join()}]`,
    ].join('\n')
  const LEAF = 'export const t = 1'

  const SOUND = {
    'src/lib/time.ts': LEAF,
    'src/understand/words.ts': uses('../lib/time.ts'),
    'src/engine/types.ts': uses('../understand/words.ts', '../lib/time.ts'),
    'src/domain/rules.ts': uses('../understand/words.ts', '../lib/time.ts'),
    'src/app/turn.ts': uses(
      '../engine/types.ts',
      '../domain/rules.ts',
      '../channels/channel.ts',
      '../lib/time.ts',
    ),
    'src/channels/channel.ts': uses('../engine/types.ts'),
    'src/channels/telegram/index.ts': uses('grammy', '../channel.ts', '../../engine/types.ts'),
    'src/channels/whatsapp/index.ts': uses('../channel.ts'),
    'src/db/rows.ts': uses('pg', '@prisma/adapter-pg', '../domain/rules.ts'),
    'src/jobs/bells.ts': uses('bullmq', 'ioredis', '../app/turn.ts'),
    'src/http/server.ts': uses('hono', '../app/turn.ts'),
    'src/config.ts': uses('zod'),
    'src/main.ts': uses(
      './app/turn.ts',
      './db/rows.ts',
      './jobs/bells.ts',
      './http/server.ts',
      './config.ts',
    ),
    'src/cli/chat.ts': uses('../db/rows.ts', '../channels/telegram/index.ts'),
    'test/support/fake.ts': LEAF,
  }

  const BROKEN: [file: string, text: string, ...rules: string[]][] = [
    ['src/lib/a.ts', uses('../engine/types.ts'), 'lib-knows-nobody'],
    ['src/understand/a.ts', uses('../engine/types.ts'), 'understand-knows-only-lib'],
    ['src/domain/a.ts', uses('../engine/types.ts'), 'domain-knows-no-flow'],
    ['src/domain/b.ts', uses('../app/turn.ts'), 'domain-knows-no-flow'],
    [
      'src/engine/a.ts',
      "import type { t } from '../domain/rules.ts'\nexport type T = typeof t",
      'engine-knows-no-domain',
    ],
    ['src/engine/b.ts', uses('node:fs'), 'pure-touches-nothing'],
    ['src/app/a.ts', uses('../db/rows.ts'), 'app-knows-only-contracts'],
    ['src/app/b.ts', uses('../channels/telegram/index.ts'), 'app-knows-only-contracts'],
    ['src/channels/a.ts', uses('../app/turn.ts'), 'channels-know-only-their-contract'],
    ['src/channels/telegram/a.ts', uses('../whatsapp/index.ts'), 'channels-do-not-know-each-other'],
    ['src/db/a.ts', uses('../app/turn.ts'), 'db-implements-ports'],
    ['src/db/b.ts', uses('../jobs/bells.ts'), 'db-implements-ports'],
    ['src/jobs/a.ts', uses('../db/rows.ts'), 'jobs-ring-and-nothing-else'],
    ['src/jobs/b.ts', uses('../config.ts'), 'jobs-ring-and-nothing-else', 'config-is-passed-on'],
    ['src/workbooks/a.ts', uses('../db/rows.ts'), 'workbooks-show-what-domain-computes'],
    ['src/cli/h.ts', uses('exceljs'), 'exceljs-only-in-workbooks'],
    ['src/pictures/a.ts', uses('../db/rows.ts'), 'pictures-show-what-domain-computes'],
    ['src/cli/i.ts', uses('echarts'), 'echarts-only-in-pictures'],
    ['src/http/a.ts', uses('../db/rows.ts'), 'http-is-a-door'],
    ['src/http/b.ts', uses('../main.ts'), 'http-is-a-door', 'nobody-imports-the-composers'],
    ['src/http/c.ts', "import type { t } from 'ioredis'\nexport type T = typeof t", 'bullmq-only-in-jobs'],
    ['src/jobs/c.ts', uses('pg'), 'prisma-and-pg-only-in-db'],
    ['src/main2.ts', uses('hono'), 'hono-only-in-http'],
    ['src/cli/a.ts', uses('grammy'), 'grammy-only-in-channels-telegram'],
    [
      'src/cli/b.ts',
      uses('@whiskeysockets/baileys', './nowhere.ts'),
      'baileys-only-in-channels-whatsapp',
      'nothing-unresolved',
    ],
    ['src/cli/c.ts', uses('../../test/support/fake.ts'), 'no-test-code-in-src'],
    ['src/cli/d.ts', uses('fast-check'), 'only-declared-packages'],
    ['src/cli/e.ts', uses('./f.ts'), 'no-cycles'],
    ['src/cli/f.ts', uses('./e.ts')],
    ['src/cli/g.ts', LEAF, 'no-orphans'],
  ]

  it('lets the sound tree pass', async () => {
    expect(await cruise(SOUND)).toEqual([])
  })

  it('refuses each import through a wall, types too; every rule is shown to bite', async () => {
    const broken = await cruise({ ...SOUND, ...Object.fromEntries(BROKEN) })
    const found = broken.map(text => text.split(' → ')[0])
    expect(found.sort()).toEqual(
      BROKEN.flatMap(([file, , ...rules]) => rules.map(rule => `${rule}: ${file}`)).sort(),
    )

    const { default: settings } = (await import(path.join(ROOT, '.dependency-cruiser.cjs'))) as {
      default: { forbidden: { name: string; comment: string }[] }
    }
    const tested = new Set(BROKEN.flatMap(([, , ...rules]) => rules))
    expect(settings.forbidden.filter(rule => !tested.has(rule.name) || !rule.comment)).toEqual([])
  })
})

describe('ESLint', () => {
  const eslint = new ESLint({
    cwd: ROOT,
    // With CI=true the parser assumes that each file is read once, from disk; here the text is planted.
    overrideConfig: { languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } },
  })
  /** @returns the rules that this text would break if it stood in that file. */
  async function broken(file: string, text: string): Promise<string[]> {
    const [result] = await eslint.lintText(text, { filePath: path.join(ROOT, file) })
    return [...new Set(result?.messages.map(message => message.ruleId ?? message.message))].sort()
  }

  it.each([
    ['src/engine/types.ts', 'export const at = Date.now()', 'no-restricted-properties'],
    ['src/engine/types.ts', 'export const at = new Date()', 'no-restricted-syntax'],
    ['src/understand/types.ts', 'export const n = Math.random()', 'no-restricted-properties'],
    ['src/domain/ports.ts', 'setTimeout(() => {}, 5)', 'no-restricted-globals'],
    ['src/lib/time.ts', `export const port = process.env['PORT']`, 'no-restricted-properties'],
    ['src/app/ports.ts', `import pg from 'pg'\nexport const c = pg.Client`, 'no-restricted-imports'],
    ['src/db/client.ts', `import { Queue } from 'bullmq'\nexport const q = Queue`, 'no-restricted-imports'],
    ['src/lib/time.ts', 'export const f = async () => 1\nf()', '@typescript-eslint/no-floating-promises'],
    ['src/lib/time.ts', '[1].forEach(async () => 1)', '@typescript-eslint/no-misused-promises'],
    [
      'src/lib/time.ts',
      'export const f = async () => {\n  const n = await 1\n  return n\n}',
      '@typescript-eslint/await-thenable',
    ],
    ['src/lib/time.ts', 'export const x = (y: any): unknown => y', '@typescript-eslint/no-explicit-any'],
    [
      'src/lib/time.ts',
      'export const x: string = JSON.parse("1")',
      '@typescript-eslint/no-unsafe-assignment',
    ],
    [
      'src/lib/time.ts',
      `export function f(x: 'a' | 'b') {\n  switch (x) {\n    case 'a':\n      return 1\n  }\n  return 2\n}`,
      '@typescript-eslint/switch-exhaustiveness-check',
    ],
    [
      'src/lib/time.ts',
      `import { Server } from 'node:net'\nexport const x = (y: Server): unknown => y`,
      '@typescript-eslint/consistent-type-imports',
    ],
    ['src/lib/time.ts', `export const x = [\n${'  1,\n'.repeat(250)}]`, 'max-lines'],
    ['src/lib/time.ts', `export const x = () => [\n${'  1,\n'.repeat(60)}]`, 'max-lines-per-function'],
    [
      'src/lib/time.ts',
      'export const x = (a = 1, b = 2, c = 3, d = 4, e = 5) => a + b + c + d + e',
      'max-params',
    ],
  ])(
    'in %s refuses %j',
    async (file, text, rule) => {
      expect(await broken(file, `${text}\n`)).toEqual([rule])
    },
    120_000,
  ) // the first one reads the whole project

  it.each([
    ['src/config.ts', `export const port = process.env['PORT']`],
    ['src/engine/types.ts', 'export const at = (ms: number) => new Date(ms).getUTCDay()'],
    ['src/db/client.ts', `import pg from 'pg'\nexport const c = pg.Client`],
    ['src/lib/time.ts', 'export const f = async () => 1\nawait f()\nvoid f()'],
    ['test/support/folders.ts', `export const port = process.env['PORT']`],
  ])('in %s lets %j pass', async (file, text) => {
    expect(await broken(file, `${text}\n`)).toEqual([])
  })
})
