/**
 * A place in a text: 1-based lines and columns, columns in UTF-16 code units as editors count them.
 * `endColumn` is the column after the last character. `file` is the name the text was read under.
 */
export interface Span {
  file: string
  line: number
  column: number
  endLine: number
  endColumn: number
}

/** Orders spans by file, then place; for stable output. */
export function compareSpans(a: Span, b: Span): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line || a.column - b.column || a.endLine - b.endLine || a.endColumn - b.endColumn
}

/** The smallest span that holds both; both must lie in one file. */
export function joinSpans(a: Span, b: Span): Span {
  const first = compareSpans(a, b) <= 0 ? a : b
  const endsLater = a.endLine > b.endLine || (a.endLine === b.endLine && a.endColumn >= b.endColumn)
  const last = endsLater ? a : b
  return { file: a.file, line: first.line, column: first.column, endLine: last.endLine, endColumn: last.endColumn }
}

/** `12:3-12:9`, the short form used in YAML (`at`) and in logs. */
export function spanText(span: Span): string {
  return `${span.line}:${span.column}-${span.endLine}:${span.endColumn}`
}

/** Reads what `spanText` wrote; undefined when it is not of that form. */
export function spanFromText(text: string, file: string): Span | undefined {
  const match = /^(\d+):(\d+)-(\d+):(\d+)$/.exec(text)
  if (!match) return undefined
  const [line, column, endLine, endColumn] = match.slice(1).map(Number) as [number, number, number, number]
  return { file, line, column, endLine, endColumn }
}
