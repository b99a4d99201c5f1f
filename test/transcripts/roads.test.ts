import { describe, expect, test } from 'vitest'
import { callSpecs } from '../../src/app/callSpecs.ts'
import { loadFlows } from '../../src/app/loadFlows.ts'
import { waits } from '../../src/engine/format.ts'
import { everyStep, excused, neglected } from '../support/steps.ts'
import { readTranscripts, RENDERINGS, type Rendering, type Transcript } from '../support/transcripts.ts'

/** A flow without a transcript is a flow that nobody has read: each needs every road it has, on both renderings. */
const ROADS = ['straight', 'back', 'change', 'confused', 'cancel', 'nudge', 'expire', 'return', 'restart']
const transcripts = readTranscripts()
const loaded = loadFlows('flows', callSpecs).byId
const flows = [...loaded.keys()]
/** A notice asks nothing: it is said, beside whatever is open. */
const NOTICE_ROADS = ['straight', 'beside']

/** A flow that asks nothing has only its straight road; without a review nothing is changed; not every question nudges. */
function roadsOf(flow: string): string[] {
  const known = loaded.get(flow)
  if (!known) return ROADS
  if (known.notice) return NOTICE_ROADS
  const steps = [...known.steps.values()]
  if (!steps.some(waits)) return ['straight']
  const reviews = steps.some(step => step.does === 'review')
  const nudges = steps.some(step => step.does === 'ask' && step.nudge !== undefined)
  return ROADS.filter(road => (road !== 'change' || reviews) && (road !== 'nudge' || nudges))
}

/** What is missing, in words an author can act on. */
function missing(all: Transcript[], flow: string, rendering: Rendering): string[] {
  const own = all.filter(t => t.flow === flow && t.renderings.includes(rendering))
  const english = own.some(t => t.language === 'en' && t.roads.includes('straight'))
  return [
    ...roadsOf(flow)
      .filter(road => !own.some(t => t.roads.includes(road)))
      .map(road => `@road ${road}`),
    ...(english ? [] : ['@road straight with @language en']),
  ]
}

describe.each(RENDERINGS)('on %s', rendering => {
  test.each(flows)('%s has a transcript of every road', flow => {
    expect(missing(transcripts, flow, rendering)).toEqual([])
  })
})

test('a road that only one rendering has, or a flow without any, is named', () => {
  const telegramOnly = transcripts.map(t => ({ ...t, renderings: ['telegram'] as const }))
  expect(missing(telegramOnly, 'registration', 'whatsapp')).toHaveLength(ROADS.length + 1)
  expect(missing(transcripts, 'new_flow', 'telegram')).toContain('@road nudge')
})

test('every transcript belongs to a flow and knows its roads', () => {
  for (const { name, flow, roads } of transcripts) {
    expect(flows, name).toContain(flow)
    for (const road of roads) expect([...ROADS, ...NOTICE_ROADS], `${name}: @road ${road}`).toContain(road)
  }
})

test('every excuse for a step that no transcript walks is one of a step that is there', () => {
  const known = new Set(everyStep())
  expect([...excused].filter(step => !known.has(step))).toEqual([])
  expect(neglected(new Set())).toHaveLength(known.size - excused.size)
})
