import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportCsv } from '../../src/cli/export.ts'
import { importCli } from '../../src/cli/import.ts'
import { TABLE_NAMES, type TableName } from '../../src/cli/tables/registry.ts'
import { seed } from '../../src/db/seed.ts'
import { claimOwn } from '../../src/domain/registration.ts'
import { agree, DURI_KEPA, KEBON_JERUK, newChat, NOW, openWorld, type World } from '../support/people.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
  await seed(world.db)
})
afterAll(() => world.close())

const bring = (table: TableName, text: string, dryRun = false) =>
  importCli(world.db, world.sealer, { table, bytes: Buffer.from(text), dryRun, now: NOW })
const take = (table: TableName) => exportCsv(world.db, world.sealer, table)

describe('npm run import', () => {
  it('changes the cells that are filled, and only those', async () => {
    const text =
      'kecamatan;alamat;lintang;bujur;ruang;senin;jumat;ramadan_senin\nKebon Jeruk;Jl. Panjang 1;-6,19;106,77;3;09.00-12.00;tutup;08.00-13.00\n'
    expect(await bring('centres', text)).toEqual({ text: 'Selesai: 0 baru, 1 diubah, 0 sudah ada.', code: 0 })
    const centre = await world.db.centre.findUniqueOrThrow({
      where: { code: KEBON_JERUK },
      include: { hours: { orderBy: [{ weekday: 'asc' }, { opens: 'asc' }] } },
    })
    expect(centre).toMatchObject({ address: 'Jl. Panjang 1', latitude: -6.19, rooms: 3, sample: false })
    const of = (timetable: string, weekday: number) =>
      centre.hours
        .filter(each => each.timetable === timetable && each.weekday === weekday)
        .map(({ opens, closes }) => [opens, closes])
    expect(of('regular', 1)).toEqual([[540, 720]])
    expect(of('regular', 5)).toEqual([])
    expect(of('regular', 2).length).toBeGreaterThan(0)
    expect(of('ramadan', 1)).toEqual([[480, 780]])
  })

  it('stores nothing in a dry run, and nothing when one cell is wrong', async () => {
    const good = 'nama,kecamatan,kebutuhan,senin\nFaran,Kebon Jeruk,naik_kelas; mulai_usaha,08.00-12.00\n'
    expect(await bring('coaches', good, true)).toEqual({
      text: 'Percobaan saja, tidak ada yang disimpan: 1 baru, 0 diubah, 0 sudah ada.',
      code: 0,
    })
    const bad = `${good}Rina,Kebon Jeruk,jualan,pagi\n`
    expect(await bring('coaches', bad)).toEqual({
      code: 1,
      text: [
        'baris 3, kolom kebutuhan: ditemukan "jualan", seharusnya salah satu dari: cari_kerja, mulai_usaha, naik_kelas; beberapa dipisah dengan titik koma',
        'baris 3, kolom senin: ditemukan "pagi", seharusnya jam seperti 08.00-12.00; 13.00-16.00, atau tutup',
        '2 sel perlu diperbaiki. Tidak ada yang disimpan.',
      ].join('\n'),
    })
    expect(await world.db.coach.count()).toBe(0)
  })

  it('makes no coach twice, changes by id, and undoes all rows when the last one is unknown', async () => {
    const row = 'Faran,Kebon Jeruk,naik_kelas,08.00-12.00\n'
    expect((await bring('coaches', `nama,kecamatan,kebutuhan,senin\n${row}`)).code).toBe(0)
    const again = await bring('coaches', `nama,kecamatan,kebutuhan,senin\nBaru,Palmerah,cari_kerja,\n${row}`)
    expect(again).toMatchObject({ code: 1, text: expect.stringContaining('baris 3, kolom id') as string })
    expect(await world.db.coach.count()).toBe(1)
    const { id } = await world.db.coach.findFirstOrThrow()
    await bring('coaches', `id,nama,kecamatan,kebutuhan,aktif\n${id},Faran A.,Kebon Jeruk,naik_kelas,tidak\n`)
    const coach = await world.db.coach.findFirstOrThrow({ include: { hours: true } })
    expect(coach).toMatchObject({ name: 'Faran A.', active: false, hours: [{ weekday: 1, opens: 480 }] })
  })

  it('names the day on which a coach would be at two centres at once', async () => {
    const { id } = await world.db.coach.findFirstOrThrow()
    const there = { coachId: id, centreCode: '31.73.08', weekday: 2, opens: 11 * 60, closes: 12 * 60 }
    await world.db.coachHours.create({ data: there })
    const columns = 'id,nama,kecamatan,kebutuhan,selasa'
    const bad = `${columns}\n${id},Faran A.,Kebon Jeruk,naik_kelas,08.00-11.30\n`
    expect(await bring('coaches', bad)).toEqual({
      code: 1,
      text: [
        'baris 2, kolom selasa: seharusnya jam yang tidak bertabrakan dengan jamnya di Kembangan (11.00-12.00)',
        '1 sel perlu diperbaiki. Tidak ada yang disimpan.',
      ].join('\n'),
    })
  })

  it('stores nothing of a file in which a later row would undo an earlier one, and says so in a dry run too', async () => {
    const text =
      'kecamatan,tanggal,jam,alasan\nPalmerah,24/12/2026,08.00-10.00,rapat\nPalmerah,31/12/2026,tutup,libur\npalmerah,2026-12-24,13.00-15.00,rapat\n'
    const refused = {
      text: [
        'baris 4, kolom kecamatan + tanggal: seharusnya yang belum ada di baris 2: satu baris saja untuk yang sama',
        '1 sel perlu diperbaiki. Tidak ada yang disimpan.',
      ].join('\n'),
      code: 1,
    }
    expect(await bring('exceptions', text, true)).toEqual(refused)
    expect(await bring('exceptions', text)).toEqual(refused)
    expect(await world.db.centreException.count()).toBe(0)
  })

  it('recognises an imported participant by their own shared number only', async () => {
    const text = 'nama,hp,kelurahan,kebutuhan,tahap\nSiti Aminah,0812-3456-7890,Duri Kepa,naik_kelas,P3\n'
    expect((await bring('participants', text)).text).toContain('1 baru')
    expect((await bring('participants', text)).text).toContain('0 baru, 0 diubah, 1 sudah ada')
    const chat = await newChat(world.db, 'siti')
    await agree(world, chat, true)
    const claim = { name: 'siti aminah', phone: '+6281234567890', kelurahan: DURI_KEPA }
    const typed = await world.within(repos => claimOwn(repos, chat, { ...claim, ownPhone: false }, NOW))
    expect(typed).toBeUndefined()
    const shared = await world.within(repos => claimOwn(repos, chat, { ...claim, ownPhone: true }, NOW))
    expect(shared).toMatchObject({ name: 'Siti Aminah', stage: 'P3', source: 'impor' })
  })

  it('reads back what was taken out of every table, and changes nothing by it', async () => {
    await bring(
      'exceptions',
      'kecamatan,tanggal,jam,alasan\nPalmerah,24/12/2026,08.00-10.00; 11.00-12.00,rapat\nPalmerah,31/12/2026,tutup,libur\n',
    )
    for (const table of TABLE_NAMES) {
      const before = await take(table)
      const { code, text } = await bring(table, before)
      expect([table, code, text]).toEqual([table, 0, expect.stringContaining('0 baru')])
      expect(await take(table), table).toBe(before)
    }
  })
})
