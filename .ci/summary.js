// usage: node .ci/summary.js <vitest's JSON report> <vitest's exit code>
// Prints `N passed, N failed`. A file that could not be loaded counts as one failure, and so does a run that vitest
// itself calls failed without naming a test (an unhandled rejection, a server that did not start).
import { readFileSync } from 'node:fs'

const [file, exitCode] = process.argv.slice(2)

function count() {
  try {
    const { testResults, numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
      readFileSync(file, 'utf8'),
    )
    const unloaded = testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some(test => test.status === 'failed'),
    )
    return {
      passed: numPassedTests,
      failed: numFailedTests + unloaded.length,
      skipped: numPendingTests + numTodoTests,
    }
  } catch {
    return { passed: 0, failed: 0, skipped: 0 } // vitest wrote no report
  }
}

const { passed, failed, skipped } = count()
const failures = failed === 0 && (exitCode !== '0' || passed === 0) ? 1 : failed
if (passed === 0) console.error('No test ran.')
console.log(`${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failures > 0 || skipped > 0 ? 1 : 0
