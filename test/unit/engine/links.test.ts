import { describe, expect, test } from 'vitest'
import { check } from '../../../src/engine/check.ts'
import { flowFiles, mainFlow, TEST_CALLS, TICKET } from './flows.ts'
import { Runner } from './runner.ts'

/** Links that open the assistant: `/start <word>`. */

const INVITATION = `format: 1
id: invitation
version: 1
title: undangan
start: confirm
input: { code: text }
steps:
  confirm:
    ask: yesno
    text: Pakai undangan {code}?
    save: use
    next: done
  done: { end: true }
`
const MAIN = mainFlow(
  'name',
  `  name:
    ask: name
    text: Siapa nama Anda?
    title: Nama
    save: name
    example: Siti
    next: sure
  sure:
    ask: yesno
    text: Yakin, {name}?
    title: Yakin
    save: sure
    interrupt: block
    next: done
  done: { end: true }
`,
)
const checked = (links: string) =>
  check(
    flowFiles(MAIN, INVITATION).map(file =>
      file.path === 'flows/common.yaml' ? { ...file, text: `${file.text}\nlinks:\n  ${links}\n` } : file,
    ),
    TEST_CALLS,
  )
const { flows } = checked('c: { flow: invitation, input: code }')

describe('a link with an invitation', () => {
  const runner = () => {
    if (!flows) throw new Error('the flows have mistakes')
    return new Runner(flows, TICKET)
  }

  test('starts its flow with what follows the prefix, and counts as no source', () => {
    const one = runner()
    expect(one.say('/start c-7K3M9Q')).toMatch(/^Pakai undangan 7K3M9Q\?/)
    expect(one.state.source).toBeUndefined()
  })

  test('stands on top of whatever is open, also of a question that lets nothing else by', () => {
    const one = runner()
    one.say('/start')
    one.say('Siti Aminah')
    expect(one.say('/start c-7K3M9Q')).toMatch(/^Pakai undangan 7K3M9Q\?/)
    expect(one.say('ya')).toMatch(/Yakin, Siti Aminah\?/)
  })

  test('another invitation while one is open is that other one', () => {
    const one = runner()
    one.say('/start c-first')
    expect(one.say('/start c-second-1')).toMatch(/^Pakai undangan second-1\?/)
  })

  test('any other word is where the person comes from', () => {
    const one = runner()
    for (const word of ['poster-tambora', 'pasar-1', 'c', 'constructor-1', 'x-1']) {
      expect(one.say(`/start ${word}`)).toMatch(/^Siapa nama Anda\?/)
      expect(one.state.source).toBe(word)
    }
  })
})

describe('links in common.yaml', () => {
  const problems = (links: string) =>
    checked(links).problems.map(({ kind, message }) => `${kind}: ${message}`)

  test.each([
    ['c: { flow: invitaton, input: code }', 'unknown_flow: there is no flow invitaton'],
    ['c: { flow: invitation, input: kode }', 'unknown_input: invitation takes no text kode'],
    ['c: { flow: main, input: code }', 'unknown_input: main takes no text code'],
  ])('%s is refused', (links, problem) => {
    expect(problems(links)).toEqual([problem])
  })

  test('a prefix is small letters', () => {
    expect(checked('C-: { flow: invitation, input: code }').problems).toHaveLength(1)
  })
})
