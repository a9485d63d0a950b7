import { defineConfig } from 'vitest/config'

// Nothing is timed here: the limit only ends what hangs. Suites start whole builds, so two at once are enough.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/fuzz/seed.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
})
