import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { headersOf } from '../../src/cli/chat/script.ts'

export const RENDERINGS = ['telegram', 'whatsapp'] as const
export type Rendering = (typeof RENDERINGS)[number]

export interface Transcript {
  file: string
  name: string
  script: string
  flow: string
  language: string
  roads: string[]
  renderings: readonly Rendering[]
  now: number
  address: string | undefined
  /** Who has registered before it begins. */
  registered: string | undefined
  /** Who works in this chat: `coach` (Faran), `operator` (Sari), or `invited` by the code 7K3M9QWX as coach. */
  staff: string | undefined
  /** Settings of the assistant that differ: `@setting NIK=on`. */
  settings: Record<string, string>
}

const FOLDER = path.join(import.meta.dirname, '../transcripts')

/** Every `.chat` file below test/transcripts, with what its headers say. */
export function readTranscripts(): Transcript[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.chat'))
    .toSorted()
    .map(name => {
      const file = path.join(FOLDER, name)
      const script = readFileSync(file, 'utf8')
      const headers = headersOf(script)
      const channel = headers.get('channel')?.[0] as Rendering | undefined
      return {
        file,
        name,
        script,
        flow: headers.get('flow')?.[0] ?? path.dirname(name),
        language: headers.get('language')?.[0] ?? 'id',
        roads: (headers.get('road') ?? []).flatMap(value => value.split(/[\s,]+/)),
        renderings: channel ? [channel] : RENDERINGS,
        address: headers.get('address')?.[0],
        registered: headers.get('registered')?.[0],
        staff: headers.get('staff')?.[0],
        settings: Object.fromEntries((headers.get('setting') ?? []).map(value => value.split('='))) as Record<
          string,
          string
        >,
        now: Date.parse(headers.get('now')?.[0] ?? '2026-11-25T10:00+07:00'),
      }
    })
}
