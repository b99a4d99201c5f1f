import { describeMachine, printMachine, round } from '../support/machine.ts'
import { runHostile } from './run.ts'

const MESSAGES = 100_000

/** Prints what became of 100,000 hostile messages; fails when one of them broke a rule. */
export async function benchHostile({ seed }: { seed: number }): Promise<void> {
  printMachine(await describeMachine())
  const started = performance.now()
  const run = runHostile({ messages: MESSAGES, seed })
  for (const fault of run.faults) console.log(fault)
  const seconds = round((performance.now() - started) / 1000, 1)
  console.log(
    JSON.stringify({ messages: run.messages, heard: run.heard, faults: run.faults.length, seconds, seed }),
  )
  if (run.faults.length > 0) process.exitCode = 1
}
