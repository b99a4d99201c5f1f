import { PARTICLES, POLITE } from './lexicon.ts'
import { squeeze } from './spelling.ts'
import type { Token } from './tokens.ts'

const words = (list: string): ReadonlySet<string> => new Set(list.split(' ').map(squeeze))

const FILLERS = words(
  'saya sy aku gw gue kami tinggal rumah domisili alamat di d dekat dket deket daerah wilayah area sekitar aja saja ya kak min pak bu bang mas mbak ' +
    'dong deh sih nih kok orang asli warga tempat lokasi posisi ada nya dari dr yang yg itu namanya nama kontrakan kos kost ngontrak kec kecamatan kel ' +
    'kelurahan kota kotamadya administrasi kabupaten camat lurah provinsi prov propinsi masuk ikut jakarta indonesia belakang depan samping halo selamat pagi ' +
    'siang sore malam iya untuk usaha toko warung jualan dagang kerja tapi tp usahanya rumahnya tokonya warungnya tinggalnya i live in my is near the maaf permisi tolong ' +
    'pilih nomor lahir tepatnya persisnya sini situ sana kawasan komplek kompleks perumahan ktp sesuai makasih terima kasih',
)

const ADDRESS = new Set(['rt', 'rw', 'no', 'nomor', 'kav', 'lt', 'lantai', 'rtrw'])

export const QUIET = new Set([...FILLERS, ...[...PARTICLES, ...POLITE].map(squeeze)])

export const STREET = words('jl jln jalan gang gg street')

export const BUSINESS = words(
  'usaha usahanya toko tokonya warung warungnya jualan dagang kerja tapi tp kantor lapak kios',
)

export const NEGATIVE = words('bukan bkn tidak ga gak nggak ngga enggak jangan selain kecuali')

/** Drops RT/RW, house numbers and postal codes, which are no dates and no choices either. */
export function withoutAddress(tokens: readonly Token[]): Token[] {
  const kept: Token[] = []
  let inNumber = false
  for (const [at, token] of tokens.entries()) {
    const isBlock = token.text === 'blok' && tokens[at + 2]?.kind === 'number'
    if (isBlock || ADDRESS.has(token.text)) inNumber = true
    else if (inNumber && (token.kind === 'number' || ['/', '.', ':', '-'].includes(token.text))) continue
    else if (token.kind === 'number' && token.text.length > 1) continue
    else {
      inNumber = false
      kept.push(token)
    }
  }
  return kept
}
