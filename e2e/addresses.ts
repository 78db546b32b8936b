/** Where the demo world of this run is; set by start-world.ts before the journeys begin. */
export const worldAddresses = { purser: 'PURSER_URL', sandbox: 'SANDBOX_URL', inbox: 'INBOX_URL' } as const

/** Address of one place of the demo world, without a slash at the end. */
export function addressOf(place: keyof typeof worldAddresses): string {
  const address = process.env[worldAddresses[place]]
  if (!address) throw new Error(`${worldAddresses[place]} is not set: the demo world was not started.`)
  return address
}
