import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as cell from '../../../src/domain/imports/cells.ts'
import { guarded, readSheet, table, type Sheet } from '../../../src/domain/imports/table.ts'
import { CENTRES, COACHES, EXCEPTIONS, HOLIDAYS, PARTICIPANTS } from '../../../src/domain/imports/tables.ts'
import { readCsv, UnreadableTableError, writeCsv } from '../../../src/cli/tables/csv.ts'

const csv = (text: string) => readCsv(Buffer.from(text))

describe('cells', () => {
  test.each<[cell.ReadCell<unknown>, string, unknown]>([
    [
      cell.hours,
      '08.00-12.00; 13.00-16.00',
      [
        { opens: 480, closes: 720 },
        { opens: 780, closes: 960 },
      ],
    ],
    [cell.hours, '8:00 – 24:00', [{ opens: 480, closes: 1440 }]],
    [cell.hours, 'Tutup', []],
    [cell.hours, '12.00-08.00', undefined],
    [cell.hours, '08.00-12.00; 11.00-13.00', undefined],
    [cell.hours, '08.60-12.00', undefined],
    [cell.hours, '08.00-24.30', undefined],
    [cell.date, '25/12/2026', '2026-12-25'],
    [cell.date, '2026-12-05', '2026-12-05'],
    [cell.date, '5-1-2027', '2027-01-05'],
    [cell.date, '31/02/2026', undefined],
    [cell.date, '12/25/2026', undefined],
    [cell.date, '25 Desember 2026', undefined],
    [cell.centre, 'kebon jeruk', '31.73.05'],
    [cell.centre, '31.73.05', '31.73.05'],
    [cell.centre, 'Bekasi', undefined],
    [cell.kelurahan, 'Duri Kepa', '31.73.05.1005'],
    [cell.kelurahan, '', undefined],
    [cell.phone, '0812-3456-7890', '+6281234567890'],
    [cell.phone, '123', undefined],
    [cell.degrees(-8, -4), '-6,2', -6.2],
    [cell.degrees(-8, -4), '106.8', undefined],
    [cell.whole(1, 50), '0', undefined],
    [cell.yesNo, 'YA', true],
    [cell.several(cell.oneOf(['id', 'en'])), 'id; EN', ['id', 'en']],
    [cell.several(cell.oneOf(['id', 'en'])), 'id; fr', undefined],
  ])('%o reads %j', (read, text, value) => {
    const result = read(text)
    expect('value' in result ? result.value : undefined).toEqual(value)
  })
})

describe('a sheet', () => {
  test('names every wrong cell by line and column, and gives no row', () => {
    const { rows, problems } = readSheet(
      HOLIDAYS,
      csv(
        'tanggal,nama,jenis\n25/12/2026,Natal,libur_nasional\n31/02/2026,,libur\n25/12/2026,Natal,cuti_bersama\n',
      ),
    )
    expect(rows).toEqual([])
    expect(problems).toEqual([
      { line: 3, column: 'tanggal', found: '31/02/2026', expected: 'tanggal seperti 25/12/2026' },
      { line: 3, column: 'nama', expected: 'tidak boleh kosong' },
      { line: 3, column: 'jenis', found: 'libur', expected: 'salah satu dari: libur_nasional, cuti_bersama' },
      { line: 4, column: 'tanggal', expected: 'yang belum ada di baris 2: satu baris saja untuk yang sama' },
    ])
  })

  const ID = '00000000-0000-4000-8000-000000000000'
  test.each([
    [
      (sheet: Sheet) => readSheet(CENTRES, sheet),
      'kecamatan,ruang\nKebon Jeruk,2\nPalmerah,2\n31.73.05,3\n',
      'kecamatan',
    ],
    [
      (sheet: Sheet) => readSheet(EXCEPTIONS, sheet),
      'kecamatan,tanggal,jam,alasan\nKebon Jeruk,24/12/2026,08.00-10.00,rapat\nKebon Jeruk,25/12/2026,tutup,x\nkebon jeruk,2026-12-24,13.00-15.00,rapat\n',
      'kecamatan + tanggal',
    ],
    [
      (sheet: Sheet) => readSheet(COACHES, sheet),
      `id,nama,kecamatan,kebutuhan\n${ID},Faran,Kebon Jeruk,naik_kelas\n,Faran,Palmerah,naik_kelas\n${ID},Rina,Palmerah,naik_kelas\n`,
      'id',
    ],
    [
      (sheet: Sheet) => readSheet(COACHES, sheet),
      'nama,kecamatan,kebutuhan,senin\nFaran,Kebon Jeruk,naik_kelas,08.00-10.00\nFaran,Palmerah,naik_kelas,\nFARAN,31.73.05,naik_kelas,tutup\n',
      'nama + kecamatan',
    ],
    [
      (sheet: Sheet) => readSheet(HOLIDAYS, sheet),
      'tanggal,nama,jenis\n25/12/2026,Natal,libur_nasional\n26/12/2026,Cuti,cuti_bersama\n2026-12-25,Natal,cuti_bersama\n',
      'tanggal',
    ],
    [
      (sheet: Sheet) => readSheet(PARTICIPANTS, sheet),
      'nama,hp,kelurahan,tahap\nSiti Aminah,0812-3456-7890,Duri Kepa,P1\nSiti Aminah,0813-3456-7890,Duri Kepa,P1\nHj. SITI AMINAH,+62 812 3456 7890,Duri Kepa,P3\n',
      'nama + hp + kelurahan',
    ],
  ] as const)(
    'two rows about the same thing are refused, both lines named, however it is written',
    (read, text, column) => {
      const { rows, problems } = read(csv(text))
      expect(rows).toEqual([])
      expect(problems).toEqual([
        { line: 4, column, expected: 'yang belum ada di baris 2: satu baris saja untuk yang sama' },
      ])
    },
  )

  test('never repeats a name or a number', () => {
    const { problems } = readSheet(PARTICIPANTS, csv('nama;hp;kelurahan\nSiti Rahasia;08x99;Duri Kepa\n'))
    expect(problems).toMatchObject([{ line: 2, column: 'hp' }])
    expect(JSON.stringify(problems)).not.toMatch(/Siti|08x99/)
  })

  test('says which columns are missing, unknown or there twice', () => {
    const { problems } = readSheet(HOLIDAYS, csv('tanggal,hari,tanggal\n'))
    expect(problems.map(problem => problem.column)).toEqual(['hari', 'nama', 'jenis', 'tanggal'])
  })

  test('counts lines as a spreadsheet does, also below a cell of several lines', () => {
    const { problems } = readSheet(
      HOLIDAYS,
      csv('tanggal,nama,jenis\n"25/12/2026","Hari\nNatal",cuti_bersama\n\nx,y,z\n'),
    )
    expect(problems.map(problem => problem.line)).toEqual([5, 5])
  })

  test.each(['"a', 'a"b,"c\n'])('%j is no table', text => {
    expect(() => csv(`tanggal,nama,jenis\n${text}`)).toThrow(UnreadableTableError)
  })

  test('a file in another encoding is refused, not misread', () => {
    expect(() => readCsv(Buffer.from('nama\nJos\xe9', 'latin1'))).toThrow(/UTF-8/)
  })
})

test('no cell becomes a formula in a spreadsheet, and every cell is read back as it was', () => {
  expect(guarded('=1+1')).toBe("'=1+1")
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ minLength: 1 }).filter(text => text.trim() === text && text !== ''),
        { minLength: 1 },
      ),
      names => {
        const rows = names.map(nama => ({ nama }))
        const text = writeCsv(['nama'], rows)
        const nama = { read: (found: string) => ({ value: found }) }
        const read = readSheet(
          table({ nama }, ({ line }) => ({ nama: line })),
          csv(text),
        )
        expect(read.rows.map(row => row.nama)).toEqual(
          names.map(name => name.replace(/^'(?=[=+\-@\t\r])/, '')),
        )
      },
    ),
  )
})
