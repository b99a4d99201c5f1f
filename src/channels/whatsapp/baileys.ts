import type * as Module from '@whiskeysockets/baileys'
import { silenceSignal } from './silence.ts'

export type Baileys = typeof Module

/** Costs some 60 MB and half a second, so only whoever uses WhatsApp loads it; and never without the silence. */
export function loadBaileys(): Promise<Baileys> {
  silenceSignal()
  return import('@whiskeysockets/baileys')
}
