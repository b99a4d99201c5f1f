import { startEmbeddedPostgres } from '../../src/db/embedded.ts'

/** A process that uses the embedded PostgreSQL of the folder named by its argument, until SIGTERM or a crueller signal. */
const dataDir = process.argv[2]
if (!dataDir) throw new Error('usage: embedded-starter.ts <dataDir>')
const { url, pid, reused, stop } = await startEmbeddedPostgres({ dataDir })
console.log(JSON.stringify({ url, pid, reused }))
const parent = process.ppid
const waiting = setInterval(() => {
  if (process.ppid !== parent) process.exit() // the test run was killed
}, 1_000)
process.once('SIGTERM', () => {
  clearInterval(waiting)
  void stop()
})
