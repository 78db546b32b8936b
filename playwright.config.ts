import { defineConfig } from '@playwright/test'
import { browserLaunch } from './e2e/browser.ts'

/** Browser journeys: one demo world for all of them (e2e/start-world.ts), a fresh buyer for each. */
export default defineConfig({
  testDir: 'e2e',
  projects: [
    { name: 'journeys', testMatch: '**/*.e2e.ts', testIgnore: '**/*.time.e2e.ts' },
    // They advance the clock of everybody, so they come last and one after another.
    { name: 'time', testMatch: '**/*.time.e2e.ts', dependencies: ['journeys'], fullyParallel: false, workers: 1 },
  ],
  outputDir: 'test-results/journeys',
  globalSetup: './e2e/start-world.ts',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  workers: 2,
  // A journey that mails a second code to one address waits a minute for it.
  timeout: 150_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    launchOptions: await browserLaunch(),
    contextOptions: { reducedMotion: 'reduce' },
    viewport: { width: 1280, height: 900 },
    timezoneId: 'Asia/Shanghai',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
})
