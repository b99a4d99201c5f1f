import { cp, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { temporaryFolder } from '../../test/support/folders.ts'
import { ROOT } from './process.ts'

/** A working folder whose `flows/` holds the real flows and those of `more`, so that an installation can be started in it. */
export async function folderWithFlows(more: string): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await temporaryFolder('bench')
  const flows = path.join(folder.path, 'flows')
  await mkdir(flows)
  await cp(path.join(ROOT, 'flows'), flows, { recursive: true })
  await cp(path.join(ROOT, more), flows, { recursive: true })
  return folder
}
