import { createHmac } from 'node:crypto'
import type { User } from 'grammy/types'

/**
 * What a Mini App receives from Telegram, signed as Telegram signs it: the key is HMAC-SHA256("WebAppData", token), the
 * hash is over the sorted `key=value` lines.
 * @param at epoch ms of the opening
 */
export function initData(user: User, token: string, at: number): string {
  const fields: Record<string, string> = {
    auth_date: String(Math.floor(at / 1000)),
    query_id: `AA${user.id}`,
    user: JSON.stringify(user),
  }
  const lines = Object.keys(fields)
    .sort()
    .map(key => `${key}=${fields[key]}`)
  const key = createHmac('sha256', 'WebAppData').update(token).digest()
  const hash = createHmac('sha256', key).update(lines.join('\n')).digest('hex')
  return new URLSearchParams({ ...fields, hash }).toString()
}
