import { afterAll, beforeAll, expect, test } from 'vitest'
import { callSpecs } from '../../src/app/callSpecs.ts'
import { readFlowFiles } from '../../src/app/loadFlows.ts'
import { remindersFor } from '../../src/db/reminders.ts'
import { check } from '../../src/engine/check.ts'
import { HOUR } from '../../src/lib/time.ts'
import { openPlayers, type Players } from '../support/players.ts'

/** A notice with buttons through the real path, on both renderings, with a restart between it and the answer. */
const NOTICE = `
format: 1
id: ticket_answer
version: 1
title: pengingat
notice: true
start: tell
input: { number: choice, words: text }
steps:
  tell:
    offer: 'Janji *{number}* {words}.'
    choices:
      - { value: come, label: Datang, run: come, with: { number: "{number}" } }
      - { value: cancel, label: Batal, run: come, with: { number: batal } }
`
const COME = `
format: 1
id: come
version: 1
title: datang
start: tell
input: { number: choice }
steps:
  tell: { say: 'Dicatat: {number}.', next: end }
  end: { end: true }
`
const ENGLISH = {
  ticket_answer: `format: 1\nid: ticket_answer\ntitle: reminder\nsteps:\n  tell: { offer: 'Appointment *{number}* {words}.', choices: { come: Come, cancel: Cancel } }\n`,
  come: `format: 1\nid: come\ntitle: come\nsteps:\n  tell: { say: 'Noted: {number}.' }\n`,
}
const own = [
  { path: 'flows/ticket_answer.yaml', text: NOTICE },
  { path: 'flows/come.yaml', text: COME },
  ...Object.entries(ENGLISH).map(([id, text]) => ({ path: `flows/en/${id}.yaml`, text })),
]
const others = readFlowFiles('flows').filter(file => !file.path.endsWith('/ticket_answer.yaml'))
const { flows, problems } = check([...others, ...own], callSpecs)

let players: Players
beforeAll(async () => {
  if (!flows) throw new Error(JSON.stringify(problems))
  players = await openPlayers()
})
afterAll(() => players.close())

async function play(channel: 'telegram' | 'whatsapp', script: string, id = `${channel} ${script.length}`) {
  const player = players.player({ id, channel, ...(flows ? { flows } : {}) })
  const played = await player.play(script)
  await player.close()
  return played.split('\n').filter(line => line.trim() !== '')
}

const ALONE = `> makasih
@notice ticket_answer number=J-7K3M words=besok
@restart
> [Datang]
> [Batal]`

test('with nothing open it reads the same on both', async () => {
  const expected = [
    '> makasih',
    '< Sama-sama. Semoga usahanya lancar. Ketik *menu* kalau perlu lagi.',
    '@notice ticket_answer number=J-7K3M words=besok',
    '< Janji *J-####* besok.',
    '<   [1] Datang',
    '<   [2] Batal',
    '@restart',
    '> [Datang]',
    '< Dicatat: J-####.',
    '> [Batal]',
    '< Dicatat: batal.',
  ]
  expect(await play('telegram', ALONE)).toEqual(expected)
  expect(await play('whatsapp', ALONE)).toEqual(expected)
})

const BESIDE = `> halo
> [Daftar]
@notice ticket_answer number=J-7K3M words=besok
@restart
> batal
> 1`

test('beside a question: where there are no buttons the question is said again, words mean the notice, numbers the question', async () => {
  const played = await play('whatsapp', BESIDE)
  const from = played.indexOf('@restart')
  expect(played.slice(from - 6, from)).toEqual([
    '< Janji *J-####* besok.',
    '<   [1] Datang',
    '<   [2] Batal',
    '< Apakah usianya sudah 18 tahun?',
    '<   [1] Sudah',
    '<   [2] Belum',
  ])
  expect(played.slice(from, from + 7)).toEqual([
    '@restart',
    '> batal',
    '< Dicatat: batal.',
    '< Kita lanjutkan, ya.',
    '<',
    '< Apakah usianya sudah 18 tahun?',
    '<   [1] Sudah',
  ])
  expect(played.join('\n')).toContain('Sebelum mulai, mohon dibaca dulu.')
})

test('a reminder comes at its time as the clock moves, across a restart, once', async () => {
  const id = 'clock'
  await play('telegram', '> makasih', id)
  const chat = await players.store.db.conversation.findFirstOrThrow({ where: { account: `terminal:${id}` } })
  const now = Date.parse('2026-11-25T10:00+07:00')
  await players.store.db.$transaction(tx =>
    remindersFor(tx, players.store.sealer).plan(
      { subject: 'played' },
      [
        {
          ...{ kind: 'ticket_answer', to: { conversation: chat.id }, dueAt: now + 2 * HOUR },
          values: { number: 'J-7K3M', words: 'besok' },
        },
      ],
      now,
    ),
  )
  const played = await play('telegram', '@advance 1h\n@restart\n@advance 2h\n@restart\n@advance 1h', id)
  expect(played).toEqual([
    '@advance 1h',
    '@restart',
    '@advance 2h',
    '< Janji *J-####* besok.',
    '<   [1] Datang',
    '<   [2] Batal',
    '@restart',
    '@advance 1h',
  ])
})
