import { expect, test } from 'vitest'
import { parseCsv } from './parse-csv.ts'

test.each([
  ['a,b\n1,2\n', [{ a: '1', b: '2' }]],
  [
    '\uFEFFa,b\r\n"x, ""y""",\r\n\r\n"two\nlines",4',
    [
      { a: 'x, "y"', b: '' },
      { a: 'two\nlines', b: '4' },
    ],
  ],
  ['', []],
  ['a,b', []],
])('%o is read', (text, rows) => {
  expect(parseCsv(text)).toEqual(rows)
})

test.each(['a,b\n1\n', 'a,b\n1,2,3', 'a,b\n"open,2', 'a,b\nx"y,2'])('%o is refused', (text) => {
  expect(() => parseCsv(text)).toThrow(expect.objectContaining({ code: 'file_unreadable' }))
})
