import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as runtime from '@prisma/schema-engine-wasm/schema_engine_bg'
import type {
  MigrationList,
  SchemaEngine,
  SchemasContainer,
} from '@prisma/schema-engine-wasm/schema_engine_bg'
import { migrationAdapter } from './adapter.ts'

/** Node has it; the types of Node 20 leave it to the browser's library. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>
}

/**
 * Prisma's real schema engine, run as WebAssembly: its binary is downloaded by every CLI command, and fails where that
 * host cannot be reached. For developers only; at start the program applies migrations itself (src/db/migrate.ts).
 */
export async function openEngine(url: string): Promise<SchemaEngine> {
  const wasm = fileURLToPath(import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg'))
  const bytes = await readFile(path.join(path.dirname(wasm), 'schema_engine_bg.wasm'))
  keepPanicMessage()
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...runtime } })
  runtime.__wbg_set_wasm(instance.exports)
  const start = instance.exports['__wbindgen_start'] as () => void
  start()
  const adapter = bindMigrationAwareSqlAdapterFactory(migrationAdapter(url))
  return runtime.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter)
}

/** The engine writes here what made it panic; without it the error is a bare "unreachable". */
function keepPanicMessage(): void {
  let message = ''
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (text: string) => {
        message = text
        console.error(`Prisma's schema engine stopped: ${text}`)
      },
      get: () => message,
    },
  })
}

/** Every .prisma file of the folder: one schema in several files. */
export async function readSchema(dir: string): Promise<SchemasContainer> {
  const files = (await readdir(dir)).filter(name => name.endsWith('.prisma')).sort()
  const read = async (name: string) => {
    const file = path.join(dir, name)
    return { path: file, content: await readFile(file, 'utf8') }
  }
  return { files: await Promise.all(files.map(read)) }
}

export async function readMigrations(dir: string): Promise<MigrationList> {
  const folders = (await readdir(dir, { withFileTypes: true })).filter(entry => entry.isDirectory())
  const names = folders.map(entry => entry.name).sort()
  const lock = path.join(dir, 'migration_lock.toml')
  return {
    baseDir: dir,
    lockfile: { path: 'migration_lock.toml', content: await readFile(lock, 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async name => {
        const value = await readFile(path.join(dir, name, 'migration.sql'), 'utf8')
        return {
          path: name,
          migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } },
        }
      }),
    ),
  }
}
