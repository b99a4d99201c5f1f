import type { z } from 'zod'
import type { Finding, Path, Source } from './source.ts'

type Issue = z.core.$ZodIssue

/**
 * Holds a part of a file against its shape and reports every mistake at its place.
 * @returns the part, or undefined when it has mistakes
 */
export function readShape<T>(
  source: Source,
  schema: z.ZodType<T>,
  data: unknown,
  at: Path = [],
): T | undefined {
  const parsed = schema.safeParse(data)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues)
    report(source, issue, [...at, ...(issue.path as (string | number)[])], data)
  return undefined
}

function report(source: Source, issue: Issue, path: Path, data: unknown): void {
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys)
      source.atKey([...path, key], {
        kind: 'unknown_key',
        message: `the key ${key} is not known here`,
        remedy: 'correct its spelling or remove it; docs/flow-format.md lists the keys of each step',
      })
    return
  }
  if (issue.code === 'invalid_key') {
    source.atKey(path, {
      kind: 'bad_name',
      message: `${String(path.at(-1))} is no name`,
      remedy: 'use small letters, digits and _, beginning with a letter',
    })
    return
  }
  source.at(path, wrongValue(issue, path, missing(issue, data)))
}

/** Zod says `undefined` for a key that is not there. */
const missing = (issue: Issue, data: unknown): boolean =>
  issue.path.length > 0 &&
  issue.path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    data,
  ) === undefined

function wrongValue(issue: Issue, path: Path, isMissing: boolean): Finding {
  const key = String(path.at(-1) ?? 'the file')
  const remedy = sentence(issue.message)
  if (isMissing)
    return { kind: 'missing_key', message: `the key ${key} is missing`, remedy: `add ${key}: ${remedy}` }
  if (issue.code === 'invalid_format')
    return { kind: 'bad_name', message: `${key} is not written as it must be`, remedy }
  return { kind: 'wrong_value', message: `${key} has a value that does not fit`, remedy }
}

const sentence = (message: string): string =>
  message.replace(/^Invalid input: /, '').replace(/^Too (small|big): /, '')
