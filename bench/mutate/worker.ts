import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { compileFunction } from 'node:vm'
import ts from 'typescript'
import type { Mutant } from './mutants.ts'
import { collector } from './tests.ts'

/** Runs the tests against one mutant after another: modules are compiled once and linked anew for each. */
const testFiles = process.argv.slice(2)
const nodeRequire = createRequire(import.meta.url)
const compiled = new Map<string, string>()

/** Properties try as much as they can in this time: a mutant that survives so long is tried by the others. */
fc.configureGlobal({ interruptAfterTimeLimit: 100 })

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
}

function compile(file: string, source: string): string {
  const code = ts.transpileModule(source, { compilerOptions: OPTIONS, fileName: file }).outputText
  return code.replaceAll('import.meta.url', '__url')
}

function codeOf(file: string, mutant: Mutant | undefined): string {
  if (mutant?.file === file) {
    const source = readFileSync(file, 'utf8')
    return compile(file, source.slice(0, mutant.start) + mutant.text + source.slice(mutant.end))
  }
  const known = compiled.get(file)
  if (known !== undefined) return known
  const code = compile(file, readFileSync(file, 'utf8'))
  compiled.set(file, code)
  return code
}

type Linked = (require: (name: string) => unknown, module: Module, exports: unknown, url: string) => void

interface Module {
  exports: unknown
}

function linker(mutant: Mutant | undefined, vitest: unknown): (file: string) => unknown {
  const modules = new Map<string, Module>()
  const load = (file: string): unknown => {
    const known = modules.get(file)
    if (known !== undefined) return known.exports
    const module: Module = { exports: {} }
    modules.set(file, module)
    if (file.endsWith('.json')) module.exports = JSON.parse(readFileSync(file, 'utf8'))
    else evaluate(file, module)
    return module.exports
  }
  const evaluate = (file: string, module: Module): void => {
    const require = (name: string): unknown => {
      if (name === 'vitest') return vitest
      if (name === 'fast-check') return { __esModule: true, default: fc }
      return name.startsWith('.')
        ? load(path.resolve(path.dirname(file), name))
        : (nodeRequire(name) as unknown)
    }
    const run = compileFunction(codeOf(file, mutant), ['require', 'module', 'exports', '__url']) as Linked
    run(require, module, module.exports, `file://${file}`)
  }
  return load
}

/** True when some test fails or the module does not even load. */
async function dies(mutant: Mutant | undefined): Promise<boolean> {
  try {
    const { tests, module } = collector()
    const load = linker(mutant, module)
    for (const file of testFiles) load(file)
    for (const test of tests) await test()
    return false
  } catch (error) {
    if (mutant === undefined) console.error(error)
    return true
  }
}

process.on('message', ({ mutant }: { mutant?: Mutant }) => {
  void dies(mutant).then(dead => process.send?.(dead))
})
