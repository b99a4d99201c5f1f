import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readCommand } from '../../../src/understand/index.ts'
import { WORKBOOKS } from '../../../src/domain/workbooks.ts'

interface Choice {
  value: string
  label: string
  description: string
}
interface Flow<T> {
  steps: { choose: { choices: T } }
}
const read = (file: string): unknown => parse(readFileSync(file, 'utf8'))

test('the chat offers the workbooks that there are, in the words of the catalogue', () => {
  const id = (read('flows/workbooks.yaml') as Flow<Choice[]>).steps.choose.choices
  const en = (read('flows/en/workbooks.yaml') as Flow<Record<string, Omit<Choice, 'value'>>>).steps.choose
    .choices
  const offered = id.map(({ value, label, description }) => {
    const english = en[value]
    return [
      value,
      { title: { id: label, en: english?.label }, purpose: { id: description, en: english?.description } },
    ]
  })
  const known = Object.entries(WORKBOOKS).map(([each, { title, purpose }]) => [each, { title, purpose }])
  expect(offered).toEqual(known)
})

test.each([
  ...[
    'format pembukuan',
    'minta template buku kas',
    'ada format laporan keuangan?',
    'excel buat catat jualan',
  ],
  ...[
    'punya contoh pembukuan ga',
    'format laba rugi',
    'minta excel stok barang',
    'ada file stok barang gak?',
  ],
  ...[
    'template excel utang piutang',
    'mau format hitung hpp',
    'template neraca',
    'form pembukuan',
    'buku kas kosong',
  ],
  ...[
    'minta file buat nyatet keuangan',
    'bagi format pembukuan kak',
    'lembar pembukuan',
    'paket pembukuan lengkap',
  ],
  ...[
    'tolong kirim format pembukuan ya',
    'boleh minta format excelnya?',
    'download format pembukuan',
    'excel keuangan',
  ],
  ...['pormat pembukuan', 'templet buku kas', 'fomat pembukuan', 'cara bikin laporan keuangan pakai excel'],
  ...['aplikasi excel untuk warung', 'bookkeeping template'],
])('asked in words, the workbooks are offered: %s', text => {
  expect(readCommand(text)?.command).toBe('templates')
})

test.each([
  ...[
    'jual bakso 50rb',
    'ringkasan bulan ini',
    'laporan bulan ini',
    'laporan untuk bank',
    'berkas bulan ini',
  ],
  ...['tidak ada', 'belum punya', 'ga ada', 'ada tidak', 'catat', 'siapa belum bayar', 'kas awal'],
])('what means something else is not taken for it: %s', text => {
  expect(readCommand(text)?.command).not.toBe('templates')
})
