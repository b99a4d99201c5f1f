import { expect, test } from 'vitest'
import { readOperatorWord } from '../../../src/domain/staff/operatorWords.ts'

/** As operators type: what names a ticket must never reach the person of another one. */
const ticket = 'T-7K3M'
test.each([
  ['T-7K3M Silakan datang Senin.', { is: 'reply', ticket, words: 'Silakan datang Senin.' }],
  ['t7k3m silakan datang', { is: 'reply', ticket, words: 'silakan datang' }],
  ['balas T-7K3M: coachnya Faran bu', { is: 'reply', ticket, words: 'coachnya Faran bu' }],
  ['utk tiket t 7k3m, besok ya', { is: 'reply', ticket, words: 'besok ya' }],
  ['#T-7K3M - 3 hari lagi', { is: 'reply', ticket, words: '3 hari lagi' }],
  ['T-7K3M', { is: 'show', ticket }],
  ['buat T-7K3M', { is: 'show', ticket }],
  ['T-7K3M selesai', { is: 'done', ticket }],
  ['tutup T-7K3M', { is: 'done', ticket }],
  ['selesai t7k3m ya', { is: 'done', ticket }],
  ['selesai', { is: 'done' }],
  ['tiket', { is: 'list' }],
  ['tkt', { is: 'list' }],
  ['ada brp tiket?', { is: 'list' }],
  ['tiket yg blm dijawab', { is: 'list' }],
  ['siapa yg nunggu', { is: 'list' }],
])('%s', (text, word) => {
  expect(readOperatorWord(text)).toEqual(word)
})

test.each([
  'tidak bisa hari ini',
  'teman saya juga',
  'tiketnya nanti saya kirim',
  'besok jam 9 ya bu',
  'tahun 2026 sudah bisa',
  'silakan sebut T-7K3M di klinik',
])('%s is for whoever is being answered', text => {
  expect(readOperatorWord(text)).toBeUndefined()
})
