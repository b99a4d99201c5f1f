import { expect, test } from 'vitest'
import { checkFlows, flowsOf, mainFlow } from './flows.ts'
import { Runner } from './runner.ts'

const PICTURE = { key: 'own/1', name: 'minggu.png', as: 'picture', alt: 'Masuk 100, keluar 40' } as const

const drawing = (file: string) =>
  mainFlow(
    'draw',
    `  draw:
    call: draw
    save: { picture: picture }
    next: show
  show:
    say: Minggu ini.
    file: "${file}"
    next: done
  done:
    end: true
`,
  )

test('what a call made goes with the text', () => {
  const runner = new Runner(flowsOf(drawing('{picture}')), {
    draw: () => ({ outcome: 'drawn', output: { picture: PICTURE } }),
  })
  const says = runner.send({ kind: 'text', text: '/start' })
  expect(says[0]).toEqual({ text: ['Minggu ini.'], file: PICTURE })
})

test.each(['{name}', 'gambar.png'])('a file is what a call gave, not %s', file => {
  expect(checkFlows(drawing(file)).problems).toMatchObject([{ step: 'show' }])
})
