import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { ROOT } from '../support/process.ts'

/** A question of the flows, found again by the words it is asked with, so that new wording needs no change here. */
export interface Question {
  step: string
  kind: string
  /** Its longest part without a placeholder, as a person reads it. */
  words: string
}

interface Step {
  ask?: string
  review?: string[]
  text?: string
}

const read = (name: string) =>
  parse(readFileSync(path.join(ROOT, 'flows', `${name}.yaml`), 'utf8')) as unknown

/** What is asked on the road to a participant number. */
export function readQuestions(): Question[] {
  return ['registration', 'consent'].flatMap(name => {
    const { steps } = read(name) as { steps: Record<string, Step> }
    return Object.entries(steps).flatMap(([step, { ask, review, text }]) => {
      if (!text || !(ask ?? review)) return []
      return [{ step, kind: ask ?? 'review', words: longestPart(text) }]
    })
  })
}

/** Labels of the assistant's own buttons by what they do: save, fix, more… */
export function readLabels(): Record<string, string> {
  return (read('common') as { labels: Record<string, string> }).labels
}

function longestPart(text: string): string {
  const parts = text.replaceAll('*', '').split(/\{\w+\}/)
  return parts.map(part => part.trim()).toSorted((a, b) => b.length - a.length)[0] ?? ''
}

export const questionIn = (plain: string, questions: Question[]): Question | undefined =>
  questions
    .filter(question => plain.includes(question.words))
    .toSorted((a, b) => b.words.length - a.words.length)[0]
