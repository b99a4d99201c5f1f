import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { describe, expect, it } from 'vitest'
import { CALLS } from '../../../src/app/callSpecs.ts'
import { OPTIONS } from '../../../src/domain/labels.ts'

interface Step {
  ask?: string
  save?: string
  call?: string
  choices?: { value: string; label: string }[]
}
interface File {
  steps: Record<string, Step & { choices?: Record<string, string | { label: string }> }>
}

const read = (file: string) =>
  parse(readFileSync(`flows/${file}.yaml`, 'utf8')) as { steps: Record<string, Step> }
const english = (file: string) => parse(readFileSync(`flows/en/${file}.yaml`, 'utf8')) as File
const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

const codedQuestions = ['registration', 'correct'].flatMap(file =>
  Object.entries(read(file).steps).flatMap(([id, step]) =>
    step.choices && camel(step.save ?? '') in OPTIONS
      ? [{ file, id, step, field: camel(step.save ?? '') as keyof typeof OPTIONS }]
      : [],
  ),
)

describe('the choices of the flows', () => {
  it.each(codedQuestions)(
    '$file/$id offers what the domain stores, in the same words',
    ({ file, id, step, field }) => {
      const options: Record<string, { id: string; en: string }> = OPTIONS[field]
      expect((step.choices ?? []).map(choice => [choice.value, choice.label])).toEqual(
        Object.entries(options).map(([code, words]) => [code, words.id]),
      )
      const translated = english(file).steps[id]?.choices ?? {}
      if (field !== 'formOfAddress')
        expect(Object.keys(translated).sort()).toEqual(Object.keys(options).sort())
    },
  )

  it('cover every coded field, in registration and in corrections', () => {
    for (const file of ['registration', 'correct']) {
      const fields = codedQuestions.filter(question => question.file === file).map(question => question.field)
      expect([...new Set(fields)].sort()).toEqual(Object.keys(OPTIONS).sort())
    }
  })
})

it('every call is used by a flow, and flows use no other', () => {
  const files = readdirSync('flows').flatMap(name => /^(.+)\.yaml$/.exec(name)?.[1] ?? [])
  const used = new Set(
    files.flatMap(file => Object.values(read(file).steps ?? {}).flatMap(step => step.call ?? [])),
  )
  used.add('open_ticket') // by the engine, for `handover` and whenever somebody asks for a person
  expect([...used].sort()).toEqual(Object.keys(CALLS).sort())
})
