import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'
import { expect } from 'vitest'

const REFERENCES = 'test/fixtures/pictures'
const OUTPUT = 'test/e2e/output'
/** The share of pixels that may differ: what another version of a renderer does to the edges of letters. */
const TOLERATED = 0.01

/**
 * Compares a picture with the reference that somebody has looked at; `npx vitest -u` keeps the new one instead. What does
 * not agree is written to test/e2e/output.
 */
export function expectPicture(name: string, png: Uint8Array): void {
  const file = path.join(REFERENCES, `${name}.png`)
  if (updating()) {
    mkdirSync(path.dirname(file), { recursive: true })
    return writeFileSync(file, png)
  }
  expect(existsSync(file), `${file} is missing: look at the picture, then run vitest with -u`).toBe(true)
  const [known, now] = [PNG.sync.read(readFileSync(file)), PNG.sync.read(Buffer.from(png))]
  expect([now.width, now.height], `size of ${name}`).toEqual([known.width, known.height])
  const { width, height } = known
  const difference = new PNG({ width, height })
  const changed = pixelmatch(known.data, now.data, difference.data, width, height) / (width * height)
  if (changed > TOLERATED) {
    mkdirSync(OUTPUT, { recursive: true })
    writeFileSync(path.join(OUTPUT, `${name.replaceAll('/', '-')}.png`), png)
    writeFileSync(
      path.join(OUTPUT, `${name.replaceAll('/', '-')}.difference.png`),
      PNG.sync.write(difference),
    )
  }
  expect(changed, `share of pixels of ${name} that changed`).toBeLessThanOrEqual(TOLERATED)
}

function updating(): boolean {
  const { snapshotState } = expect.getState() as unknown as { snapshotState?: { _updateSnapshot?: string } }
  return snapshotState?._updateSnapshot === 'all'
}
