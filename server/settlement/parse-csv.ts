import { Problem } from '../../contract/problems.ts'

/**
 * Reads a CSV file (RFC 4180: commas, quotes doubled inside quotes, line ends of either kind) whose first line names the columns.
 * Returns each row by column name. Throws `file_unreadable` naming the line.
 */
export function parseCsv(text: string): Record<string, string>[] {
  const [names, ...rows] = readRows(text.replace(/^\uFEFF/, ''))
  if (!names) return []
  return rows.map((cells, index) => {
    if (cells.length !== names.length) {
      throw new Problem('file_unreadable', { line: index + 2, allowed: `${names.length} columns` }, 'csv')
    }
    return Object.fromEntries(names.map((name, column) => [name.trim(), cells[column] ?? '']))
  })
}

/** One cell (quoted or not) and what ends it. */
const cellPattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y

function readRows(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length || row.length > 0) {
    cellPattern.lastIndex = at
    const found = cellPattern.exec(text)
    if (!found) throw new Problem('file_unreadable', { line: rows.length + 1, allowed: 'quoted or plain cells' }, 'csv')
    const [whole, quoted, plain = '', end] = found
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    at += whole.length
    if (end === ',') continue
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  return rows
}
