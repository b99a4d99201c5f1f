import type { Person, SendOptions } from './person.ts'
import { plain } from './plain.ts'
import { wordsOf } from './scene.ts'

/** What somebody who registers types at which question. */
export const REGISTERS: readonly (readonly [RegExp, string])[] = [
  [/Selamat datang/, '1'],
  [/sudah 18 tahun/, 'Sudah'],
  [/Apakah Anda setuju/, '1'],
  [/pengingat jadwal/, 'boleh'],
  [/mencari kerja/, 'gak'],
  [/memulai usaha/, 'iya'],
  [/sudah punya usaha/, 'blm'],
  [/nama lengkap/, 'Siti Aminah'],
  [/lebih suka disapa/, 'Ibu'],
  [/Kami pakai nomor/, 'benar'],
  [/wilayah mana/, 'kebon jeruk'],
  [/Maksudnya Kecamatan/, 'ya'],
  [/Kelurahannya apa/, 'kelapa dua'],
  [/Usaha apa yang ingin/, '1'],
  [/mencoba menjualnya/, 'belum'],
  [/modal berapa/, '500rb'],
  [/paling menghambat/, 'Modal'],
  [/Mohon diperiksa/, 'Simpan'],
]
/** Asked only of those whose number WhatsApp hides. */
const NUMBER = [/nomor HP/, '0812 3456 7890'] as const

const PARTICIPANT = /OKO-[0-9A-HJKMNP-TV-Z]{6}/

/** Writes, reads, answers, as people do: one answer to each question, in the order in which they come. */
export class Resident {
  number: string | undefined
  /** What they could not answer. */
  readonly puzzled: string[] = []
  /** Of what they wrote, in the order in which they wrote it. */
  readonly ids: string[] = []
  #done: (number: string) => void = () => {}
  readonly registered = new Promise<string>(resolve => (this.#done = resolve))

  /** @param options how everything they write is sent */
  constructor(
    readonly person: Person,
    private readonly options: SendOptions = {},
  ) {
    person.on('message', heard => void this.#reads(plain(wordsOf(heard))))
  }

  async begins(): Promise<string> {
    await this.writes('halo')
    return this.registered
  }

  async writes(text: string): Promise<void> {
    this.ids.push(await this.person.writes(text, this.options))
  }

  async #reads(text: string): Promise<void> {
    const [number] = PARTICIPANT.exec(text) ?? []
    if (number !== undefined && this.number === undefined) {
      this.number = number
      this.#done(number)
      return
    }
    const answer = [...REGISTERS, NUMBER].find(([question]) => question.test(text))?.[1]
    if (answer !== undefined && this.number === undefined) await this.writes(answer)
    else if (/\n1\. |\?$/m.test(text)) this.puzzled.push(text)
  }
}
