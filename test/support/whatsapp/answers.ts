import {
  getBinaryNodeChild,
  getBinaryNodeChildBuffer,
  getBinaryNodeChildren,
  jidNormalizedUser,
  type BinaryNode,
} from '@whiskeysockets/baileys'
import { uint, type LinkedDevice } from './device.ts'
import type { Person } from './person.ts'

/** What answers to queries need to know of the world. */
export interface World {
  find(jid: string): Person | undefined
  devicesOf(person: Person): LinkedDevice[]
  /** The owner's own phone counts as a device: it gets a copy of everything the client sends. */
  phoneHears: boolean
  mediaHost: string
}

/** `undefined`: a bare result, which every unknown query needs too, or the client hangs for its 60 s. */
export async function answerQuery(
  world: World,
  query: BinaryNode,
  device: LinkedDevice | undefined,
): Promise<BinaryNode[] | undefined> {
  const child = Array.isArray(query.content) ? query.content[0] : undefined
  switch (query.attrs['xmlns']) {
    case 'encrypt':
      return device && answerKeys(world, query, device)
    case 'usync':
      return answerPeople(world, query)
    case 'privacy':
      if (query.attrs['type'] !== 'get') return undefined
      return [
        {
          tag: 'privacy',
          attrs: {},
          content: [{ tag: 'category', attrs: { name: 'readreceipts', value: 'all' } }],
        },
      ]
    case 'blocklist':
      return [{ tag: 'list', attrs: {}, content: [] }]
    case 'abt':
      return [{ tag: 'props', attrs: {}, content: [] }]
    case 'w:sync:app:state':
      return answerAppState(child)
    case 'w:m':
      return [
        {
          tag: 'media_conn',
          attrs: { auth: 'auth', ttl: '300' },
          content: [
            { tag: 'host', attrs: { hostname: world.mediaHost, maxContentLengthBytes: '104857600' } },
          ],
        },
      ]
    default:
      return undefined
  }
}

async function answerKeys(
  world: World,
  query: BinaryNode,
  device: LinkedDevice,
): Promise<BinaryNode[] | undefined> {
  const child = Array.isArray(query.content) ? query.content[0] : undefined
  const { preKeys } = device.bundle
  if (child?.tag === 'count') return [{ tag: 'count', attrs: { value: String(preKeys.size) } }]
  if (child?.tag === 'digest') return [{ tag: 'digest', attrs: {} }]
  if (child?.tag === 'key') {
    const content = await Promise.all(getBinaryNodeChildren(child, 'user').map(user => keysOf(world, user)))
    return [{ tag: 'list', attrs: {}, content }]
  }
  for (const key of getBinaryNodeChildren(getBinaryNodeChild(query, 'list'), 'key')) {
    const id = getBinaryNodeChildBuffer(key, 'id')
    const value = getBinaryNodeChildBuffer(key, 'value')
    if (id && value) preKeys.set(uint(id), Buffer.from(value))
  }
  return undefined
}

async function keysOf(world: World, user: BinaryNode): Promise<BinaryNode> {
  const jid = user.attrs['jid'] ?? ''
  const person = world.find(jid)
  const nobody = [{ tag: 'error', attrs: { code: '404', text: 'item-not-found' } }]
  return { tag: 'user', attrs: { jid }, content: person ? await person.bundle() : nobody }
}

/** Who is on WhatsApp, with which devices, under which LID. */
function answerPeople(world: World, query: BinaryNode): BinaryNode[] {
  const usync = getBinaryNodeChild(query, 'usync')
  const asked = getBinaryNodeChildren(usync, 'query').flatMap(node =>
    Array.isArray(node.content) ? node.content.map(one => one.tag) : [],
  )
  const users = getBinaryNodeChildren(getBinaryNodeChild(usync, 'list'), 'user')
  const content = users.map(user => describe(world, user, new Set(asked)))
  return [
    {
      tag: 'usync',
      attrs: {},
      content: [
        { tag: 'result', attrs: {} },
        { tag: 'list', attrs: {}, content },
      ],
    },
  ]
}

function describe(world: World, user: BinaryNode, asked: Set<string>): BinaryNode {
  const written = getBinaryNodeChild(user, 'contact')?.content
  const phone = written instanceof Uint8Array ? Buffer.from(written).toString() : String(written ?? '')
  const jid = user.attrs['jid'] ?? `${phone.replace(/^\+/, '')}@s.whatsapp.net`
  const person = world.find(jid)
  const content: BinaryNode[] = []
  if (asked.has('contact')) content.push({ tag: 'contact', attrs: { type: person ? 'in' : 'out' } })
  if (asked.has('devices')) content.push(deviceList(world, person))
  if (asked.has('lid') && person && jid.endsWith('s.whatsapp.net'))
    content.push({ tag: 'lid', attrs: { val: person.lid } })
  return { tag: 'user', attrs: { jid: jidNormalizedUser(jid) }, content }
}

function deviceList(world: World, person: Person | undefined): BinaryNode {
  const linked = person ? world.devicesOf(person) : []
  const hasPhone = person !== undefined && (world.phoneHears || linked.length === 0)
  const content = [
    ...(hasPhone ? [{ tag: 'device', attrs: { id: '0' } }] : []),
    ...linked.map(({ number }) => ({
      tag: 'device',
      attrs: { id: String(number), 'key-index': String(number) },
    })),
  ]
  return { tag: 'devices', attrs: {}, content: [{ tag: 'device-list', attrs: {}, content }] }
}

/** Without a <collection> for each name asked, the client asks again in a hot loop. */
function answerAppState(sync: BinaryNode | undefined): BinaryNode[] {
  const content = getBinaryNodeChildren(sync, 'collection').map(({ attrs }) => ({
    tag: 'collection',
    attrs: { name: attrs['name'] ?? '', version: attrs['version'] ?? '0', type: 'result' },
  }))
  return [{ tag: 'sync', attrs: {}, content }]
}
