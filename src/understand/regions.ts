import data from './data/regions.json' with { type: 'json' }

/** A kota, kecamatan or kelurahan of Jakarta by its Kemendagri code ("31.74", "31.74.04", "31.74.04.1001"). */
export interface Region {
  code: string
  name: string
  also: readonly string[]
  /** The name is an everyday word ("Baru", "Tengah", "Karet"): a place only where a place is asked. */
  everyday?: boolean
}

export interface Place {
  level: 'kota' | 'kecamatan' | 'kelurahan'
  code: string
  kota: string
  kecamatan?: string
  kelurahan?: string
}

const byCode = new Map<string, Region>()
for (const list of [data.kota, data.kecamatan, data.kelurahan])
  for (const region of list) byCode.set(region.code, region)

const within = (list: readonly Region[], parent: string): Region[] =>
  list.filter(region => region.code.startsWith(`${parent}.`))

export const kotaList = (): readonly Region[] => data.kota
export const kecamatanOf = (kota: string): readonly Region[] => within(data.kecamatan, kota)
export const kelurahanOf = (kecamatan: string): readonly Region[] => within(data.kelurahan, kecamatan)
export const allRegions = (): readonly Region[] => [...byCode.values()]
/** Well-known areas and the kecamatan that most of each lies in: always to be confirmed. */
export const areas = (): readonly { name: string; kecamatan: string }[] => data.areas

/** The name to show, without its level ("Pasar Minggu"); undefined for a code that does not exist. */
export const placeName = (code: string): string | undefined => byCode.get(code)?.name

/** A place with the codes it lies in. The code must exist. */
export function placeOf(code: string): Place {
  const kota = code.slice(0, 5)
  if (code.length === 5) return { level: 'kota', code, kota }
  const kecamatan = code.slice(0, 8)
  if (code.length === 8) return { level: 'kecamatan', code, kota, kecamatan }
  return { level: 'kelurahan', code, kota, kecamatan, kelurahan: code }
}
