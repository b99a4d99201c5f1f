import { startEmbeddedPostgres } from '../../src/db/embedded.ts'

/** A process that uses the embedded PostgreSQL of the folder named by its argument, until SIGTERM or a crueller signal. */
const dataDir = process.argv[2]
if (!dataDir) throw new Error('usage: embedded-starter.ts <dataDir>')
const { url, pid, reused, stop } = await startEmbeddedPostgres({ dataDir })
console.log(JSON.stringify({ url, pid, reused }))
const waiting = setInterval(() => {}, 60_000)
process.once('SIGTERM', () => {
  clearInterval(waiting)
  void stop()
})
