import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FolderInUseError, lockFolder } from './lock-folder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'purser-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const file = () => path.join(folder, 'purser.pid')

describe('two worlds started in one folder', () => {
  it('the second is refused, and told which process holds it and what to do', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    try {
      const started = readFileSync(`/proc/${other.pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19]
      writeFileSync(file(), `${other.pid} ${started}`)
      expect(() => lockFolder(folder)).toThrow(FolderInUseError)
      expect(() => lockFolder(folder)).toThrow(`process ${other.pid}`)
      expect(() => lockFolder(folder)).toThrow('choose another DATA_DIR')
    } finally {
      other.kill('SIGKILL')
      await once(other, 'exit')
    }
    expect(() => lockFolder(folder)()).not.toThrow()
  })

  it('the lock of a killed process is taken over, also when its number belongs to another program now', () => {
    writeFileSync(file(), `${process.pid} 1`)
    const release = lockFolder(folder)
    expect(readFileSync(file(), 'utf8')).toMatch(new RegExp(`^${process.pid} `))
    release()
  })

  it('a world that ends gives its folder back', () => {
    lockFolder(folder)()
    expect(() => lockFolder(folder)()).not.toThrow()
  })
})
