import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

/** The tables of reported faults name tests; a test that is renamed or goes takes its row along. */
describe.each(['reported-faults', 'telegram', 'whatsapp'])('docs/%s.md', name => {
  const doc = readFileSync(path.join(import.meta.dirname, `../../docs/${name}.md`), 'utf8')
  const rows = [...doc.matchAll(/^\|.*\| `([\w/-]+\.test\.ts)`: (.+) \|$/gm)]

  test('names only tests that are there', () => {
    expect(rows.length).toBeGreaterThan(20)
    const missing = rows.filter(([, file = '', title = '']) => {
      const at = path.join(import.meta.dirname, '..', file)
      return !existsSync(at) || !readFileSync(at, 'utf8').includes(title)
    })
    expect(missing.map(([row]) => row)).toEqual([])
  })
})
