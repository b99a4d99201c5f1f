import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = path.join(import.meta.dirname, '../../..')
const page = readFileSync(path.join(ROOT, 'docs/whatsapp.md'), 'utf8')
const rows = [...page.matchAll(/\| `([\w/.-]+\.test\.ts)`: (.+) \|$/gm)].map(([, file = '', title = '']) => ({
  file,
  title,
}))

/** The list of reported faults says which test holds each: the page must not promise a test that is not there. */
describe('the faults listed in docs/whatsapp.md', () => {
  test('are many', () => expect(rows.length).toBeGreaterThan(20))

  test.each(rows)('are held by $file: $title', ({ file, title }) => {
    const text = readFileSync(path.join(ROOT, 'test', file), 'utf8').replaceAll("\\'", "'")
    expect(text).toContain(title)
  })
})
