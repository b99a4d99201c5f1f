import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFiles } from '../../src/db/files.ts'
import { formatRupiah } from '../../src/lib/format.ts'
import { openPlayers, type Players } from '../support/players.ts'

/**
 * A month of 300 messages through the real path. What the chat, the picture and the workbook say is compared with sums
 * that are made here, from the amounts typed.
 */

const START = Date.parse('2026-11-01T08:00+07:00')
const DAYS = 30
/** Ten messages a day; amounts in thousands grow from day to day. */
const LINES: readonly (readonly [what: string, first: number, text: (rb: number) => string])[] = [
  ['sale', 30, rb => `jual bakso ${rb}rb`],
  ['goods', 20, rb => `beli ayam ${rb}rb`],
  ['power', 10, rb => `bayar listrik ${rb}rb`],
  ['prive', 5, rb => `ambil buat rumah ${rb}rb`],
  ['owed', 15, rb => `bu ani ngutang bakso ${rb}rb`],
  ['collected', 10, rb => `bu ani bayar ${rb}rb`],
  ['loan', 500, rb => `pinjam uang dari koperasi ${rb}rb`],
  ['instalment', 100, rb => `bayar cicilan koperasi ${rb}rb`],
  ['owing', 40, rb => `saya utang ke bang ucup ayam ${rb}rb`],
  ['commission', 7, rb => `dapat komisi ${rb}rb`],
]

const typed = (first: number, day: number) => first + day
const total = (what: string): number => {
  const first = LINES.find(([name]) => name === what)?.[1] ?? NaN
  return Array.from({ length: DAYS }, (_, day) => typed(first, day)).reduce((sum, rb) => sum + rb * 1000, 0)
}

let players: Players
beforeAll(async () => {
  players = await openPlayers()
})
afterAll(() => players.close())

test('300 messages: summary, picture and workbook say what was typed, to the rupiah', async () => {
  const who = { id: 'month' }
  await players.register('Sri Wahyuni', who, START)
  const player = players.player(who, START)
  for (let day = 0; day < DAYS; day++) {
    for (const [, first, text] of LINES) {
      const said = (await player.line(`> ${text(typed(first, day))}`)).join('\n')
      expect(said, text(typed(first, day))).toContain('Tercatat')
    }
    if (day < DAYS - 1) await player.line('@advance 24h')
  }
  const masuk = total('sale') + total('commission') + total('collected')
  const keluar = total('goods') + total('power')
  const cash = [masuk + total('loan'), keluar + total('prive') + total('instalment')] as const

  const told = (await player.line('> ringkasan bulan ini')).join('\n')
  expect(told).toContain('dan 280 catatan sebelumnya')
  for (const [label, amount] of [
    ['Masuk dari usaha', masuk],
    ['Keluar untuk usaha', keluar],
    ['Sisa usaha (hitungan kas)', masuk - keluar],
    ['Ambil untuk rumah', total('prive')],
    ['Pinjaman masuk', total('loan')],
    ['Bayar cicilan', total('instalment')],
    ['Dijual belum dibayar', total('owed')],
  ] as const)
    expect(told).toContain(`${label}: ${formatRupiah(amount)}`)

  const drawn = (await player.line('> gambar bulan ini')).join('\n')
  expect(drawn).toContain(`masuk ${formatRupiah(masuk)}, keluar ${formatRupiah(keluar)}.`)
  expect(drawn).toContain(`Sisa usaha (hitungan kas): ${formatRupiah(masuk - keluar)}.`)

  await player.line('> berkas bulan ini')
  await player.close()
  const book = await workbook()
  const kas = book.getWorksheet('Kas')
  expect([kas?.getCell('D3').result, kas?.getCell('E3').result]).toEqual(cash)
  const lines = new Map<unknown, unknown>()
  for (const name of ['Laba Rugi', 'Neraca'])
    book.getWorksheet(name)?.eachRow(row => lines.set(row.getCell(1).value, row.getCell(2).result))
  expect(Object.fromEntries(lines)).toMatchObject({
    'Penjualan (tunai dan tempo)': total('sale') + total('owed'),
    'Sisa usaha (hitungan kas)': masuk - keluar,
    '+ Piutang bertambah': total('owed') - total('collected'),
    '− Utang barang bertambah': total('owing'),
    'Laba bersih': masuk - keluar + total('owed') - total('collected') - total('owing'),
    'Dikurangi: prive (untuk rumah)': total('prive'),
    'Utang bank': total('loan') - total('instalment'),
    'Aset sama dengan kewajiban + ekuitas?': 'Seimbang',
  })
}, 300_000)

/** The Excel file that was handed out last. */
async function workbook(): Promise<ExcelJS.Workbook> {
  const { db, sealer } = players.store
  const files = await db.file.findMany({
    where: { mime: { contains: 'spreadsheet' } },
    orderBy: { createdAt: 'desc' },
  })
  const file = await createFiles(db, sealer, {}).open('any', `own/${files[0]?.id ?? ''}`)
  return new ExcelJS.Workbook().xlsx.load(Buffer.from((await file?.bytes()) ?? []) as never)
}
