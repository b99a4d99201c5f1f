import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TurnResult, TurnTx, Work } from '../../src/app/ports.ts'
import { LostClaimError } from '../../src/db/saveTurns.ts'
import { newState, type State } from '../../src/engine/state.ts'
import { NOW, openPathStore, text, type PathStore } from '../support/store.ts'

let store: PathStore
beforeAll(async () => {
  store = await openPathStore()
})
beforeEach(() => store.clear())
afterAll(() => store.close())

const result = (work: Work, changes: Partial<TurnResult> = {}): TurnResult => ({
  conversationId: work.conversation.id,
  inboundId: work.inbound.id,
  heard: 'answer',
  state: work.conversation.state ?? newState(),
  open: undefined,
  language: undefined,
  says: [],
  touches: [],
  timer: undefined,
  blocked: undefined,
  byPerson: true,
  reminderId: undefined,
  ...changes,
})

const counted = (state: State | undefined) => state?.misses ?? 0
const wordsOf = (work: Work) => (work.inbound.incoming.kind === 'text' ? work.inbound.incoming.text : '')

test('two loops at once take every message of a conversation once and in order', async () => {
  const [people, each] = [300, 20]
  for (let n = 0; n < each; n++)
    await store.inbox.accept(
      Array.from({ length: people }, (_, i) => text(`${i}`, `${n}`)),
      NOW,
    )
  const wrong: string[] = []
  let turns = 0
  const take = async (works: Work[], tx: TurnTx) => {
    const results = works.map(work => {
      const n = counted(work.conversation.state)
      if (wordsOf(work) !== `${n}`)
        wrong.push(`${work.conversation.address} heard ${wordsOf(work)} instead of ${n}`)
      return result(work, { state: { ...newState(), misses: n + 1 } })
    })
    await tx.save(results, NOW)
    turns += works.length
  }
  const loop = async () => {
    for (let idle = 0; idle < 3;) idle = (await store.turns.set(64, take)) === 0 ? idle + 1 : 0
  }
  await Promise.all([loop(), loop()])
  expect(wrong).toEqual([])
  expect(turns).toBe(people * each)
  const handled = await store.db.$queryRaw<{ handled: bigint; out_of_order: bigint }[]>`
    SELECT count(handled_at) AS handled,
           count(*) FILTER (WHERE handled_at < before) AS out_of_order
    FROM (SELECT *, lag(handled_at) OVER (PARTITION BY conversation_id ORDER BY id) AS before FROM inbound) i`
  expect(handled).toEqual([{ handled: 6000n, out_of_order: 0n }])
})

describe('a set', () => {
  beforeEach(() => store.inbox.accept([text('1', 'a'), text('2', 'b'), text('3', 'c')], NOW))

  test('keeps what others wrote when one savepoint fails', async () => {
    await store.turns.set(64, async (works, tx) => {
      for (const work of works)
        await tx
          .savepoint(async repos => {
            const ticket = {
              conversationId: work.conversation.id,
              residentId: null,
              reason: 'uji',
              text: null,
            }
            await repos.tickets.open(ticket, NOW)
            if (wordsOf(work) === 'b') throw new Error('this one fails')
          })
          .catch(() => {})
      await tx.save(
        works.map(work => result(work)),
        NOW,
      )
    })
    const tickets = await store.db.ticket.findMany({ include: { conversation: true } })
    expect(tickets.map(ticket => ticket.conversation.address).toSorted()).toEqual(['1', '3'])
    expect(await store.db.inbound.count({ where: { handledAt: null } })).toBe(0)
  })

  test('leaves nothing when it fails as a whole', async () => {
    const failing = store.turns.set(64, async (works, tx) => {
      await tx.save(
        works.map(work => result(work, { says: [{ text: ['hai'] }] })),
        NOW,
      )
      throw new Error('at the last moment')
    })
    await expect(failing).rejects.toThrow('at the last moment')
    expect(await store.db.inbound.count({ where: { handledAt: null } })).toBe(3)
    expect(await store.db.outbound.count()).toBe(0)
  })

  test('leaves nothing when another worker handled one of its messages', async () => {
    const failing = store.turns.set(64, async (works, tx) => {
      const [first] = works
      await store.db.inbound.update({
        where: { id: first?.inbound.id ?? 0n },
        data: { handledAt: new Date(NOW) },
      })
      await tx.save(
        works.map(work => result(work, { says: [{ text: ['hai'] }] })),
        NOW,
      )
    })
    await expect(failing).rejects.toThrow(LostClaimError)
    expect(await store.db.outbound.count()).toBe(0)
  })

  test('skips conversations that another one holds', async () => {
    const seen: string[][] = []
    const note = (works: Work[]) => seen.push(works.map(wordsOf))
    await store.turns.set(2, async works => {
      note(works)
      await store.turns.set(64, async others => void note(others))
    })
    expect(seen).toEqual([['a', 'b'], ['c']])
  })
})

test('a state that does not open costs its own conversation only', async () => {
  await store.inbox.accept([text('1', 'a'), text('2', 'b')], NOW)
  await store.turns.set(64, (works, tx) =>
    tx.save(
      works.map(work => result(work, { state: { ...newState(), misses: 7 } })),
      NOW,
    ),
  )
  await store.db.$executeRaw`UPDATE conversations SET state = '\\x0102' WHERE address = '1'`
  await store.inbox.accept([text('1', 'c'), text('2', 'd')], NOW)
  const states: (number | undefined)[] = []
  await store.turns.set(64, async works => {
    states.push(...works.map(work => work.conversation.state?.misses))
  })
  expect(states).toEqual([undefined, 7])
})

test('a state moved to another conversation does not open there', async () => {
  await store.inbox.accept([text('1', 'a'), text('2', 'b')], NOW)
  await store.turns.set(64, (works, tx) =>
    tx.save(
      works.map(work => result(work)),
      NOW,
    ),
  )
  await store.db.$executeRaw`
    UPDATE conversations SET state = (SELECT state FROM conversations WHERE address = '1') WHERE address = '2'`
  await store.inbox.accept([text('2', 'c')], NOW)
  await store.turns.set(64, async ([work]) => {
    expect(work?.conversation.state).toBeUndefined()
  })
})

test('an attempt is on record before it is made', async () => {
  await store.inbox.accept([text('1', 'a'), text('1', 'b')], NOW)
  const [{ id } = { id: 0 }] = await store.db.conversation.findMany()
  const inbound = await store.turns.countAttempt(id)
  let attempts = 0
  await store.turns.alone(id, async work => {
    attempts = work.inbound.attempts
  })
  expect(attempts).toBe(1)
  await store.turns.uncountAttempt(inbound ?? 0n)
  await store.turns.uncountAttempt(inbound ?? 0n)
  const rows = await store.db.inbound.findMany({ orderBy: { id: 'asc' } })
  expect(rows.map(row => row.attempts)).toEqual([0, 0])
})

describe('timers', () => {
  const timer = { name: 'nudge' as const, wait: 'w1', at: NOW + 1000 }
  const setTimer = (changes: Partial<TurnResult>) =>
    store.turns.set(64, (works, tx) =>
      tx.save(
        works.map(work => result(work, changes)),
        NOW,
      ),
    )
  const { account } = text('1', '')

  test('fire once, however many processes ask', async () => {
    await store.inbox.accept([text('1', 'a')], NOW)
    await setTimer({ timer })
    expect(await store.timers.fire([account], NOW)).toBe(0)
    const fired = await Promise.all(Array.from({ length: 4 }, () => store.timers.fire([account], NOW + 1000)))
    expect(fired.reduce((sum, n) => sum + n)).toBe(1)
    const [row] = await store.db.inbound.findMany({ where: { kind: 'timer' } })
    expect(row?.handledAt).toBeNull()
  })

  test('do not fire before their channel has heard from its platform', async () => {
    await store.inbox.accept([text('1', 'a')], NOW)
    await setTimer({ timer })
    expect(await store.timers.fire([], NOW + 1000)).toBe(0)
    expect(await store.timers.fire(['telegram:other'], NOW + 1000)).toBe(0)
    expect(await store.db.timer.count()).toBe(1)
  })

  test('are replaced by the next turn, left alone, or cleared', async () => {
    await store.inbox.accept([text('1', 'a'), text('1', 'b'), text('1', 'c'), text('1', 'd')], NOW)
    await setTimer({ timer })
    await setTimer({ timer: { ...timer, wait: 'w2' } })
    await setTimer({ timer: undefined })
    expect((await store.db.timer.findMany()).map(row => row.wait)).toEqual(['w2'])
    await setTimer({ timer: null })
    expect(await store.db.timer.count()).toBe(0)
  })

  test('set anew for the same wait fire again', async () => {
    await store.inbox.accept([text('1', 'a')], NOW)
    await setTimer({ timer })
    expect(await store.timers.fire([account], NOW + 1000)).toBe(1)
    await setTimer({ timer: { ...timer, at: NOW + 2000 } })
    expect(await store.timers.fire([account], NOW + 2000)).toBe(1)
  })

  test('run on the clock of a sandbox conversation', async () => {
    await store.inbox.accept([text('1', 'a', { sandbox: true })], NOW)
    await store.db.$executeRaw`UPDATE conversations SET clock_offset_ms = 3600000`
    await setTimer({ timer: { ...timer, at: NOW + 3_600_000 + 1000 } })
    expect(await store.timers.fire([account], NOW + 999)).toBe(0)
    expect(await store.timers.fire([account], NOW + 1000)).toBe(1)
  })
})
