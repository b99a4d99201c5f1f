import { formatMonth } from '../../lib/format.ts'
import type { FaqEntry } from './types.ts'

/** The whole answer: what it is, of when, and what to do now. What may have changed is never shown without saying so. */
export function faqAnswer(entry: FaqEntry, language: 'id' | 'en'): string {
  const month = formatMonth(entry.date, language)
  const dated = {
    id: `(per ${month}${entry.verify ? ', mohon cek' : ''})`,
    en: `(as of ${month}${entry.verify ? ', please check' : ''})`,
  }
  const plain = (text: string): string => text.replace(/\*([^*\n]+)\*/g, '"$1"')
  return [entry.answer[language], dated[language], entry.next[language]].map(plain).join('\n\n')
}
