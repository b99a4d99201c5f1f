import { spawnSync } from 'node:child_process'
import { findTool, installCommand, TOOLS, type Tool } from './tools.ts'

/** Runs before the tests: finds what they need, installs it where that is possible, else says how. Nothing is skipped. */

const PACKAGES: Record<Tool, string[]> = {
  redis: ['redis-server'],
  office: ['libreoffice-calc-nogui', 'fonts-liberation'], // Arial of the workbooks is drawn as Liberation Sans
  pdf: ['poppler-utils'],
  browser: ['chromium', 'fonts-liberation'], // without a font, pages are drawn without text
}
const TOOL_NAMES = Object.keys(TOOLS) as Tool[]

const missing = () => TOOL_NAMES.filter(tool => !findTool(tool))

function aptGet(...args: string[]): boolean {
  // RUNLEVEL=1 keeps the package from starting a Redis of its own: each test starts one where it needs it.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const done = spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env })
  return done.status === 0
}

function install(tools: Tool[]): void {
  const packages = tools.flatMap(tool => PACKAGES[tool])
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return
  console.log(`Installing ${packages.join(' and ')} for the tests (apt-get, once)`)
  if (!aptGet('update')) console.error('apt-get update failed; trying with the lists that are here')
  aptGet('install', '-y', '--no-install-recommends', ...packages)
}

if (missing().length > 0) install(missing())
for (const tool of TOOL_NAMES) console.log(`${TOOLS[tool][0]}: ${findTool(tool) ?? 'missing'}`)
if (missing().length > 0) {
  console.error(`The tests need what is missing. Run: ${installCommand()}`)
  process.exit(1)
}
