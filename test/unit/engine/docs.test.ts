import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { callSpecs } from '../../../src/app/callSpecs.ts'
import { readFlowFiles } from '../../../src/app/loadFlows.ts'
import { flowJsonSchema, ASK_KINDS, STEP_KINDS } from '../../../src/engine/schema.ts'
import { FACTS, SILENCES } from '../../../src/engine/vocabulary.ts'
import { NEWCOMER, realFlows } from './flows.ts'
import { Runner } from './runner.ts'
import { check } from '../../../src/engine/check.ts'

const ROOT = path.join(import.meta.dirname, '../../..')
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')
const format = read('docs/flow-format.md')

test('docs/input.md explains every silence, and no other', () => {
  const table = read('docs/input.md').split('## Silences')[1] ?? ''
  const told = [...table.matchAll(/^\| (.+?) \|/gm)].flatMap(row =>
    [...(row[1] ?? '').matchAll(/`(\w+)`/g)].map(name => name[1]),
  )
  expect(told.toSorted()).toEqual([...SILENCES].toSorted())
})

test('docs/flow-format.md shows every step, every kind of question and every fact', () => {
  for (const kind of STEP_KINDS) expect(format).toMatch(new RegExp(`^    ${kind}: `, 'm'))
  for (const kind of ASK_KINDS) expect(format, kind).toContain(`\`${kind}\``)
  for (const fact of Object.keys(FACTS)) expect(format, fact).toContain(`{${fact}}`)
})

/** The flow of the document and its translation. */
const shown = [...format.matchAll(/```yaml\n(format: 1\nid: [^]*?)```/g)].map(match => match[1] ?? '')

test('the flow shown in docs/flow-format.md is as right as any other', () => {
  const [indonesian = '', english = ''] = shown
  expect(shown).toHaveLength(2)
  const files = [
    ...readFlowFiles(path.join(ROOT, 'flows')),
    { path: 'flows/feedback.yaml', text: indonesian },
    { path: 'flows/en/feedback.yaml', text: english },
  ]
  expect(check(files, callSpecs).problems).toEqual([])
})

test('docs/flow-format.md names every kind of mistake that is told', () => {
  const list = format.split('## What the checker refuses')[1] ?? ''
  const told = [...list.matchAll(/`(\w+)`/g)].map(match => match[1])
  const kinds = [...rules().matchAll(/kind: '(\w+)'/g)].map(match => match[1])
  expect([...new Set(kinds)].filter(kind => !told.includes(kind))).toEqual([])
})

/** The source of the checker. */
const rules = (): string =>
  readdirSync(path.join(ROOT, 'src/engine/check'))
    .map(name => read(`src/engine/check/${name}`))
    .join('\n') + read('src/engine/check.ts')

test('flows/flow.schema.json is the one that npm run check:flows -- --write-schema writes', () => {
  expect(JSON.parse(read('flows/flow.schema.json'))).toEqual(JSON.parse(JSON.stringify(flowJsonSchema())))
})

test('the recipe of docs/flow-format.md, followed to the letter, adds a question', () => {
  const [, step = '', english = ''] =
    /```yaml\n( {5}ask_since:[^]*?)```[^]*?```yaml\n( {5}ask_since:[^]*?)```/.exec(format) ?? []
  const outdent = (text: string) => text.replaceAll(/^ {3}/gm, '')
  const files = readFlowFiles(path.join(ROOT, 'flows')).map(({ path: file, text }) => {
    if (file.endsWith('flows/registration.yaml'))
      return {
        path: file,
        text: text
          .replace('next: ask_form_of_address', 'next: ask_since')
          .replace(/version: (\d+)/, (_, version) => `version: ${Number(version) + 1}`)
          .replace('  # ── Cari kerja ──', `${outdent(step)}\n  # ── Cari kerja ──`)
          .replace('      - place\n', '      - place\n      - since\n'),
      }
    return file.endsWith('en/registration.yaml')
      ? { path: file, text: `${text}${outdent(english)}` }
      : { path: file, text }
  })
  const { flows, problems } = check(files, callSpecs)
  expect(problems).toEqual([])
  const runner = new Runner(flows ?? realFlows(), NEWCOMER)
  runner.say('/start')
  for (const each of ['Daftar', 'Sudah', 'Setuju', 'Boleh', 'Tidak', 'Tidak', 'Ya']) runner.tap(each)
  expect(runner.say('Siti Aminah')).toBe(
    'Sudah berapa lama Anda tinggal di Jakarta?\n[1] Kurang 1 tahun\n[2] 1 tahun lebih',
  )
  expect(runner.say('sejak lahir')).toContain('Senang berkenalan, Siti Aminah.')
})
