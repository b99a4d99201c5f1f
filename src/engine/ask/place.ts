import {
  kecamatanOf,
  kelurahanOf,
  kotaList,
  placeName,
  placeOf,
  readPlace,
  type Region,
} from '../../understand/index.ts'
import { commonTextOf } from '../texts.ts'
import type { Asked, Kind, Option, Reply, Shown } from './kind.ts'

/**
 * Where somebody lives or works in Jakarta: kota → kecamatan → kelurahan, saved as the code of the kelurahan. A typed
 * name fills what it implies: of a kelurahan after one confirmation, of a kecamatan by naming it in the next question.
 */
export const place: Kind = {
  closed: false,
  show: asked => {
    const at = areaOf(asked)
    return at === undefined ? { options: optionsFor(KOTA) } : inside(asked, at)
  },
  choose: (_, code) => settle(code),
  settle: value => settle(String(value)),
  read: (asked, typed) => {
    const at = areaOf(asked)
    const reading = readPlace(typed, contextOf(at))
    switch (reading.kind) {
      case 'value':
        return found(reading.value.code, at)
      case 'approximate':
        return { sub: { confirm: reading.value.code } }
      case 'ask':
        return several(reading.candidates.map(each => each.code))
      case 'none':
        return { unread: reading.why }
    }
  },
}

const ISLANDS = '31.01'
/** The five cities first; the islands have the lowest code and the fewest people. */
const KOTA = kotaList().toSorted((a, b) => Number(a.code === ISLANDS) - Number(b.code === ISLANDS))
const COMPLETE = 13

function contextOf(at: string | undefined): { kota?: string; kecamatan?: string } {
  if (at === undefined) return {}
  const { kota, kecamatan } = placeOf(at)
  return kecamatan === undefined ? { kota } : { kota, kecamatan }
}

const settle = (code: string): Reply => (code.length === COMPLETE ? { answer: code } : { sub: { at: code } })

/** A kelurahan that brings its kecamatan along is read back, unless that was known already. */
const found = (code: string, at: string | undefined): Reply =>
  code.length === COMPLETE && !(at !== undefined && code.startsWith(`${at}.`) && at.length === 8)
    ? { sub: { confirm: code } }
    : settle(code)

function several(codes: string[]): Reply {
  const [only] = codes
  if (only === undefined) return { unread: 'unread' }
  return { sub: codes.length === 1 ? { confirm: only } : { pick: codes } }
}

/** The kota or kecamatan that is settled already. */
function areaOf({ sub }: Asked): string | undefined {
  if (typeof sub !== 'object' || sub === null || Array.isArray(sub)) return undefined
  return typeof sub.at === 'string' && placeName(sub.at) !== undefined ? sub.at : undefined
}

function inside({ common, lang }: Asked, at: string): Shown {
  const { kota, kecamatan } = placeOf(at)
  const name = (code: string) => placeName(code) ?? ''
  return kecamatan === undefined
    ? {
        text: commonTextOf(common, lang, 'place_kecamatan', { kota: name(kota) }),
        options: optionsFor(kecamatanOf(kota)),
      }
    : {
        text: commonTextOf(common, lang, 'place_kelurahan', { kecamatan: name(kecamatan), kota: name(kota) }),
        options: optionsFor(kelurahanOf(kecamatan)),
      }
}

/** One list for each kota and kecamatan, made when it is first shown: the names never change. */
const lists = new Map<string, readonly Option[]>()

function optionsFor(regions: readonly Region[]): readonly Option[] {
  const key = regions[0]?.code ?? ''
  const list = lists.get(key) ?? regions.map(({ code, name, also }) => ({ value: code, label: name, also }))
  lists.set(key, list)
  return list
}
