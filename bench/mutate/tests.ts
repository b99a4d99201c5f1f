import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'

/** Just enough of vitest to run the unit tests of the readers again and again in one process, stopping at a failure. */
export type Test = () => void | Promise<void>

type Row = readonly unknown[] | string | number | object
type Body = (...values: never[]) => void | Promise<void>

export function collector() {
  const tests: Test[] = []
  const call = (body: Body, row: Row): void | Promise<void> =>
    body(...((Array.isArray(row) ? row : [row]) as never[]))
  const it = Object.assign((_name: string, body: Test) => void tests.push(body), {
    each: (rows: readonly Row[]) => (_name: string, body: Body) =>
      rows.forEach(row => tests.push(() => call(body, row))),
  })
  const describe = Object.assign((_name: string, body: () => void) => body(), {
    each: (rows: readonly Row[]) => (_name: string, body: Body) => rows.forEach(row => void call(body, row)),
  })
  return { tests, module: { it, test: it, describe, expect } }
}

/** Properties that vitest's toEqual ignores when they are undefined. */
const defined = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(defined)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([key, each]) => [key, defined(each)]),
  )
}

function contains(got: unknown, part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return Object.is(got, part)
  if (typeof got !== 'object' || got === null) return false
  if (Array.isArray(part) && (!Array.isArray(got) || got.length !== part.length)) return false
  return Object.entries(part).every(([key, each]) => contains((got as Record<string, unknown>)[key], each))
}

function expect(got: unknown) {
  const matchers = (want: boolean) => {
    const check = (holds: boolean): void => assert.equal(holds, want)
    return {
      toBe: (other: unknown) => check(Object.is(got, other)),
      toEqual: (other: unknown) => check(isDeepStrictEqual(defined(got), defined(other))),
      toMatchObject: (part: unknown) => check(contains(got, part)),
      toBeUndefined: () => check(got === undefined),
      toHaveLength: (length: number) => check((got as { length: number }).length === length),
      toContain: (part: string) => check((got as string | unknown[]).includes(part as never)),
      toMatch: (pattern: RegExp) => check(pattern.test(got as string)),
      toBeLessThan: (limit: number) => check((got as number) < limit),
      toBeLessThanOrEqual: (limit: number) => check((got as number) <= limit),
      toBeGreaterThanOrEqual: (limit: number) => check((got as number) >= limit),
      toThrow: () => check(throws(got as () => void)),
    }
  }
  return { ...matchers(true), not: matchers(false) }
}

function throws(run: () => void): boolean {
  try {
    run()
    return false
  } catch {
    return true
  }
}
