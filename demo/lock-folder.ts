import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Raised when another Purser already uses the folder. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError'
}

/**
 * Takes a data folder for this process; the lock of a process that was killed is taken over.
 * Throws FolderInUseError naming the process that holds it. Returns what gives it back.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, 'purser.pid')
  const holder = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  if (holder !== '' && holder !== identity(process.pid) && isAlive(holder)) {
    throw new FolderInUseError(
      `Another Purser (process ${holder.split(' ')[0]}) uses ${folder}. Stop it, or choose another DATA_DIR for this one.`,
    )
  }
  writeFileSync(file, identity(process.pid))
  return () => rmSync(file, { force: true })
}

/** Process id and, where the system tells, its start time: a number used again by another program is not the same process. */
function identity(pid: number): string {
  const stat = `/proc/${pid}/stat`
  if (!existsSync(stat)) return String(pid)
  const fields = readFileSync(stat, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return `${pid} ${fields[19] ?? ''}`
}

function isAlive(holder: string): boolean {
  const pid = Number(holder.split(' ')[0])
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  return identity(pid) === holder
}
