import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { WORKBOOKS } from '../../../src/domain/workbooks.ts'

interface Choice {
  value: string
  label: string
  description: string
}
interface Flow<T> {
  steps: { choose: { choices: T } }
}
const read = (file: string): unknown => parse(readFileSync(file, 'utf8'))

test('the chat offers the workbooks that there are, in the words of the catalogue', () => {
  const id = (read('flows/workbooks.yaml') as Flow<Choice[]>).steps.choose.choices
  const en = (read('flows/en/workbooks.yaml') as Flow<Record<string, Omit<Choice, 'value'>>>).steps.choose
    .choices
  const offered = id.map(({ value, label, description }) => {
    const english = en[value]
    return [
      value,
      { title: { id: label, en: english?.label }, purpose: { id: description, en: english?.description } },
    ]
  })
  const known = Object.entries(WORKBOOKS).map(([each, { title, purpose }]) => [each, { title, purpose }])
  expect(offered).toEqual(known)
})
