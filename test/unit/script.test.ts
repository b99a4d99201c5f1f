import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { headersOf, readLine, ScriptError } from '../../src/cli/chat/script.ts'

describe('a line of a .chat script', () => {
  test.each([
    ['> halo', { kind: 'say', text: 'halo' }],
    ['halo', { kind: 'say', text: 'halo' }],
    ['> a\\nb', { kind: 'say', text: 'a\nb' }],
    ['> [Ya, benar]', { kind: 'choose', label: 'Ya, benar' }],
    ['> (old Daftar)', { kind: 'old', label: 'Daftar' }],
    ['> (photo)', { kind: 'send', incoming: { kind: 'media', media: 'photo' } }],
    ['> (contact own)', { kind: 'send', incoming: { kind: 'contact', phone: '+6281234567890', own: true } }],
    ['> (contact 0812)', { kind: 'send', incoming: { kind: 'contact', phone: '0812', own: false } }],
    [
      '> (location -6.2,106.8)',
      { kind: 'send', incoming: { kind: 'location', latitude: -6.2, longitude: 106.8 } },
    ],
    ['> (haha)', { kind: 'say', text: '(haha)' }],
    ['@advance 25h', { kind: 'advance', ms: 90_000_000 }],
    ['@restart', { kind: 'restart' }],
    [
      '@notice news words=two words number=T-1',
      { kind: 'notice', notice: 'news', values: { words: 'two words', number: 'T-1' } },
    ],
    ['< an answer', undefined],
    ['', undefined],
  ])('%s', (line, read) => expect(readLine(line)).toEqual(read))

  test.each([
    ['@advance soon', 'expected a duration such as 90s, 25h or 7d'],
    ['@rewind', 'expected @advance, @restart, @notice, @scene, @flow'],
  ])('%s is refused, and says what is expected', (line, words) => {
    expect(() => readLine(line)).toThrow(ScriptError)
    expect(() => readLine(line)).toThrow(words)
  })
})

test('docs/transcripts.md shows lines that the player knows, and names every header', () => {
  const doc = readFileSync(new URL('../../docs/transcripts.md', import.meta.url), 'utf8')
  const [, example = ''] = /```chat\n([\s\S]*?)```/.exec(doc) ?? []
  const kinds = new Set(example.split('\n').map(line => readLine(line)?.kind))
  expect([...kinds].filter(Boolean).toSorted()).toEqual(
    ['advance', 'choose', 'header', 'notice', 'old', 'remark', 'restart', 'say', 'send'].toSorted(),
  )
  expect(headersOf(example).get('road')).toEqual(['straight restart'])
  for (const name of ['flow', 'road', 'language', 'channel', 'now', 'address'])
    expect(doc).toContain(`\`@${name}`)
})
