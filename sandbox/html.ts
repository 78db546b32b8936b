/** A piece of HTML that is safe to put into a page. */
export interface Html {
  readonly html: string
}

type Piece = Html | string | number | null | undefined | false | readonly Piece[]

/** Builds HTML; every value put in is escaped unless it is itself Html. null, undefined and false leave nothing. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  let text = strings[0] ?? ''
  pieces.forEach((piece, index) => {
    text += render(piece) + (strings[index + 1] ?? '')
  })
  return { html: text }
}

function render(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return ''
  if (typeof piece === 'string') return escapeHtml(piece)
  if (typeof piece === 'number') return String(piece)
  if ('html' in piece) return piece.html
  return piece.map(render).join('')
}

const replacements: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => replacements[character] ?? character)
}
