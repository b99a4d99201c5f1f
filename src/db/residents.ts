import { randomUUID } from 'node:crypto'
import type { Intake, Resident } from '../domain/people.ts'
import type { ChatRecord, NewResident, ProfileChanges, Residents } from '../domain/ports.ts'
import { randomNumber } from '../lib/crockford.ts'
import type { Tx } from './client.ts'
import { partFromThemselves } from './coaches.ts'
import type { Prisma } from './generated/client.ts'
import type { Sealer } from './seal.ts'
import { knownAs } from './whatsapp/phones.ts'

export const residentPlace = (id: string, field: 'name' | 'phone' | 'nik') => `residents:${id}:${field}`

const WITH_ALL = { centre: true, coach: true, intake: true } as const
type Row = Prisma.ResidentGetPayload<{ include: typeof WITH_ALL }>

export function residentsFor(tx: Tx, sealer: Sealer): Residents {
  const linked = async (conversationId: number, active?: true) => {
    const links = await tx.conversationResident.findMany({
      where: { conversationId, ...(active ? { active } : {}) },
      orderBy: [{ createdAt: 'asc' }, { residentId: 'asc' }],
      include: { resident: { include: WITH_ALL } },
    })
    return links.map(link => open(sealer, link.resident))
  }
  const all = async (where: Prisma.ResidentWhereInput) => {
    const rows = await tx.resident.findMany({
      where,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      include: WITH_ALL,
    })
    return rows.map(row => open(sealer, row))
  }
  return {
    async find(id) {
      const row = await tx.resident.findUnique({ where: { id }, include: WITH_ALL })
      return row ? open(sealer, row) : undefined
    },
    active: async conversationId => (await linked(conversationId, true))[0],
    of: linked,
    ofCoach: coachId => all({ coachId }),
    withPhone: phone => all({ phoneDigest: sealer.digest('phone', phone), sandbox: false }),
    create: (conversationId, resident, at) => create(tx, sealer, conversationId)(resident, at),
    update: update(tx, sealer),
    async activate(conversationId, id, at) {
      await activate(tx, conversationId, id, at)
      await partFromThemselves(tx, conversationId, at)
    },
    chats: id => chats(tx, sealer, id),
  }
}

type Created = Omit<Resident, 'centre' | 'coach'>

/** Row, answers and link, each in one statement that returns nothing: registrations come in crowds. */
const create =
  (tx: Tx, sealer: Sealer, conversationId: number) =>
  async (resident: NewResident, now: number): Promise<Created> => {
    const created = await createProfile(tx, sealer, resident, now)
    await activate(tx, conversationId, created.id, now)
    return created
  }

/** A profile that no chat speaks for yet. */
export async function createProfile(
  tx: Tx,
  sealer: Sealer,
  resident: NewResident,
  now: number,
): Promise<Created> {
  const { intake, phone, nik, name, centreCode, coachId, ...rest } = resident
  const id = randomUUID()
  const at = new Date(now)
  const number = await insert(tx, {
    ...rest,
    ...sealed(sealer, id, { phone, nik }, now),
    ...{ id, centreCode, coachId, createdAt: at, updatedAt: at },
    name: sealer.seal(residentPlace(id, 'name'), name),
  })
  await tx.intake.createMany({ data: [{ ...intakeRow(intake), residentId: id, answeredAt: at }] })
  return {
    ...rest,
    ...{ id, number, name, phone, nik, stage: 'P1', createdAt: now, updatedAt: now },
    ...{ preferredChannel: null, restrictedAt: null },
    nikGivenAt: nik === null ? null : now,
    intake: { ...intake, answeredAt: now },
  }
}

/** A number that is taken is drawn again: ON CONFLICT DO NOTHING, because an error would end the whole transaction. */
async function insert(tx: Tx, row: Omit<Prisma.ResidentCreateManyInput, 'number'>): Promise<string> {
  for (;;) {
    const number = randomNumber('OKO', 6)
    const { count } = await tx.resident.createMany({ data: [{ ...row, number }], skipDuplicates: true })
    if (count === 1) return number
  }
}

const update =
  (tx: Tx, sealer: Sealer): Residents['update'] =>
  async (id, changes, at) => {
    const { name, phone: _, nik: __, restrictedAt, intake, ...plain } = changes
    await tx.resident.update({
      where: { id },
      data: {
        ...plain,
        ...(name === undefined ? {} : { name: sealer.seal(residentPlace(id, 'name'), name) }),
        ...sealed(sealer, id, changes, at),
        ...(restrictedAt === undefined
          ? {}
          : { restrictedAt: restrictedAt === null ? null : new Date(restrictedAt) }),
        updatedAt: new Date(at),
      },
    })
    if (intake)
      await tx.intake.update({
        where: { residentId: id },
        data: { ...intakeRow(intake), answeredAt: new Date(at) },
      })
  }

interface SealedFields {
  phone?: Uint8Array<ArrayBuffer> | null
  phoneDigest?: string | null
  nik?: Uint8Array<ArrayBuffer> | null
  nikDigest?: string | null
  nikGivenAt?: Date | null
}

/** Phone and NIK with the digests that find them again; only those that are given. */
function sealed(
  sealer: Sealer,
  id: string,
  { phone, nik }: Pick<ProfileChanges, 'phone' | 'nik'>,
  at: number,
): SealedFields {
  return {
    ...(phone === undefined
      ? {}
      : {
          phone: phone === null ? null : sealer.seal(residentPlace(id, 'phone'), phone),
          phoneDigest: phone === null ? null : sealer.digest('phone', phone),
        }),
    ...(nik === undefined
      ? {}
      : {
          nik: nik === null ? null : sealer.seal(residentPlace(id, 'nik'), nik),
          nikDigest: nik === null ? null : sealer.digest('nik', nik),
          nikGivenAt: nik === null ? null : new Date(at),
        }),
  }
}

async function activate(tx: Tx, conversationId: number, residentId: string, at: number): Promise<void> {
  // Off before on: at most one active link a conversation is a unique index, checked row by row.
  await tx.conversationResident.updateMany({
    where: { conversationId, active: true, residentId: { not: residentId } },
    data: { active: false },
  })
  await tx.$executeRaw`
    INSERT INTO conversation_residents (conversation_id, resident_id, active, created_at)
    VALUES (${conversationId}, ${residentId}::uuid, true, ${new Date(at)})
    ON CONFLICT (conversation_id, resident_id) DO UPDATE SET active = true`
}

async function chats(tx: Tx, sealer: Sealer, residentId: string): Promise<ChatRecord[]> {
  const links = await tx.conversationResident.findMany({
    where: { residentId },
    orderBy: [{ createdAt: 'asc' }, { conversationId: 'asc' }],
    include: { conversation: { include: { _count: { select: { inbound: true, outbound: true } } } } },
  })
  const known = await knownAs(
    tx,
    sealer,
    links.map(link => link.conversation),
  )
  return links.map(({ conversation, createdAt }) => ({
    channel: conversation.channel,
    address: known.get(conversation.address) ?? conversation.address,
    language: conversation.language,
    createdAt: conversation.createdAt.getTime(),
    activeAt: conversation.activeAt?.getTime() ?? null,
    blockedAt: conversation.blockedAt?.getTime() ?? null,
    linkedAt: createdAt.getTime(),
    messagesIn: conversation._count.inbound,
    messagesOut: conversation._count.outbound,
  }))
}

/** Only the answers: an intake that was read carries more. */
function intakeRow(intake: Intake & { answeredAt?: number }) {
  const { answeredAt: _, startCapital, ...answers } = intake
  return { ...answers, startCapital: startCapital === null ? null : BigInt(startCapital) }
}

/** @throws SealError when a value was changed or moved to another row */
function open(sealer: Sealer, row: Row): Resident {
  const { id, centre, coach, intake } = row
  if (!intake) throw new Error(`Resident ${id} has no intake row.`)
  const { residentId: _, ...answers } = intake
  return {
    id,
    number: row.number,
    name: sealer.open(residentPlace(id, 'name'), row.name),
    formOfAddress: row.formOfAddress,
    phone: row.phone && sealer.open(residentPlace(id, 'phone'), row.phone),
    nik: row.nik && sealer.open(residentPlace(id, 'nik'), row.nik),
    nikGivenAt: row.nikGivenAt?.getTime() ?? null,
    kelurahan: row.kelurahan,
    centre,
    coach: coach && { id: coach.id, name: coach.name },
    stage: row.stage,
    nextStep: row.nextStep,
    reminders: row.reminders,
    preferredChannel: row.preferredChannel as Resident['preferredChannel'],
    restrictedAt: row.restrictedAt?.getTime() ?? null,
    language: row.language === 'en' ? 'en' : 'id',
    source: row.source,
    sandbox: row.sandbox,
    createdAt: row.createdAt.getTime(),
    updatedAt: row.updatedAt.getTime(),
    intake: {
      ...answers,
      primaryNeed: answers.primaryNeed as Intake['primaryNeed'],
      startCapital: answers.startCapital === null ? null : Number(answers.startCapital),
      answeredAt: answers.answeredAt.getTime(),
    },
  }
}
