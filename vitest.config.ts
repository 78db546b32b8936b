import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Each server test file has a database of its own; more at once than processors only waits.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'server',
          root: import.meta.dirname,
          include: ['{server,contract,sandbox,inbox,demo,test,cli}/**/*.test.ts'],
          globalSetup: ['test/global-setup.ts'],
          pool: 'forks',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      { test: { name: 'web', root: import.meta.dirname, include: ['web/**/*.test.{ts,tsx}'], environment: 'node' } },
    ],
  },
})
