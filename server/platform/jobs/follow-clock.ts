import type { Services } from '../../context.ts'

/** How often a process looks whether another one has advanced the clock, in milliseconds. */
const lookEvery = 500

/**
 * Takes over what another process of this database has advanced the sandbox clock by; never back. In production there is nothing
 * to take over.
 */
export async function catchUpClock({ config, clock, db }: Services): Promise<void> {
  if (config.mode !== 'sandbox') return
  const { milliseconds } = await db.selectFrom('clock_offset').select('milliseconds').executeTakeFirstOrThrow()
  const behind = Number(milliseconds) - clock.offset()
  if (behind > 0) clock.advance(behind)
}

/** Keeps the sandbox clock of this process with that of the others until stopped; in production it does nothing. */
export function followClock(services: Services): { stop(): Promise<void> } {
  if (services.config.mode !== 'sandbox') return { stop: async () => {} }
  let looking: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    looking = catchUpClock(services).catch((error: unknown) => {
      services.log.warn({ error }, 'The clock of the sandbox could not be read')
    })
  }, lookEvery)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await looking
    },
  }
}
