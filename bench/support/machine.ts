import { execFileSync } from 'node:child_process'
import os from 'node:os'
import { requireTool } from '../../test/support/tools.ts'
import type { Cluster } from './servers.ts'

export interface Machine {
  cores: number
  cpu: string
  node: string
  postgres?: string
  redis?: string
}

/** What a number was measured on: a number without it means nothing. */
export async function describeMachine(cluster?: Cluster): Promise<Machine> {
  const machine = {
    cores: os.availableParallelism(),
    cpu: os.cpus()[0]?.model ?? 'unknown',
    node: process.version,
  }
  if (!cluster) return machine
  const [row] = await cluster.query<{ server_version: string }>('SHOW server_version')
  const redis = execFileSync(requireTool('redis'), ['--version'], { encoding: 'utf8' })
  return {
    ...machine,
    postgres: row?.server_version.split(' ')[0] ?? 'unknown',
    redis: /v=(\S+)/.exec(redis)?.[1] ?? 'unknown',
  }
}

export function printMachine(machine: Machine): void {
  const { cores, cpu, node, postgres, redis } = machine
  const servers = postgres ? `, PostgreSQL ${postgres}, Redis ${redis}` : ''
  console.log(`Measured on ${cores} cores (${cpu}), Node ${node}${servers}`)
}

export const median = (values: number[]): number => quantile(values, 0.5)

/** Nearest rank. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? NaN
}

export const round = (value: number, digits = 0): number => Number(value.toFixed(digits))
