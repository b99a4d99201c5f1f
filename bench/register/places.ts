import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../support/process.ts'

/** Kelurahan and kecamatan, as people may write them. */
export function readPlaces(): string[] {
  const file = path.join(ROOT, 'src/understand/data/regions.json')
  return Object.values(JSON.parse(readFileSync(file, 'utf8')) as object).flatMap(namesIn)
}

/** Kelurahan of the regions file, whatever it is nested in. */
function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return []
  if (Array.isArray(value)) return value.flatMap(namesIn)
  const { name, ...rest } = value as { name?: unknown }
  return [...(typeof name === 'string' ? [name] : []), ...Object.values(rest).flatMap(namesIn)]
}
