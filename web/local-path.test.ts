import { describe, expect, it } from 'vitest'
import { localPath } from './local-path.ts'

describe('where a person is led after signing in', () => {
  it('is the page they asked for', () => {
    expect(localPath('/console/cn1/workspaces/wksp_1?tab=a', '/console')).toBe('/console/cn1/workspaces/wksp_1?tab=a')
  })

  it('is never another site, whatever the link said', () => {
    for (const next of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '',
      undefined,
    ]) {
      expect(localPath(next, '/console')).toBe('/console')
    }
    expect(localPath('/a\t//evil.example', '/console')).toBe('/console')
  })
})
