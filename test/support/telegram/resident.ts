import { sleep } from '../../../src/lib/time.ts'
import type { SentMessage } from './messages.ts'
import type { Person } from './person.ts'

/** What a resident answers to which question: what is a button is tapped, anything else typed. */
export type Answers = readonly (readonly [question: RegExp, answer: string])[]

/** A whole registration of somebody who wants to start a business. */
export const REGISTRATION: Answers = [
  [/Selamat datang/, 'Daftar'],
  [/sudah 18 tahun/, 'Sudah'],
  [/Apakah Anda setuju/, 'Setuju'],
  [/pengingat jadwal/, 'Boleh'],
  [/mencari kerja/, 'gak'],
  [/memulai usaha/, 'Ya'],
  [/sudah punya usaha/, 'blm'],
  [/nama lengkap/, 'Siti Aminah'],
  [/lebih suka disapa/, 'Ibu'],
  [/nomor HP/, '0812 3456 7890'],
  [/wilayah mana/, 'kebon jeruk'],
  [/Maksudnya Kecamatan/, 'Ya, benar'],
  [/Kelurahannya apa/, 'kelapa dua'],
  [/NIK boleh diisi/, '3173054107850003'],
  [/Usaha apa yang ingin/, 'Makanan dan minuman'],
  [/mencoba menjualnya/, 'Belum'],
  [/modal berapa/, '500rb'],
  [/paling menghambat/, 'Modal'],
  [/Mohon diperiksa/, 'Simpan'],
]

/** Answers whatever is asked until a message matches, and returns it. @throws Error with the chat as it stands, after `ms` */
export async function converse(
  person: Person,
  answers: Answers,
  until: RegExp,
  ms = 30_000,
): Promise<SentMessage> {
  const answered = new Set<string>()
  for (const end = Date.now() + ms; Date.now() < end; await sleep(20)) {
    const newest = person.received().at(-1)
    if (!newest) continue
    if (until.test(newest.plain)) return newest
    const seen = `${newest.messageId} ${newest.edits}`
    const answer = answered.has(seen) ? undefined : answers.find(([question]) => question.test(newest.plain))
    if (!answer) continue
    answered.add(seen)
    if (newest.buttons.some(button => button.label === answer[1])) person.taps(answer[1])
    else person.sends(answer[1])
  }
  throw new Error(`${String(until)} did not come:\n${person.transcript()}`)
}
