import { WEEKDAYS, type CentreRow, type ExceptionRow } from '../../domain/imports/tables.ts'
import type { Tx } from '../client.ts'
import type { Done } from './done.ts'
import { daysGiven, hoursCell, weekCells } from './week.ts'

/** Every kecamatan has its centre already: rows change them. What an administrator enters is no sample data any more. */
export async function importCentres(tx: Tx, rows: readonly CentreRow[]): Promise<Done> {
  for (const row of rows) {
    const { kecamatan: code, alamat, lintang, bujur, ruang } = row
    await tx.centre.update({
      where: { code },
      data: {
        sample: false,
        ...(alamat === undefined ? {} : { address: alamat }),
        ...(lintang === undefined || bujur === undefined ? {} : { latitude: lintang, longitude: bujur }),
        ...(ruang === undefined ? {} : { rooms: ruang }),
      },
    })
    await setHours(tx, code, 'regular', daysGiven(row))
    await setHours(tx, code, 'ramadan', daysGiven(ramadanCells(row)))
  }
  return { added: 0, changed: rows.length, kept: 0 }
}

const ramadanCells = (row: CentreRow) =>
  Object.fromEntries(WEEKDAYS.map(day => [day, row[`ramadan_${day}`]])) as Parameters<typeof daysGiven>[0]

async function setHours(
  tx: Tx,
  centreCode: string,
  timetable: 'regular' | 'ramadan',
  days: ReturnType<typeof daysGiven>,
): Promise<void> {
  if (days.length === 0) return
  await tx.centreHours.deleteMany({
    where: { centreCode, timetable, weekday: { in: days.map(day => day.weekday) } },
  })
  await tx.centreHours.createMany({
    data: days.flatMap(({ weekday, hours }) =>
      hours.map(each => ({ ...each, centreCode, timetable, weekday })),
    ),
  })
}

export async function exportCentres(tx: Tx): Promise<Record<string, string>[]> {
  const centres = await tx.centre.findMany({ orderBy: { code: 'asc' }, include: { hours: true } })
  return centres.map(({ code, address, latitude, longitude, rooms, hours }) => {
    const regular = weekCells(hours.filter(each => each.timetable === 'regular'))
    const fasting = hours.filter(each => each.timetable === 'ramadan')
    const ramadan = fasting.length > 0 ? weekCells(fasting) : []
    return {
      kecamatan: code,
      alamat: address ?? '',
      lintang: latitude === null ? '' : String(latitude),
      bujur: longitude === null ? '' : String(longitude),
      ruang: String(rooms),
      ...Object.fromEntries(WEEKDAYS.map((day, at) => [day, regular[at] ?? ''])),
      ...Object.fromEntries(WEEKDAYS.map((day, at) => [`ramadan_${day}`, ramadan[at] ?? ''])),
    }
  })
}

/** The hours of a date are given whole: several ranges make several rows, "tutup" makes one without hours. */
export async function importExceptions(tx: Tx, rows: readonly ExceptionRow[]): Promise<Done> {
  let changed = 0
  for (const { kecamatan: centreCode, tanggal: date, jam, alasan: reason } of rows) {
    const { count } = await tx.centreException.deleteMany({ where: { centreCode, date } })
    if (count > 0) changed++
    const ranges = jam.length > 0 ? jam : [{ opens: null, closes: null }]
    await tx.centreException.createMany({
      data: ranges.map(range => ({ ...range, centreCode, date, reason })),
    })
  }
  return { added: rows.length - changed, changed, kept: 0 }
}

export async function exportExceptions(tx: Tx): Promise<Record<string, string>[]> {
  const rows = await tx.centreException.findMany({
    orderBy: [{ date: 'asc' }, { centreCode: 'asc' }, { opens: 'asc' }],
  })
  const firstOfDay = rows.filter((row, at) => !sameDay(row, rows[at - 1]))
  return firstOfDay.map(first => {
    const ranges = rows.flatMap(row =>
      sameDay(row, first) && row.opens !== null && row.closes !== null
        ? [{ opens: row.opens, closes: row.closes }]
        : [],
    )
    return {
      kecamatan: first.centreCode,
      tanggal: first.date,
      jam: hoursCell(ranges),
      alasan: first.reason,
    }
  })
}

type Day = { centreCode: string; date: string }
const sameDay = (one: Day, other: Day | undefined) =>
  one.centreCode === other?.centreCode && one.date === other.date
