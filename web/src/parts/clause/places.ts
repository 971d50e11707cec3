import type { Shape } from '../../../../src/client/index.ts'

type Span = Shape<'Span'>

/** A place as people write it: the file's name, line and column. */
export function placeText({ file, line, column }: Span): string {
  return `${file.split('/').at(-1) ?? file}:${line}:${column}`
}

/** Where the agreement's page shows a place. */
export function placeHref({ line }: Span): string {
  return `/agreement?line=${line}`
}

/** An address of the web that may be followed: anything but http and https is only text. */
export function webAddress(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined
  const { protocol, href } = new URL(text)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}

/** A stretch of a line, marked or not. */
export interface Piece {
  text: string
  marked: boolean
}

/** A line of the agreement as it is read: the cells of a table's row, else the line as one cell, without the signs of Markdown. */
export function cellsOf(line: number, text: string, span: Span | undefined): Piece[][] {
  const [from, to] = markedIn(line, text, span)
  return stretches(text).map(([start, end]) => {
    const cuts = [start, Math.min(Math.max(from, start), end), Math.min(Math.max(to, start), end), end] as const
    return [
      { text: plainWords(text.slice(cuts[0], cuts[1])), marked: false },
      { text: plainWords(text.slice(cuts[1], cuts[2])), marked: true },
      { text: plainWords(text.slice(cuts[2], cuts[3])), marked: false },
    ].filter((piece) => piece.text !== '')
  })
}

function markedIn(line: number, text: string, span: Span | undefined): [number, number] {
  if (span === undefined || line < span.line || line > span.endLine) return [0, 0]
  return [line === span.line ? span.column - 1 : 0, line === span.endLine ? span.endColumn - 1 : text.length]
}

/** Where the cells of a row begin and end; a line that is no row is one stretch without its leading sign. */
function stretches(text: string): [number, number][] {
  const row = /^\s*\|.*\|\s*$/.test(text)
  if (!row) return [trimmed(text, /^\s*(?:#{1,6} |[-*+] |\d+[.)] |> )?/.exec(text)?.[0].length ?? 0, text.length)]
  const cells: [number, number][] = []
  let start = text.indexOf('|') + 1
  for (const { index } of text.slice(start).matchAll(/(?<!\\)\|/g)) {
    const end = text.indexOf('|') + 1 + index
    cells.push(trimmed(text, start, end))
    start = end + 1
  }
  return cells.filter(([from, to]) => !/^:?-+:?$/.test(text.slice(from, to)))
}

function trimmed(text: string, start: number, end: number): [number, number] {
  const inner = text.slice(start, end)
  const lead = inner.length - inner.trimStart().length
  return lead === inner.length ? [start, start] : [start + lead, start + inner.trimEnd().length]
}

function plainWords(text: string): string {
  return text.replace(/\*\*|__|\\(?=\W)/g, '')
}
