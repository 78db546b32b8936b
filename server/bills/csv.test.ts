import { expect, test } from 'vitest'
import { csvFile, csvLines } from './csv.ts'

test('a workspace named like a formula stays a text in every spreadsheet', () => {
  expect(csvLines([['=HYPERLINK("http://evil")', '@x', '+1+1', '-cmd']])).toBe(
    `"'=HYPERLINK(""http://evil"")",'@x,'+1+1,'-cmd\r\n`,
  )
})

test('amounts below zero, commas, quotes, line breaks and Chinese come back as they were', () => {
  expect(csvLines([['-2.00', 'a,b', 'say "x"', 'two\nlines', '日志', null, 7]])).toBe(
    '-2.00,"a,b","say ""x""","two\nlines",日志,,7\r\n',
  )
})

test('a file begins with a byte order mark and its columns, also when there is nothing in it', async () => {
  async function* pages() {
    yield []
    yield [['1', 'x']]
  }
  const parts: string[] = []
  for await (const part of csvFile(['number', 'text'], pages())) parts.push(part)
  expect(parts.join('')).toBe('\uFEFFnumber,text\r\n1,x\r\n')
})
