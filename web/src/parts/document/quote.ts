import { type Block, type End, type InlineMark, linesOf, marksIn, overlaps, type Place } from './document.ts'

/** A piece of the document with what is marked in it: a line, or a cell of a row. */
export interface QuotedPiece {
  /** Where it begins in its line. */
  at: number
  text: string
  marks: InlineMark[]
}

/** A line of the document as it is quoted; a row of a table has several pieces. */
export interface QuotedLine {
  line: number
  /** What the columns of a row are called. */
  columns: readonly string[]
  pieces: QuotedPiece[]
}

const MOST_LINES = 4

/** The lines that an end of a finding speaks of; a long place by its first ones. */
export function quote(blocks: readonly Block[], end: End): QuotedLine[] {
  const { span } = end
  const own = blocks.filter((block) => block.span.file === span.file && touches(block.span, span))
  return own.flatMap((block) => linesIn(block, end)).slice(0, MOST_LINES)
}

function touches(block: Place, span: Place): boolean {
  return block.line <= span.endLine && block.endLine >= span.line
}

function linesIn(block: Block, end: End): QuotedLine[] {
  const { span } = end
  if (block.type === 'table') {
    const columns = block.header?.map((cell) => cell.text) ?? []
    const rows = [...(block.header ? [block.header] : []), ...(block.rows ?? [])]
    return rows
      .filter((row) => row.some((cell) => cell.span.line <= span.endLine && cell.span.endLine >= span.line))
      .map((row) => ({
        line: row[0]?.span.line ?? block.span.line,
        columns: row === block.header ? [] : columns,
        pieces: row.map(({ text, span: place }) => ({
          at: place.column,
          text,
          marks: overlaps(span, place) ? linesOf(text, place).flatMap((line) => marksIn(line, [end])) : [],
        })),
      }))
  }
  return linesOf(block.text ?? '', block.span)
    .filter((line) => line.line >= span.line && line.line <= span.endLine)
    .map((line) => ({
      line: line.line,
      columns: [],
      pieces: [{ at: line.column ?? 1, text: line.text, marks: marksIn(line, [end]) }],
    }))
}
