import { execFileSync } from 'node:child_process'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { understand, type UnderstandIo } from '../../../src/cli/understand.ts'
import { allCases } from './support.ts'

async function run(argv: string[], lines: string[], more: Partial<UnderstandIo> = {}) {
  const out: string[] = []
  const io: UnderstandIo = {
    input: Readable.from(lines.map(line => `${line}\n`)),
    write: line => out.push(line),
    now: () => Date.parse('2026-11-25T10:00+07:00'),
    ...more,
  }
  return { code: await understand(argv, io), out }
}

describe('npm run understand', () => {
  it('answers every line in order', async () => {
    const { code, out } = await run(
      [],
      ['{"kind":"date","in":"besok"}', '', '{"kind":"rupiah","in":"500rb"}'],
    )
    expect(out.map(line => JSON.parse(line) as unknown)).toEqual([
      { kind: 'date', in: 'besok', got: '2026-11-26' },
      { kind: 'rupiah', in: '500rb', got: 500000 },
    ])
    expect(code).toBe(0)
  })

  it('--now and the hours move the readings', async () => {
    const { out } = await run(
      ['--now', '2027-01-01T00:00+07:00', '--open', '13:00', '--close', '21:00'],
      ['{"kind":"datetime","in":"besok jam 7"}'],
    )
    expect(out[0]).toContain('2027-01-02T19:00')
  })

  it('says which line is wrong, reads the others and fails', async () => {
    const { code, out } = await run(
      [],
      ['{"kind":"date"}', 'x', '{"kind":"nope","in":"x"}', '{"kind":"yes","in":"ya"}'],
    )
    expect(code).toBe(1)
    expect(out).toHaveLength(4)
    expect(out[0]).toContain('"line":1')
    expect(out[1]).toContain('"line":2')
    expect(out[2]).toContain('unknown kind')
    expect(out[3]).toContain('"got":"yes"')
  })

  it('--report lists the most frequent first', async () => {
    const unread = () =>
      Promise.resolve([
        { text: 'saya ▢', step: 'register.name', count: 2 },
        { text: '▢ ▢', step: 'book.date', count: 30 },
      ])
    const { code, out } = await run(['--report'], [], { unread })
    expect(code).toBe(0)
    expect(out.map(line => line.trim().split(/\s{2,}/))).toEqual([
      ['30', 'book.date', '▢ ▢'],
      ['2', 'register.name', 'saya ▢'],
    ])
    expect((await run(['--report'], [])).code).toBe(1)
    expect((await run(['--report'], [], { unread: () => Promise.resolve([]) })).out).toEqual([
      'Everything was understood: no unread texts.',
    ])
  })

  it('reads the same under any time zone and locale', () => {
    const input = allCases.map(each => JSON.stringify({ kind: each.kind, in: each.in })).join('\n')
    const outputs = [
      { TZ: 'Asia/Jakarta', LANG: 'id_ID.UTF-8' },
      { TZ: 'America/Los_Angeles', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
      { TZ: 'Pacific/Kiritimati', LANG: 'C' },
    ].map(env =>
      execFileSync(
        process.execPath,
        ['--import', 'tsx', 'src/cli/understand.ts', '--now', '2026-11-25T10:00+07:00'],
        { input, env: { ...process.env, ...env }, encoding: 'utf8' },
      ),
    )
    const want = allCases
      .map(each => JSON.stringify({ kind: each.kind, in: each.in, got: each.want }))
      .join('\n')
    for (const output of outputs) expect(output.trim()).toBe(want)
  })
})
