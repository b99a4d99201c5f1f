import { accessSync, constants } from 'node:fs'
import path from 'node:path'

/** Programs that tests need and npm does not bring: the names they go by, the first found counts. */
export const TOOLS = {
  redis: ['redis-server'],
  browser: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  office: ['soffice'],
  pdf: ['pdftoppm'],
} as const

export type Tool = keyof typeof TOOLS

/** Absolute path of a tool on PATH, or undefined. */
export function findTool(tool: Tool): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean)
  return TOOLS[tool].flatMap(name => folders.map(folder => path.join(folder, name))).find(isExecutable)
}

/** @throws Error naming the command that installs it. */
export function requireTool(tool: Tool): string {
  const found = findTool(tool)
  if (!found)
    throw new Error(
      `${TOOLS[tool][0]} is not on PATH. Run: npm test (it installs it), or: ${installCommand()}`,
    )
  return found
}

/** The one command that installs all of them here. */
export function installCommand(): string {
  if (process.platform === 'darwin') return 'brew install redis chromium libreoffice poppler'
  return 'sudo apt-get update && sudo apt-get install -y redis-server chromium libreoffice-calc-nogui poppler-utils fonts-liberation'
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
