import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Acks } from '../../../src/channels/whatsapp/acks.ts'
import { SECOND } from '../../../src/lib/time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const scene = () => {
  const sent = { keep: vi.fn(), find: vi.fn(), advance: vi.fn(() => Promise.resolve()) }
  return { sent, acks: new Acks({ sent, now: () => 0 }) }
}

test('many sends that take turns: what waits for its turn is not taken for lost and sent again', async () => {
  const { acks } = scene()
  const acked = acks.expect('A', 20 * SECOND)
  await vi.advanceTimersByTimeAsync(60 * SECOND) // others went first
  acks.hear({ id: 'A', status: 'written' })
  await vi.advanceTimersByTimeAsync(19 * SECOND)
  acks.hear({ id: 'A', status: 'sent' })
  expect(await acked).toEqual({ kind: 'sent' })
})

test('what nobody confirms in time after it was written is unanswered; a later confirmation is only noted', async () => {
  const { acks, sent } = scene()
  const acked = acks.expect('A', 20 * SECOND)
  acks.hear({ id: 'A', status: 'written' })
  await vi.advanceTimersByTimeAsync(20 * SECOND)
  expect(await acked).toEqual({ kind: 'unanswered', reason: 'no confirmation' })
  acks.hear({ id: 'A', status: 'sent' })
  await acks.flush()
  expect(sent.advance).toHaveBeenLastCalledWith([{ id: 'A', status: 'sent' }], 0)
})

test('a confirmation that comes before the send has returned counts', async () => {
  const { acks } = scene()
  const acked = acks.expect('A', 20 * SECOND)
  acks.hear({ id: 'A', status: 'delivered' })
  acks.hear({ id: 'A', status: 'written' })
  expect(await acked).toEqual({ kind: 'sent' })
})

test('what never left is waited for no longer, and nobody is told that it was written', async () => {
  const { acks, sent } = scene()
  const acked = acks.expect('A', 20 * SECOND)
  acks.forget('A')
  expect(await acked).toEqual({ kind: 'unanswered', reason: 'not written' })
  await acks.flush()
  expect(sent.advance).not.toHaveBeenCalled()
})
