import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import JSZip from 'jszip'
import { requireTool } from './tools.ts'

/** Runs a program and fails with what it said. */
function run(command: string, args: string[]): string {
  const done = spawnSync(command, args, { encoding: 'utf8', timeout: 400_000, maxBuffer: 1 << 28 })
  if (done.status !== 0)
    throw new Error(`${path.basename(command)} ended with ${done.status}: ${done.stderr}`)
  return done.stdout
}

/**
 * A file as an office program must recalculate it: without the results that we stored, and with a fixed day in place of
 * TODAY(), so that it looks the same tomorrow.
 */
export async function withoutResults(bytes: Uint8Array, today: number): Promise<Uint8Array> {
  const zip = await JSZip.loadAsync(bytes)
  for (const name of Object.keys(zip.files).filter(each => each.startsWith('xl/worksheets/sheet'))) {
    const xml = (await zip.file(name)?.async('string')) ?? ''
    const fixed = xml
      .replaceAll(/<f>TODAY\(\)<\/f><v>[^<]*<\/v>/g, `<v>${today}</v>`)
      .replaceAll(/ t="str"(><f>[^<]*<\/f>)<v>[^<]*<\/v>/g, '$1')
      .replaceAll(/(<f>[^<]*<\/f>)<v>[^<]*<\/v>/g, '$1')
    zip.file(name, fixed)
  }
  return zip.generateAsync({ type: 'uint8array' })
}

/** Opens files in LibreOffice and saves them in another format, all in one start. @returns the folder of the results */
export function convert(folder: string, files: readonly string[], format: 'xlsx' | 'pdf'): string {
  const out = path.join(folder, format)
  mkdirSync(out, { recursive: true })
  // A profile of its own: two runs at once would wait for each other's lock.
  const profile = `-env:UserInstallation=file://${path.join(folder, 'profile')}`
  const given = files.map(file => path.join(folder, file))
  run(requireTool('office'), ['--headless', profile, '--convert-to', format, '--outdir', out, ...given])
  return out
}

const tool = (name: string) => path.join(path.dirname(requireTool('pdf')), name)

/** The number of the first page of each sheet, by the footer of our sheets. */
export function firstPages(pdf: string): Map<string, number> {
  const pages = run(tool('pdftotext'), ['-layout', pdf, '-']).split('\f')
  const first = new Map<string, number>()
  for (const [at, page] of pages.entries()) {
    const name = /OK OCE · (.+?)\s{2,}Halaman/.exec(page)?.[1]
    if (name !== undefined && !first.has(name)) first.set(name, at + 1)
  }
  return first
}

/** One page as a PNG; small, since references are kept. */
export function pagePicture(pdf: string, page: number): Buffer {
  const to = pdf.replace(/\.pdf$/, `-${page}`)
  const only = ['-f', String(page), '-l', String(page), '-singlefile']
  run(tool('pdftoppm'), ['-r', '60', ...only, '-png', pdf, to])
  return readFileSync(`${to}.png`)
}
