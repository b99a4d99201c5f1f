import {
  formatDate,
  formatClock,
  formatInstant,
  formatList,
  formatNumber,
  formatPhone,
  formatRupiah,
} from '../lib/format.ts'
import { placeName, placeOf } from '../understand/index.ts'
import type { ByLang, Common, VarInfo } from './format.ts'
import type { Filled } from './template.ts'
import { plainText, render } from './template.ts'
import type { FileRef, Lang, ListRow, Value, VarType } from './types.ts'

/** How a value reads in a text. Words that a person typed are marked, so that they never become bold. */
export function formatValue(
  value: Value | undefined,
  info: Pick<VarInfo, 'type' | 'labels'>,
  lang: Lang,
  common: Common,
): Filled {
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return { text: plainText(render(common.texts.empty[lang], () => ({ text: '' }))) }
  return FORMAT[info.type](value, lang, info.labels)
}

type Labels = ReadonlyMap<string, ByLang<string>>
type Formatter = (value: Value, lang: Lang, labels: Labels) => Filled

const plain = (value: Value): string =>
  typeof value === 'string' ? value : typeof value === 'object' ? '' : String(value)
const labelled = (value: Value, lang: Lang, labels: Labels) =>
  labels.get(plain(value))?.[lang] ?? plain(value)
const person: Formatter = value => ({ text: plain(value), byPerson: true })

const FORMAT: Record<VarType, Formatter> = {
  text: person,
  name: person,
  choice: (value, lang, labels) => ({ text: labelled(value, lang, labels) }),
  choices: (value, lang, labels) => ({
    text: formatList(
      (Array.isArray(value) ? value : [value]).map(each => labelled(each, lang, labels)),
      lang,
    ),
  }),
  phone: value => ({ text: phone(value) }),
  number: (value, lang) => ({ text: formatNumber(Number(value), lang) }),
  rupiah: (value, lang) => ({ text: formatRupiah(Number(value), lang) }),
  date: (value, lang) => ({ text: formatDate(plain(value), lang) }),
  time: (value, lang) => ({ text: formatClock(plain(value), lang) }),
  datetime: (value, lang) => ({ text: formatInstant(Number(value), lang) }),
  place: value => ({ text: placeText(plain(value)) }),
  location: () => ({ text: '📍' }),
  nik: value => ({ text: `•••• •••• •••• ${plain(value).slice(-4)}` }),
  file: value => ({ text: plain((value as FileRef).name) }),
  rows: value => ({ text: (value as unknown as ListRow[]).map(row => row.label).join(', ') }),
}

/** A number, alone or with whose it is. */
const phone = (value: Value): string =>
  formatPhone(
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? plain(value.number ?? '')
      : plain(value),
  )

/** "Kebon Jeruk, Kebon Jeruk, Jakarta Barat" */
const placeText = (code: string): string => {
  const { kota, kecamatan, kelurahan } = placeOf(code)
  return [kelurahan, kecamatan, kota]
    .flatMap(each => (each === undefined ? [] : [placeName(each) ?? each]))
    .join(', ')
}
