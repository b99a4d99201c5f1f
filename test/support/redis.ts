import { spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import net from 'node:net'
import { createInterface } from 'node:readline'
import { temporaryFolder } from './folders.ts'
import { requireTool } from './tools.ts'

export interface TestRedis {
  url: string
  stop(): Promise<void>
}

/** A throw-away redis-server with production's settings (append-only, no eviction) on a free port, in a temporary folder. */
export async function startRedis(): Promise<TestRedis> {
  const folder = await temporaryFolder('redis')
  const port = await freePort()
  const listen = ['--bind', '127.0.0.1', '--port', String(port)]
  const keep = ['--dir', folder.path, '--save', '', '--appendonly', 'yes', '--maxmemory-policy', 'noeviction']
  const child = spawn(requireTool('redis'), [...listen, ...keep], { stdio: ['ignore', 'pipe', 'inherit'] })
  const killAtExit = () => child.kill('SIGKILL')
  process.once('exit', killAtExit)
  await ready(child)
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      process.off('exit', killAtExit)
      await kill(child)
      await folder.remove()
    },
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const said: string[] = []
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`redis-server did not start:\n${said.join('\n')}`)))
    if (!child.stdout) return
    createInterface(child.stdout).on('line', line => {
      said.push(line)
      if (line.includes('Ready to accept connections')) resolve()
    })
  })
}

function kill(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

/** Below what any system gives away by itself (from 32,768 on Linux, from 49,152 elsewhere). */
const PORTS = { from: 20_000, count: 12_000 }

/**
 * A port that is free now, for servers that must be told one. None of those that the system hands to connections: in the
 * moment before it is used, and while a test takes its server down, another program could be given it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.from + randomInt(PORTS.count)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = net.createServer().once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
