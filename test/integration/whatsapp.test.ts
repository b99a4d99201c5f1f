import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { messageId } from '../../src/channels/whatsapp/send.ts'
import { createLog } from '../../src/lib/log.ts'
import { HOUR, MINUTE } from '../../src/lib/time.ts'
import { MovableClock } from '../support/telegram/clock.ts'
import { Scene, until, wordsOf } from '../support/whatsapp/scene.ts'

/** Faults that people reported, and the codes of a connection, each on the real client against the fake WhatsApp. */

let scene: Scene
beforeEach(async () => {
  scene = await Scene.open()
})
afterEach(() => scene.close())

const texts = () =>
  scene.heard.map(({ incoming }) => (incoming.kind === 'text' ? incoming.text : incoming.kind))
const statuses = () => scene.ports.states.map(({ status }) => status)
const reply = (outbound: string) => ({ outbound, purpose: 'reply' })

describe('what is heard', () => {
  test('messages sent while the assistant was down arrive as append: none lost, in order (7 of 18 leads lost, OpenWA#1660; Baileys#1571)', async () => {
    const first = await scene.start(scene.channel())
    const siti = scene.someone()
    await siti.writes('nol')
    await until(() => scene.heard.length === 1)
    await first.stop()
    await first.close()
    const words = Array.from({ length: 25 }, (_, i) => `pesan ${i + 1}`)
    for (const word of words) await siti.writes(word, { offline: true })
    await scene.start(scene.channel())
    await siti.writes('langsung')
    await until(() => scene.heard.length >= 27)
    expect(texts()).toEqual(['nol', ...words, 'langsung'])
    expect(new Set(scene.heard.map(({ externalId }) => externalId)).size).toBe(27)
  })

  test('the same message answered every minute, double and triple messages (Baileys#1864, #2223, #816): one identity however often it comes', async () => {
    await scene.start(scene.channel())
    const siti = scene.someone()
    await siti.writes('halo')
    await until(() => scene.heard.length === 1)
    siti.redelivers()
    siti.redelivers()
    await siti.writes('sudah')
    await until(() => texts().includes('sudah'))
    await new Promise(resolve => setTimeout(resolve, 500))
    expect(new Set(scene.heard.map(({ externalId }) => externalId)).size).toBe(2)
  })

  test('undecryptable first, the content later under the same id: heard once, as the content', async () => {
    await scene.start(scene.channel())
    const siti = scene.someone()
    await siti.writes('buka sesi')
    await siti.writes('penting', { corrupt: true })
    await until(() => texts().includes('penting'))
    expect(texts()).toEqual(['buka sesi', 'penting'])
  })

  test('the server wants an answer to what it could not confirm: it comes again after the next login', async () => {
    const channel = await scene.start(scene.channel())
    const siti = scene.someone()
    await siti.writes('satu')
    await until(() => scene.heard.length === 1)
    scene.fake.cut()
    await siti.writes('dua')
    await scene.paired(channel)
    await until(() => texts().includes('dua'))
    expect(texts()).toEqual(['satu', 'dua'])
  })

  test('stopping loses nothing: what was confirmed is stored, what was not comes again', async () => {
    const first = await scene.start(scene.channel())
    const people = Array.from({ length: 10 }, () => scene.someone())
    await Promise.all(people.map(person => person.writes('awal')))
    const writing = Promise.all(
      people.flatMap(person => Array.from({ length: 5 }, (_, i) => person.writes(`pesan ${i}`))),
    )
    await until(() => scene.heard.length > 5)
    await first.stop()
    await first.close()
    await writing
    await scene.start(scene.channel())
    const different = () => new Set(scene.heard.map(({ externalId }) => externalId)).size
    await until(() => different() === 60)
    for (const person of people) {
      const own = scene.heard.filter(({ address }) => address.includes(person.lid))
      const order = [...new Map(own.map(one => [one.externalId, one.incoming])).values()]
      expect(order.map(one => one.kind === 'text' && one.text)).toEqual([
        'awal',
        ...Array.from({ length: 5 }, (_, i) => `pesan ${i}`),
      ])
    }
  })

  test('a number hidden behind a LID, and one chat that becomes two (Baileys#1718, #1768, #2043, #1832; builderbot#1180): one address', async () => {
    const channel = await scene.start(scene.channel())
    const siti = scene.someone()
    await siti.writes('lewat LID')
    await siti.writes('lewat nomor', { addressing: 'pn' })
    await until(() => scene.heard.length === 2)
    const [first, second] = scene.heard
    expect(second?.address).toBe(first?.address)
    const sent = await channel.send(first?.address ?? '', { text: ['hai'] })
    expect(sent.kind).toBe('sent')
    await until(() => siti.received.length === 1)
  })

  test('a send to @lid succeeds and nothing arrives (Baileys#1964, #1950; to a wrong number, #1692): it arrives, and on no other phone', async () => {
    const channel = await scene.start(scene.channel())
    const [siti, budi] = [scene.someone('Siti'), scene.someone('Budi')]
    await siti.writes('halo', { withoutAlt: true })
    await budi.writes('halo')
    await until(() => scene.heard.length === 2)
    const address = scene.heard.find(one => one.address.includes(siti.lid))?.address ?? ''
    await channel.send(address, { text: ['untuk Siti'] })
    await until(() => siti.received.length === 1)
    expect(siti.received.map(wordsOf)).toEqual(['untuk Siti'])
    expect(budi.received).toEqual([])
  })
})

describe('what is sent', () => {
  const meet = async (haste = 100) => {
    const channel = await scene.start(scene.channel({ haste }))
    const siti = scene.someone()
    await siti.writes('halo')
    const heard = await until(() => scene.heard[0])
    return { channel, siti, address: heard.address }
  }

  test('sendMessage resolves and nobody gets it (Baileys#2699): sent means confirmed; delivered and read are known', async () => {
    const { channel, siti, address } = await meet()
    const id = messageId('whatsapp:main', '7')
    expect(await channel.send(address, { text: ['hai'] }, undefined, reply('7'))).toEqual({
      kind: 'sent',
      providerId: id,
    })
    const history = () => scene.ports.sent.rows.get(id)?.history ?? []
    await until(() => history().includes('delivered'))
    siti.reads(id)
    await until(() => history().includes('read'))
    expect(history()[0]).toBe('written')
    expect(siti.chatstates.length).toBeGreaterThan(0) // "mengetik…" came before
  })

  test('no confirmation is no success; the repeat has the same id and the phone shows it once', async () => {
    const { channel, siti, address } = await meet()
    scene.fake.faults.noAcks = true
    siti.confirms = false
    const lost = channel.send(address, { text: ['hai'] }, undefined, reply('8'))
    await until(() => siti.received.length === 1)
    scene.fake.cut()
    expect(await lost).toEqual({ kind: 'unknown', reason: 'connection lost' })
    scene.fake.faults.noAcks = false
    await scene.paired(channel)
    expect(await channel.send(address, { text: ['hai'] }, undefined, reply('8'))).toMatchObject({
      kind: 'sent',
    })
    expect(scene.fake.sends.get(messageId('whatsapp:main', '8'))).toBe(2)
    expect(siti.received).toHaveLength(1)
  })

  test('error 463 "reachout timelock", then bans (Baileys#2707): not tried again, and noted for everything that we start', async () => {
    const { channel, address } = await meet()
    scene.fake.faults.nack = '463'
    const refused = await channel.send(address, { text: ['hai'] }, undefined, reply('9'))
    expect(refused).toEqual({ kind: 'refused', reason: 'refused with 463' })
    expect(scene.ports.outreach.lock).toEqual({ until: undefined })
    expect(scene.fake.sends.get(messageId('whatsapp:main', '9'))).toBe(1)
  })

  test('WhatsApp tells of a restriction and of its end', async () => {
    await meet()
    const until463 = Math.floor((Date.now() + HOUR) / 1000)
    scene.fake.reachOutLock(until463)
    await until(() => scene.ports.outreach.lock?.until === until463 * 1000)
    scene.fake.reachOutLock(undefined)
    await until(() => scene.ports.outreach.lock === undefined)
  })

  test('one send to a stranger restricted the whole account (Baileys#2441, #1983): nobody is written to who never wrote', async () => {
    const { channel } = await meet()
    const outcome = await channel.send('chat of a stranger', { text: ['promo'] }, undefined, {
      outbound: '10',
      purpose: 'bulk',
    })
    expect(outcome.kind).toBe('refused')
    expect(scene.fake.sends.size).toBe(0)
  })

  test('what we start is asked for first; an answer is not', async () => {
    const { channel, address } = await meet()
    scene.ports.outreach.answer = { kind: 'no', reason: 'restricted' }
    const reminder = { outbound: '11', purpose: 'reminder' }
    expect(await channel.send(address, { text: ['besok'] }, undefined, reminder)).toEqual({
      kind: 'refused',
      reason: 'restricted',
    })
    expect(await channel.send(address, { text: ['ya'] }, undefined, reply('12'))).toMatchObject({
      kind: 'sent',
    })
    scene.ports.outreach.answer = { kind: 'yes' }
    expect(await channel.send(address, { text: ['besok'] }, undefined, reminder)).toMatchObject({
      kind: 'sent',
    })
    expect(scene.ports.outreach.startedCount).toBe(1)
  })

  test('"waiting for this message" after a new login (Baileys#1555): a phone that asks again gets it from what was stored', async () => {
    const { channel, siti, address } = await meet()
    await channel.send(address, { text: ['sekali lagi'] }, undefined, reply('13'))
    await until(() => siti.received.length === 1)
    await channel.stop()
    await channel.close()
    await scene.start(scene.channel())
    siti.asksAgain(messageId('whatsapp:main', '13'))
    await until(() => siti.received.length === 2)
    expect(siti.received.map(wordsOf)).toEqual(['sekali lagi', 'sekali lagi'])
  })

  test('killed between sending and storing the ratchet: what the phone cannot read then it asks for, and gets', async () => {
    const { channel, siti, address } = await meet()
    let unreadable = 0
    scene.fake.on('undecryptable', () => unreadable++)
    const before = scene.ports.auth.rows
    await channel.send(address, { text: ['sebelum'] }, undefined, reply('18'))
    await until(() => siti.received.length === 1)
    await channel.stop()
    await channel.close()
    scene.ports.auth.rows = before
    const after = await scene.start(scene.channel())
    await after.send(address, { text: ['sesudah'] }, undefined, reply('19'))
    await until(() => siti.received.length === 2)
    expect(unreadable).toBeGreaterThan(0)
    expect(siti.received.map(wordsOf)).toEqual(['sebelum', 'sesudah'])
  })

  test('files go out with their caption; what code made is uploaded once, what is one person’s own always anew', async () => {
    const { channel, siti, address } = await meet()
    const bytes = async () => Buffer.from('tanggal;masuk;keluar')
    const file = { key: 'workbook/buku-kas@1', name: 'buku-kas.csv', as: 'document' as const }
    const say = { text: ['Ini ', { bold: 'buku kas' }], file }
    const first = await channel.send(address, say, { mime: 'text/csv', bytes }, reply('14'))
    if (first.kind !== 'sent' || first.mediaId === undefined) throw new Error(JSON.stringify(first))
    const { mediaId } = first
    const second = await channel.send(address, say, { mediaId, mime: 'text/csv', bytes }, reply('15'))
    expect(second.kind).toBe('sent')
    expect(scene.fake.media.uploads).toBe(1)
    const own = { ...say, file: { ...file, key: 'own/1' } }
    const third = await channel.send(address, own, { mime: 'text/csv', bytes }, reply('16'))
    expect(third).toEqual({ kind: 'sent', providerId: messageId('whatsapp:main', '16') })
    expect(scene.fake.media.uploads).toBe(2)
    await until(() => siti.received.length === 3)
    for (const { message } of siti.received)
      expect(message.documentMessage).toMatchObject({ fileName: 'buku-kas.csv', caption: 'Ini *buku kas*' })
  })

  test('"media upload failed on all hosts": unknown, and tried again later', async () => {
    const { channel, address } = await meet()
    scene.fake.media.refuse = 500
    const say = { text: ['Ini'], file: { key: 'own/2', name: 'a.csv', as: 'document' as const } }
    const file = { mime: 'text/csv', bytes: async () => Buffer.from('a') }
    expect(await channel.send(address, say, file, reply('17'))).toEqual({
      kind: 'unknown',
      reason: 'upload failed',
    })
    scene.fake.media.refuse = undefined
    expect(await channel.send(address, say, file, reply('17'))).toMatchObject({ kind: 'sent' })
  })
})

test('both sides write at once and a phone can read nothing any more ("waiting for this message", "Bad MAC" storms: Baileys#1767, #2079): every step of the ratchet counts', async () => {
  const channel = await scene.start(scene.channel({ haste: 10_000 }))
  const people = Array.from({ length: 4 }, () => scene.someone())
  let unreadable = 0
  scene.fake.on('undecryptable', () => unreadable++)
  for (const person of people) await person.writes('awal')
  await until(() => scene.heard.length === people.length)
  const numbers = Array.from({ length: 30 }, (_, i) => i)
  const pause = () => new Promise(resolve => setTimeout(resolve, Math.random() * 20))
  await Promise.all(
    people.map(async person => {
      const address = scene.heard.find(one => one.address.includes(person.lid))?.address ?? ''
      const writing = (async () => {
        for (const i of numbers) await person.writes(`masuk ${i}`).then(pause)
      })()
      for (const i of numbers)
        await channel
          .send(address, { text: [`keluar ${i}`] }, undefined, reply(`${person.lid} ${i}`))
          .then(pause)
      await writing
      await until(() => person.received.length === numbers.length)
    }),
  )
  await until(() => scene.heard.length === people.length * (numbers.length + 1))
  expect(unreadable).toBe(0)
})

describe('the connection', () => {
  /** What an operator is alarmed by. */
  const alarms: string[] = []
  const log = createLog('error', {
    write: line => void alarms.push((JSON.parse(line) as { msg: string }).msg),
  })
  beforeEach(() => void alarms.splice(0))

  test('pairing ends in 515 and goes on at once (Baileys#141, #2170: taken for an error); 428 comes back with the same credential (#2271, #963)', async () => {
    const channel = await scene.start(scene.channel())
    const logins = scene.fake.logins
    scene.fake.cut()
    await until(() => scene.fake.logins === logins + 1)
    await scene.paired(channel)
    scene.fake.streamError(515, 'restart')
    await until(() => scene.fake.logins === logins + 2)
    await scene.paired(channel)
    await scene.someone().writes('masih dengar')
    await until(() => texts().includes('masih dengar'))
    expect(scene.fake.devices).toHaveLength(1) // not paired anew
    expect(statuses()).not.toContain('taken_over')
  })

  test('428, 503 or 500 while the connection opens (openclaw#75773: the channel died): tried until it opens', async () => {
    const channel = await scene.start(scene.channel())
    const reasons = () => scene.ports.states.flatMap(state => ('reason' in state ? [state.reason] : []))
    scene.fake.cut()
    for (const code of [503, 500, 428]) {
      scene.fake.faults.refuseLogin = code
      await until(() => reasons().includes(`closed with ${code}`))
    }
    scene.fake.faults.refuseLogin = undefined
    await scene.paired(channel)
    expect(scene.fake.devices).toHaveLength(1)
  })

  test('a deaf session (Baileys#2491: open, kept alive, and nothing comes): the connection is made anew', async () => {
    const clock = new MovableClock()
    const channel = await scene.start(scene.channel({ clock }))
    const siti = scene.someone()
    await siti.writes('halo')
    const { address } = await until(() => scene.heard[0])
    const { logins } = scene.fake
    scene.fake.faults.deaf = true
    const lost = channel.send(address, { text: ['hai'] }, undefined, reply('18'))
    await until(() =>
      scene.ports.sent.rows.get(messageId('whatsapp:main', '18'))?.history.includes('written'),
    )
    clock.advance(MINUTE)
    expect(await lost).toEqual({ kind: 'unknown', reason: 'connection lost' })
    scene.fake.faults.deaf = false
    await until(() => scene.fake.logins > logins)
    await scene.paired(channel)
    expect(scene.ports.deafAt).toBeDefined()
    expect(await channel.send(address, { text: ['hai'] }, undefined, reply('18'))).toMatchObject({
      kind: 'sent',
    })
    await until(() => siti.received.length === 1)
  })

  test('440: once the other program is gone, the account comes back by itself', async () => {
    const channel = await scene.start(scene.channel()) // pauses of 30 s are hundreds of ms
    scene.fake.streamError(440)
    await until(() => statuses().includes('taken_over'))
    await scene.paired(channel)
    await scene.someone().writes('kembali')
    await until(() => texts().includes('kembali'))
    expect(scene.fake.devices).toHaveLength(1)
  })

  test('440 every 5 s, an endless loop (Baileys#502): the account is left to the other one', async () => {
    const channel = await scene.start(scene.channel({ haste: 1, log }))
    const logins = scene.fake.logins
    scene.fake.streamError(440)
    await until(() => statuses().includes('taken_over'))
    expect(channel.state()).toMatchObject({ status: 'trouble', reason: 'taken over by another program' })
    await new Promise(resolve => setTimeout(resolve, 500))
    expect(scene.fake.logins).toBe(logins)
    expect(alarms).toEqual([expect.stringContaining('another program uses this WhatsApp credential')])
  })

  test('401: the credential goes whole, pairing is asked for, and people stay who they are', async () => {
    const channel = await scene.start(scene.channel({ log }))
    const siti = scene.someone()
    await siti.writes('sebelum')
    await until(() => scene.heard.length === 1)
    scene.fake.streamError(401, 'device_removed')
    await until(() => channel.pairing.state().status === 'needs_pairing')
    await scene.paired(channel)
    await siti.writes('sesudah')
    await until(() => texts().includes('sesudah'))
    expect(scene.heard[1]?.address).toBe(scene.heard[0]?.address)
    expect(alarms).toEqual(['WhatsApp must be paired: no device is linked any more'])
  })

  test('403: nothing is tried any more, by no process, until the phone is unlinked; then another one can be linked', async () => {
    const channel = await scene.start(scene.channel({ log }))
    scene.fake.faults.refuseLogin = 403
    scene.fake.cut()
    await until(() => statuses().includes('banned'))
    const other = scene.channel()
    await other.start(async () => {})
    await until(() => other.state().status === 'standby')
    await new Promise(resolve => setTimeout(resolve, 300))
    expect(channel.state()).toMatchObject({ status: 'trouble', reason: 'this number is banned' })
    expect(channel.canSend()).toBe(false)
    expect(other.state()).toEqual({ status: 'standby' })
    expect(alarms).toEqual(['WhatsApp has banned this number; the assistant stops using it'])
    scene.fake.faults.refuseLogin = undefined
    await channel.pairing.unpair()
    await scene.paired(channel)
    expect(scene.fake.devices).toHaveLength(2)
  })

  test('pairing by code; it can be asked for only while a QR code is shown (428 else: Baileys#369, #1523)', async () => {
    const channel = scene.channel()
    await channel.start(async () => {})
    await expect(channel.pairing.requestCode(scene.owner.phone)).rejects.toThrow(/QR code/)
    await until(() => {
      const state = channel.pairing.state()
      return state.status === 'needs_pairing' && state.qr
    })
    const asked = new Promise(resolve => scene.fake.once('code-asked', resolve))
    const code = await channel.pairing.requestCode(scene.owner.phone)
    await asked
    await scene.fake.enterCode(code, scene.owner)
    await until(() => channel.state().status === 'connected')
  })

  test('unpairing tells WhatsApp, forgets the credential and shows a new code', async () => {
    const channel = await scene.start(scene.channel())
    await channel.pairing.unpair()
    await until(() => channel.pairing.state().status === 'needs_pairing')
    expect(scene.fake.devices).toEqual([])
    await scene.paired(channel)
    expect(scene.fake.devices).toHaveLength(1)
  })

  test('two assistants on one account: one waits, and takes over when the other ends', async () => {
    const first = await scene.start(scene.channel())
    const second = scene.channel()
    await second.start(async batch => void scene.heard.push(...batch))
    await until(() => second.state().status === 'standby')
    expect(second.canSend()).toBe(false)
    await first.stop()
    await first.close()
    await until(() => second.state().status === 'connected')
    await scene.someone().writes('halo')
    await until(() => texts().includes('halo'))
    expect(statuses()).not.toContain('taken_over')
  })

  test('a write to the key store that fails: the connection ends at once and the next one works', async () => {
    const channel = await scene.start(scene.channel())
    const siti = scene.someone()
    await siti.writes('satu')
    await until(() => scene.heard.length === 1)
    const { auth } = scene.ports
    const set = auth.set
    let failed = 0
    auth.set = async () => {
      failed++
      throw new Error('the database is away')
    }
    const logins = scene.fake.logins
    await siti.writes('dua')
    await until(() => failed > 0)
    auth.set = set
    await until(() => scene.fake.logins > logins)
    await scene.paired(channel)
    await until(() => texts().includes('dua'))
    await siti.writes('tiga')
    await until(() => texts().includes('tiga'))
    expect([...new Set(texts())]).toEqual(['satu', 'dua', 'tiga'])
  })
})
