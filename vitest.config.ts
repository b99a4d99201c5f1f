import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The two files of transcripts take minutes: begun last, one of two workers would wait for them. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = (file: TestSpecification) => file.moduleId.includes('/test/transcripts/')
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter(file => !isLong(file))]
  }
}

/** Two projects, so that a run of unit tests alone starts no server. */
export default defineConfig({
  test: {
    pool: 'forks',
    isolate: false, // no test changes a module, and loading all of them for every file took a third of the time
    sequence: { sequencer: LongestFirst },
    maxWorkers: 2, // each integration file has its own database, and PostgreSQL and Redis share the machine with them
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          testTimeout: 60_000, // property tests, also on a busy machine
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/{contracts,integration,transcripts,e2e}/**/*.test.ts'],
          globalSetup: 'test/support/global.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } }, // a busy machine takes longer than the second that is the default
        },
      },
    ],
  },
})
