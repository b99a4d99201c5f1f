import { closeWhere } from '../../domain/booking/callOff.ts'
import type { Tx } from '../client.ts'
import { reposFor } from '../repos.ts'
import type { Sealer } from '../seal.ts'
import type { Done } from './done.ts'

export interface World {
  tx: Tx
  sealer: Sealer
  /** Epoch ms. */
  now: number
}

/** Nobody takes or frees a place anywhere until the import is done. Called before anything is written. */
export async function lockCentres({ tx, sealer }: World): Promise<string[]> {
  const centres = await tx.centre.findMany({ select: { code: true }, orderBy: { code: 'asc' } })
  const codes = centres.map(each => each.code)
  await reposFor(tx, sealer).bookings.lock(...codes)
  return codes
}

/**
 * Changes when centres are open; what was promised for a time when one is closed now is called off, and each resident
 * told.
 */
export async function changeOpening(world: World, write: () => Promise<Done>): Promise<Done> {
  const { tx, sealer, now } = world
  const codes = await lockCentres(world)
  const done = await write()
  let calledOff = 0
  for (const code of codes) calledOff += (await closeWhere(reposFor(tx, sealer), code, now)).length
  return { ...done, calledOff }
}
