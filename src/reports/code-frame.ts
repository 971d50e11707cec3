import { compareSpans, printable, type Span } from '../language/index.ts'
import { cut, type Look, look, type Paper, wrap } from './paper.ts'

/** A place to show, with what is to be said of it. The primary place is underlined with `^`, others with `-`. */
export interface Mark {
  span: Span
  label: string
  primary: boolean
}

// A cell that runs over many lines is shown by its first ones.
const MOST_LINES = 3

/** The marked lines of a text with their labels, in the manner of compilers: both ends of a contradiction in one frame. */
export function codeFrame(
  marks: readonly Mark[],
  texts: ReadonlyMap<string, readonly string[]>,
  severity: Look,
  paper: Paper,
): string[] {
  const primary = marks.find((mark) => mark.primary) ?? marks[0]
  if (!primary) return []
  const files = [
    primary.span.file,
    ...new Set(marks.map((mark) => mark.span.file).filter((file) => file !== primary.span.file)),
  ]
  const gutter = Math.max(3, String(Math.max(...marks.map((mark) => mark.span.endLine))).length)
  const output: string[] = []
  for (const file of files) {
    const inFile = marks.filter((mark) => mark.span.file === file).sort((a, b) => compareSpans(a.span, b.span))
    const first = (inFile.find((mark) => mark.primary) ?? inFile[0]) as Mark
    const place = `${file}:${first.span.line}:${first.span.column}`
    output.push(
      `${' '.repeat(gutter)} ${look(paper, 'place', file === files[0] ? '┌─' : '├─')} ${look(paper, 'place', place)}`,
    )
    output.push(...frameOfFile(inFile, texts.get(file) ?? [], gutter, severity, paper))
  }
  return output
}

function frameOfFile(
  marks: readonly Mark[],
  lines: readonly string[],
  gutter: number,
  severity: Look,
  paper: Paper,
): string[] {
  const output: string[] = []
  const bar = look(paper, 'place', '│')
  let shown = 0
  for (const [line, here] of groupByLine(marks)) {
    if (shown > 0 && line > shown + 1) output.push(`${' '.repeat(gutter)} ${look(paper, 'place', '·')}`)
    const room = paper.width - gutter - 3
    const last = Math.min(Math.max(...here.map((mark) => mark.span.endLine)), line + MOST_LINES - 1)
    for (let at = line; at <= last; at += 1) {
      if (at <= shown) continue
      const text = printable(lines[at - 1] ?? '')
      const from = startOf(text, at === line ? here : [], room)
      output.push(
        `${look(paper, 'place', String(at).padStart(gutter))} ${bar} ${cut((from > 0 ? '…' : '') + text.slice(from), room)}`,
      )
      if (at === line) output.push(...underlines(here, text, from, gutter, bar, severity, paper))
    }
    shown = Math.max(shown, last)
  }
  return output
}

function groupByLine(marks: readonly Mark[]): [number, Mark[]][] {
  const lines = new Map<number, Mark[]>()
  for (const mark of marks) lines.set(mark.span.line, [...(lines.get(mark.span.line) ?? []), mark])
  return [...lines].sort((a, b) => a[0] - b[0])
}

/** First character to show so that the first mark fits into the room. */
function startOf(text: string, marks: readonly Mark[], room: number): number {
  if (text.length <= room) return 0
  const first = Math.min(...marks.map((mark) => mark.span.column - 1), text.length)
  return first < room * 0.6 ? 0 : Math.max(0, first - Math.floor(room / 3))
}

function underlines(
  marks: readonly Mark[],
  text: string,
  from: number,
  gutter: number,
  bar: string,
  severity: Look,
  paper: Paper,
): string[] {
  const margin = `${' '.repeat(gutter)} ${bar} `
  const shift = from > 0 ? from - 1 : 0
  const room = paper.width - gutter - 3
  return marks.flatMap((mark) => {
    const start = Math.max(0, mark.span.column - 1 - shift)
    const end = (mark.span.endLine === mark.span.line ? mark.span.endColumn - 1 : text.length) - shift
    const length = Math.max(1, Math.min(end, room) - start)
    const line = ' '.repeat(Math.min(start, room - 1)) + (mark.primary ? '^' : '-').repeat(length)
    const as = mark.primary ? severity : 'place'
    if (mark.label === '') return [margin + look(paper, as, line)]
    if (line.length + 1 + mark.label.length <= room) return [margin + look(paper, as, `${line} ${mark.label}`)]
    // A long label goes under its mark, as far left as it must to stay in the page.
    const indent = ' '.repeat(Math.max(0, Math.min(start, room - Math.min(mark.label.length, 48))))
    return [line, ...wrap(mark.label, room - indent.length).map((part) => indent + part)].map(
      (part) => margin + look(paper, as, part),
    )
  })
}
