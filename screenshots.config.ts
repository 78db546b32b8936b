import { defineConfig } from '@playwright/test'
import journeys from './playwright.config.ts'

/** `npm run screenshots`: walks through every screen and keeps its pictures in screenshots/; checks nothing. */
export default defineConfig({
  ...journeys,
  projects: [
    { name: 'screens', testMatch: '**/*.screens.ts', testIgnore: '**/*.time.screens.ts' },
    // They advance the clock of everybody, as in the journeys.
    { name: 'time', testMatch: '**/*.time.screens.ts', dependencies: ['screens'], fullyParallel: false, workers: 1 },
  ],
  outputDir: 'test-results/screenshots',
  timeout: 600_000,
  use: { ...journeys.use, trace: 'off' },
})
