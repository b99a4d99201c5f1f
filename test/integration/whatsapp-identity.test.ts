import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createInbox } from '../../src/db/inbox.ts'
import { chatDigest } from '../../src/db/consents.ts'
import { bodyPlace, statePlace } from '../../src/db/saveTurns.ts'
import { createIdentities } from '../../src/db/whatsapp/identities.ts'
import { receive } from '../../src/domain/rights.ts'
import { FixedClock, MINUTE } from '../../src/lib/time.ts'
import { addCoach, agree, NOW, openWorld, registered, type World } from '../support/people.ts'
import { wholeStore } from '../support/whole-store.ts'

const ACCOUNT = 'whatsapp:1'
const LID = '77700011122@lid'
const PN = '6281234567890@s.whatsapp.net'

let world: World
beforeAll(async () => {
  world = await openWorld()
  await addCoach(world.db, 'Faran', ['mulai_usaha'])
})
afterAll(() => world.close())

let accounts = 1
const identities = (account: string) =>
  createIdentities(world.db, world.sealer, { account, clock: new FixedClock(NOW) })
const fresh = () => identities(`whatsapp:${++accounts}`)

describe('who somebody is on WhatsApp', () => {
  it('inbound @lid, outbound @s.whatsapp.net: one chat stays one', async () => {
    const who = fresh()
    const first = await who.addressOf(LID, PN, NOW)
    expect(await who.addressOf(PN, undefined, NOW + 1)).toBe(first)
    expect(await who.addressOf(LID, undefined, NOW + 2)).toBe(first)
    expect(await who.addressOf(PN, LID, NOW + 3)).toBe(first)
  })

  it('is answered where they wrote last, and nowhere before they wrote', async () => {
    const who = fresh()
    expect(await who.jidOf('nobody')).toBeUndefined()
    const address = await who.addressOf(LID, PN, NOW)
    expect(await who.jidOf(address)).toBe(LID)
    await who.addressOf(PN, undefined, NOW + 5)
    expect(await who.jidOf(address)).toBe(PN)
    await who.addressOf(LID, undefined, NOW + 1) // older, from the offline queue
    expect(await who.jidOf(address)).toBe(PN)
  })

  it('a number without a LID is learned later, from a message or from WhatsApp’s own mapping', async () => {
    const who = fresh()
    const address = await who.addressOf(PN, undefined, NOW)
    await who.learn([{ lid: LID, pn: PN }])
    expect(await who.addressOf(LID, undefined, NOW + 1)).toBe(address)
  })

  it('nothing is kept of people who never wrote', async () => {
    const who = fresh()
    const before = await world.db.whatsAppPerson.count()
    await who.learn([{ lid: '5@lid', pn: '628555@s.whatsapp.net' }])
    expect(await world.db.whatsAppPerson.count()).toBe(before)
  })

  it('a number that passed on to somebody else is theirs, and the first person keeps their chat', async () => {
    const who = fresh()
    const siti = await who.addressOf(LID, PN, NOW)
    const budi = await who.addressOf('99@lid', PN, NOW + 1)
    expect(budi).not.toBe(siti)
    expect(await who.addressOf(PN, undefined, NOW + 2)).toBe(budi)
    expect(await who.addressOf(LID, undefined, NOW + 3)).toBe(siti)
    expect(await who.jidOf(siti)).toBe(LID)
  })

  it('neither LID nor number lies in the database in clear', async () => {
    const who = fresh()
    await who.addressOf(LID, PN, NOW)
    await who.addressOf('6281999888777@s.whatsapp.net', undefined, NOW)
    const { raw, opened } = await wholeStore(world.db, world.sealer)
    for (const secret of ['77700011122', '81234567890', '81999888777']) expect(raw).not.toContain(secret)
    expect(opened).toContain('81999888777')
  })

  it('many who write at once for the first time are each one person', async () => {
    const who = fresh()
    const wrote = Array.from({ length: 24 }, (_, n) => `${1000 + (n % 8)}`)
    const addresses = await Promise.all(
      wrote.map((n, i) =>
        i % 3
          ? who.addressOf(`${n}@lid`, undefined, NOW)
          : who.addressOf(`62${n}@s.whatsapp.net`, `${n}@lid`, NOW),
      ),
    )
    expect(new Set(addresses).size).toBe(8)
    wrote.forEach((n, i) => expect(addresses[i]).toBe(addresses[wrote.indexOf(n)]))
  })

  it('in every history: what is known to belong together is one address, and two people never share one', async () => {
    const person = fc.integer({ min: 0, max: 3 })
    const event = fc.oneof(
      fc.record({
        does: fc.constant('writes' as const),
        who: person,
        as: fc.constantFrom('lid', 'phone', 'lid+', 'phone+'),
      }),
      fc.record({ does: fc.constant('learns' as const), who: person, as: fc.constant('') }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 14 }), async events => {
        const account = `whatsapp:${++accounts}`
        const [who, inbox] = [identities(account), createInbox(world.db, world.sealer)]
        const jids = (n: number) => ({ lid: `${n}@lid`, phone: `6280000${n}@s.whatsapp.net` })
        let at = NOW
        for (const [n, each] of events.entries()) {
          const { lid, phone } = jids(each.who)
          if (each.does === 'learns') await who.learn([{ lid, pn: phone }])
          else {
            const [jid, alt] = each.as.startsWith('lid') ? [lid, phone] : [phone, lid]
            const address = await who.addressOf(jid, each.as.endsWith('+') ? alt : undefined, ++at)
            const incoming = { kind: 'text' as const, text: String(each.who) }
            await inbox.accept(
              [{ account, channel: 'whatsapp', address, externalId: `${n}`, sentAt: at, incoming }],
              at,
            )
          }
        }
        const conversations = await world.db.conversation.findMany({
          where: { account },
          include: { inbound: { orderBy: { id: 'asc' } } },
        })
        const said = conversations.map(one =>
          one.inbound.map(row => {
            const place = `inbound:${account}:${row.externalId}`
            return { n: Number(row.externalId), who: world.sealer.open(place, row.payload as Uint8Array) }
          }),
        )
        // nothing is lost, everything is in its order, and no chat holds the words of two
        expect(said.flat()).toHaveLength(events.filter(each => each.does === 'writes').length)
        for (const one of said) {
          expect(one.map(row => row.n)).toEqual(one.map(row => row.n).sort((a, b) => a - b))
          expect(new Set(one.map(row => row.who)).size).toBe(1)
        }
        // whose LID and number were seen together is one person
        for (const each of [0, 1, 2, 3]) {
          const theirs = events.filter(one => one.who === each)
          const written = theirs.some(one => one.does === 'writes')
          const first = theirs.findIndex(one => one.does === 'writes')
          const together = theirs.some(
            (one, i) => one.as.endsWith('+') || (one.does === 'learns' && i > first),
          )
          if (!written || !together) continue
          const { lid, phone } = jids(each)
          expect(await who.addressOf(lid, undefined, ++at)).toBe(await who.addressOf(phone, undefined, ++at))
          expect(said.filter(one => one[0]?.who.includes(`"${each}"`))).toHaveLength(1)
        }
      }),
      { numRuns: 25 },
    )
  })
})

describe('the number of a chat', () => {
  it('is what WhatsApp tells, also behind a LID, and none where it hides it (onWhatsApp returns nothing for a LID, Baileys#1522)', async () => {
    const account = `whatsapp:${++accounts}`
    const who = identities(account)
    const speaker = { id: 0, channel: 'whatsapp', account, sandbox: false }
    const phoneOf = (address: string) => world.within(repos => repos.phones.ofChat({ ...speaker, address }))
    expect(await phoneOf(await who.addressOf(LID, PN, NOW))).toBe('+6281234567890')
    const hidden = await who.addressOf('42@lid', undefined, NOW)
    expect(await phoneOf(hidden)).toBeUndefined()
    await who.learn([{ lid: '42@lid', pn: '628777@s.whatsapp.net' }])
    expect(await phoneOf(hidden)).toBe('+628777')
  })

  it('is what a copy of somebody’s data calls the chat', async () => {
    const account = `whatsapp:${++accounts}`
    const address = await identities(account).addressOf(LID, PN, NOW)
    const data = { channel: 'whatsapp', account, address, createdAt: new Date(NOW) }
    const resident = await registered(world, await world.db.conversation.create({ data }))
    const [chat] = await world.within(repos => repos.residents.chats(resident.id))
    expect(chat?.address).toBe('+6281234567890')
  })
})

describe('two chats that turn out to be one person', () => {
  const text = (address: string, externalId: string, words: string) => ({
    ...{ account: ACCOUNT, channel: 'whatsapp' as const, address, externalId, sentAt: NOW },
    incoming: { kind: 'text' as const, text: words },
  })
  const chatAt = async (address: string) => {
    const where = { account_address: { account: ACCOUNT, address } }
    return world.db.conversation.findUniqueOrThrow({ where })
  }

  it('become one conversation with every message, state, resident and everything that waits', async () => {
    const who = identities(ACCOUNT)
    const inbox = createInbox(world.db, world.sealer)
    const byPhone = await who.addressOf(PN, undefined, NOW)
    const byLid = await who.addressOf(LID, undefined, NOW)
    expect(byPhone).not.toBe(byLid)
    await inbox.accept([text(byPhone, 'a', 'satu'), text(byLid, 'b', 'dua'), text(byPhone, 'c', 'tiga')], NOW)
    const [old, kept] = [await chatAt(byPhone), await chatAt(byLid)]
    const speaker = { ...old, channel: 'whatsapp' }
    const resident = await registered(world, speaker)
    await world.within(repos => receive({ repos, speaker, now: NOW }, 'view'))
    await agree(world, { ...kept, channel: 'whatsapp' })
    const sealed = { text: 'Halo' }
    await world.db.outbound.create({
      data: {
        ...{ conversationId: old.id, account: ACCOUNT, purpose: 'reply', createdAt: new Date(NOW) },
        body: world.sealer.seal(bodyPlace(old.id), JSON.stringify(sealed)),
      },
    })
    const file = await world.within(repos =>
      repos.files.add(old.id, { mime: 'text/plain', bytes: Buffer.from('isi') }, NOW),
    )
    await world.db.timer.create({
      data: { conversationId: old.id, name: 'nudge', wait: 'w1', dueAt: new Date(NOW) },
    })
    await world.db.timer.create({
      data: { conversationId: kept.id, name: 'nudge', wait: 'w2', dueAt: new Date(NOW) },
    })
    const state = { v: 1, language: 'id', seq: 3, stack: [] }
    const open = { flow: 'menu', flowVersion: 1, step: 'main', activeAt: new Date(NOW) }
    await world.db.conversation.update({
      where: { id: old.id },
      data: { state: world.sealer.seal(statePlace(old.id), JSON.stringify(state)), ...open },
    })
    await world.db.conversation.update({
      where: { id: kept.id },
      data: { activeAt: new Date(NOW + MINUTE) },
    })

    expect(await who.addressOf(LID, PN, NOW + 1)).toBe(byLid)

    expect(await world.db.conversation.count({ where: { id: old.id } })).toBe(0)
    const now = await chatAt(byLid)
    expect(now).toMatchObject({ id: kept.id, flow: 'menu', step: 'main', activeAt: new Date(NOW + MINUTE) })
    expect(JSON.parse(world.sealer.open(statePlace(now.id), now.state as Uint8Array))).toEqual(state)
    const inbound = await world.db.inbound.findMany({
      where: { conversationId: now.id },
      orderBy: { id: 'asc' },
    })
    expect(inbound.map(row => row.externalId)).toEqual(['a', 'b', 'c'])
    const outbound = await world.db.outbound.findFirstOrThrow({ where: { conversationId: now.id } })
    expect(JSON.parse(world.sealer.open(bodyPlace(now.id), outbound.body as Uint8Array))).toEqual(sealed)
    const timers = await world.db.timer.findMany({ where: { conversationId: now.id } })
    expect(timers.map(timer => timer.wait)).toEqual(['w1'])
    const moved = await world.db.file.findFirstOrThrow({ where: { conversationId: now.id } })
    expect(file).toBe(`own/${moved.id}`)
    expect(world.sealer.open(`files:${now.id}`, moved.bytes)).toBe('isi')
    const active = await world.within(repos => repos.residents.active(now.id))
    expect(active?.id).toBe(resident.id)
    const digest = chatDigest(world.sealer, { account: ACCOUNT, address: byLid })
    expect(await world.db.privacyRequest.count({ where: { subjectDigest: digest } })).toBe(1)
    expect(await world.within(repos => repos.consents.pending(now.id))).toEqual({
      data: true,
      reminders: true,
    })
  })

  it('what is still under way for the old address comes in at the new one', async () => {
    const inbox = createInbox(world.db, world.sealer)
    const before = await world.db.movedChat.findFirstOrThrow({ where: { account: ACCOUNT } })
    await inbox.accept([text(before.address, 'd', 'empat')], NOW)
    const row = await world.db.inbound.findFirstOrThrow({
      where: { externalId: 'd' },
      include: { conversation: true },
    })
    expect(row.conversation.address).toBe(before.current)
    expect(await identities(ACCOUNT).jidOf(before.address)).toBe(LID)
  })

  it('who is registered in both keeps both, and one of them speaks', async () => {
    const account = `whatsapp:${++accounts}`
    const who = identities(account)
    const [a, b] = [
      await who.addressOf('1@lid', undefined, NOW),
      await who.addressOf('621234567@s.whatsapp.net', undefined, NOW),
    ]
    const chat = async (address: string) => {
      const data = { channel: 'whatsapp', account, address, createdAt: new Date(NOW) }
      return world.db.conversation.create({ data })
    }
    const [one, two] = [await chat(a), await chat(b)]
    const siti = await registered(world, one)
    const budi = await registered(world, two, { name: 'Budi', phone: '+6281111111111' })
    await world.within(repos => repos.residents.activate(one.id, budi.id, NOW)) // linked in both
    await who.learn([{ lid: '1@lid', pn: '621234567@s.whatsapp.net' }])
    const links = await world.db.conversationResident.findMany({ where: { conversationId: one.id } })
    expect(links.map(link => link.residentId).sort()).toEqual([siti.id, budi.id].sort())
    expect(links.filter(link => link.active)).toHaveLength(1)
    expect(await world.db.conversation.count({ where: { account } })).toBe(1)
  })

  it('while messages keep coming for both: none is lost', async () => {
    const account = `whatsapp:${++accounts}`
    const [who, inbox] = [identities(account), createInbox(world.db, world.sealer)]
    const phone = '62800111@s.whatsapp.net'
    const a = await who.addressOf('8@lid', undefined, NOW)
    const b = await who.addressOf(phone, undefined, NOW)
    const send = (address: string, n: number) =>
      inbox.accept([{ ...text(address, `${n}`, 'x'), account }], NOW)
    const sends = Array.from({ length: 40 }, (_, n) => send(n % 2 ? a : b, n))
    await Promise.all([...sends.slice(0, 20), who.learn([{ lid: '8@lid', pn: phone }]), ...sends.slice(20)])
    const chats = await world.db.conversation.findMany({ where: { account }, include: { _count: true } })
    expect(chats.map(chat => chat._count.inbound)).toEqual([40])
  })
})
