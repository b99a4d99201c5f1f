import { WEEKDAYS, type CoachRow } from '../../domain/imports/tables.ts'
import { dismissCoach } from '../../domain/staff/absence.ts'
import type { Tx } from '../client.ts'
import { reposFor } from '../repos.ts'
import { UnknownRowError, type Done } from './done.ts'
import { lockCentres, type World } from './opening.ts'
import { daysGiven, hoursCell, weekCells } from './week.ts'

/**
 * A row without an id is a new coach; the same name in the same centre is refused, because it would be the same person
 * twice. Hours are those at the home centre; those elsewhere stay. Who is no longer active is dismissed as by
 * `npm run people`.
 * @throws UnknownRowError
 */
export async function importCoaches(world: World, rows: readonly CoachRow[]): Promise<Done> {
  const { tx, now } = world
  await lockCentres(world)
  const done = { added: 0, changed: 0, kept: 0, calledOff: 0 } satisfies Done
  for (const row of rows) {
    if (row.id !== undefined && row.aktif === false) done.calledOff += await dismiss(world, row.id)
    const id = row.id === undefined ? await add(tx, row, now) : await change(tx, row, row.id)
    if (row.id === undefined) done.added++
    else done.changed++
    await setHours(tx, { id, centreCode: row.kecamatan }, row)
  }
  return done
}

/** @returns how many sessions were called off */
async function dismiss({ tx, sealer, now }: World, id: string): Promise<number> {
  const coach = await tx.coach.findFirst({ where: { id, active: true } })
  return coach === null ? 0 : (await dismissCoach(reposFor(tx, sealer), coach, now)).sessions
}

async function add(tx: Tx, row: CoachRow, now: number): Promise<string> {
  const { nama: name, kecamatan: centreCode } = row
  const twin = await tx.coach.findFirst({
    where: { name: { equals: name, mode: 'insensitive' }, centreCode, sample: false },
  })
  if (twin)
    throw new UnknownRowError(
      row.line,
      'id',
      'id coach ini: nama yang sama sudah ada di kecamatan ini (npm run export -- coaches)',
    )
  const { id } = await tx.coach.create({ data: { ...dataOf(row), createdAt: new Date(now) } })
  return id
}

async function change(tx: Tx, row: CoachRow, id: string): Promise<string> {
  const { count } = await tx.coach.updateMany({ where: { id }, data: { ...dataOf(row), sample: false } })
  if (count === 0)
    throw new UnknownRowError(
      row.line,
      'id',
      'id yang ada (npm run export -- coaches); kosongkan untuk coach baru',
    )
  return id
}

const dataOf = ({ nama, kecamatan, kebutuhan, bahasa, aktif }: CoachRow) => ({
  name: nama,
  centreCode: kecamatan,
  serves: kebutuhan,
  ...(bahasa === undefined ? {} : { languages: bahasa }),
  ...(aktif === undefined ? {} : { active: aktif }),
})

/** @throws UnknownRowError for hours that lie over those at another centre: nobody is at two places at once */
async function setHours(tx: Tx, coach: { id: string; centreCode: string }, row: CoachRow): Promise<void> {
  const days = daysGiven(row)
  const at = { coachId: coach.id, centreCode: coach.centreCode }
  const elsewhere = await tx.coachHours.findMany({
    where: { coachId: coach.id, centreCode: { not: coach.centreCode } },
    include: { centre: true },
  })
  for (const { weekday, hours } of days) {
    const over = elsewhere.find(
      other =>
        other.weekday === weekday &&
        hours.some(each => each.opens < other.closes && other.opens < each.closes),
    )
    if (over)
      throw new UnknownRowError(
        row.line,
        WEEKDAYS[weekday - 1] ?? '',
        `jam yang tidak bertabrakan dengan jamnya di ${over.centre.name} (${hoursCell([over])})`,
      )
  }
  await tx.coachHours.deleteMany({ where: { ...at, weekday: { in: days.map(day => day.weekday) } } })
  await tx.coachHours.createMany({
    data: days.flatMap(({ weekday, hours }) => hours.map(each => ({ ...each, ...at, weekday }))),
  })
}

/** Sample coaches are not the programme's: they are left out. */
export async function exportCoaches(tx: Tx): Promise<Record<string, string>[]> {
  const coaches = await tx.coach.findMany({
    where: { sample: false },
    orderBy: [{ centreCode: 'asc' }, { name: 'asc' }, { id: 'asc' }],
    include: { hours: true },
  })
  return coaches.map(coach => {
    const week = weekCells(coach.hours.filter(each => each.centreCode === coach.centreCode))
    return {
      id: coach.id,
      nama: coach.name,
      kecamatan: coach.centreCode,
      kebutuhan: coach.serves.join('; '),
      bahasa: coach.languages.join('; '),
      aktif: coach.active ? 'ya' : 'tidak',
      ...Object.fromEntries(WEEKDAYS.map((day, at) => [day, week[at] ?? ''])),
    }
  })
}
