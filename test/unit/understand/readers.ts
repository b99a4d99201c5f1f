import {
  maskUnknown, readChoice, readChoices, readCommand, readDate, readDateTime, readName, readNeed, readNik, readNumber, readPhone, readPlace,
  readRupiah, readSeveral, readTime, readYesNo,
} from '../../../src/understand/index.ts' // prettier-ignore
import { moment } from './support.ts'

const OPTIONS = [
  { value: 'a', label: 'Jakarta Barat' },
  { value: 'b', label: 'Belum ada', also: ['kosong'] },
  { value: 'c', label: 'Produk dan kemasan' },
]

/** Every reader, as a function of a text alone. */
export const READERS: Record<string, (text: string) => unknown> = {
  readYesNo, readCommand, readNeed, readName, readPhone, readRupiah, readNumber, maskUnknown,
  readPlace: text => readPlace(text),
  readPlaceInContext: text => readPlace(text, { kota: '31.74', kecamatan: '31.74.04' }),
  readChoice: text => readChoice(text, OPTIONS),
  readStrictChoice: text => readChoice(text, OPTIONS, { strict: true }),
  readChoices: text => readChoices(text, OPTIONS),
  readDate: text => readDate(text, moment),
  readTime: text => readTime(text, moment),
  readDateTime: text => readDateTime(text, moment),
  readNik: text => readNik(text, moment),
  readSeveral: text => readSeveral(text, ['name', 'phone', 'place', 'need', 'rupiah', 'date'], moment),
} // prettier-ignore
