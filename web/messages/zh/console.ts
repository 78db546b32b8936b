import type { console as english } from '../en/console.ts'

/** 控制台 */
export const console: typeof english = {
  area: '控制台',
}
