import type { Db } from '../../src/db/client.ts'
import type { Sealer } from '../../src/db/seal.ts'

/** Where each sealed column's value is bound. */
const SEALED: Record<string, (row: Record<string, unknown>) => string> = {
  'conversations.state': row => `conversations:${String(row.id)}:state`,
  'inbound.payload': row => `inbound:${String(row.account)}:${String(row.external_id)}`,
  'outbound.body': row => `outbound:${String(row.conversation_id)}`,
  'ledger_rows.said': row =>
    `ledger_rows:${String(row.resident_id)}:${String(row.inbound_id)}:${String(row.n)}`,
  'ledger_phrases.phrase': row => `ledger_phrases:${String(row.resident_id)}:${String(row.digest)}`,
  'reminders.payload': row => `reminders:${String(row.key)}`,
  'files.bytes': row => `files:${String(row.conversation_id)}`,
  'residents.name': row => `residents:${String(row.id)}:name`,
  'residents.phone': row => `residents:${String(row.id)}:phone`,
  'residents.nik': row => `residents:${String(row.id)}:nik`,
  'feedback.why': row => `feedback:${String(row.booking_id)}:why`,
  'whatsapp_accounts.creds': row => `whatsapp_accounts:${String(row.account)}:creds`,
  'whatsapp_accounts.state': row => `whatsapp_accounts:${String(row.account)}:state`,
  'whatsapp_accounts.asked': row => `whatsapp_accounts:${String(row.account)}:asked`,
  'whatsapp_accounts.answer': row => `whatsapp_accounts:${String(row.account)}:answer`,
  'whatsapp_keys.value': row => `whatsapp_keys:${String(row.account)}:${String(row.type)}:${String(row.id)}`,
  'whatsapp_people.lid': row => `whatsapp_people:${String(row.account)}:${String(row.address)}:lid`,
  'whatsapp_people.phone': row => `whatsapp_people:${String(row.account)}:${String(row.address)}:phone`,
  'whatsapp_sent.content': row => `whatsapp_sent:${String(row.account)}:${String(row.id)}`,
  'tickets.text': row => `tickets:${String(row.number)}:text`,
}

export async function tables(db: Db): Promise<Map<string, string[]>> {
  const rows = await db.$queryRaw<{ table_name: string; column_name: string }[]>`
    SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2`
  const found = new Map<string, string[]>()
  for (const { table_name, column_name } of rows)
    found.set(table_name, [...(found.get(table_name) ?? []), column_name])
  return found
}

/** Every row of every table as text, twice: as it lies in the database, and with what is sealed opened. */
export async function wholeStore(db: Db, sealer: Sealer): Promise<{ raw: string; opened: string }> {
  const raw: string[] = []
  const opened: string[] = []
  for (const table of (await tables(db)).keys()) {
    const rows = await db.$queryRawUnsafe<Record<string, unknown>[]>(`SELECT * FROM "${table}"`)
    for (const row of rows)
      for (const [column, value] of Object.entries(row)) {
        if (value === null) continue
        const plain = value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : text(value)
        raw.push(`${table}.${column}=${plain}`)
        const place = SEALED[`${table}.${column}`]
        opened.push(
          `${table}.${column}=${place && value instanceof Uint8Array ? sealer.open(place(row), value) : plain}`,
        )
      }
  }
  return { raw: raw.join('\n'), opened: opened.join('\n') }
}

const text = (value: unknown) =>
  JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each)) ?? ''
