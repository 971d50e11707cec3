import type { z } from 'zod'
import { type Block, readMarkdown } from '../../../agreement/index.ts'
import type { Span } from '../../../language/index.ts'
import { spanShape } from '../../shown.ts'
import type { agreementContracts } from './contract.ts'

type Shown = z.output<NonNullable<(typeof agreementContracts)['getAgreement']['answer']>>['blocks'][number]

/** A document in pieces, each with its place; one in YAML is shown line by line. */
export function blocksOf(lines: readonly string[], file: string): Shown[] {
  if (/\.ya?ml$/i.test(file)) return lines.flatMap((text, at) => codeLine(text, at + 1, file))
  return readMarkdown(lines.join('\n'), file).map((block) => shown(block, lines))
}

function codeLine(text: string, line: number, file: string): Shown[] {
  if (text.trim() === '') return []
  const span = spanShape({ file, line, column: 1, endLine: line, endColumn: text.length + 1 })
  return [{ type: 'code', text, span }]
}

function shown(block: Block, lines: readonly string[]): Shown {
  const span = spanShape(block.span)
  switch (block.form) {
    case 'heading':
      return { type: 'heading', depth: block.depth, text: block.text, span }
    case 'rule':
      return { type: 'rule', span }
    case 'table': {
      const cellOf = (cell: { span: Span }) => ({ text: wordsAt(cell.span, lines), span: spanShape(cell.span) })
      const rows = block.rows.map(({ cells }) => cells.map(cellOf))
      return { type: 'table', span, header: block.columns.map(cellOf), rows }
    }
    case 'paragraph':
      return { type: 'paragraph', text: wordsAt(block.span, lines), span }
    case 'item':
      return { type: 'item', depth: block.depth, text: wordsAt(block.span, lines), span }
    default:
      return { type: block.what === 'blockquote' ? 'quote' : 'code', text: block.text, span }
  }
}

// The words as they are written, marks included: what is bold or struck in the text is so on the page, and places fit to the letter.
function wordsAt({ line, column, endLine, endColumn }: Span, lines: readonly string[]): string {
  const parts = lines.slice(line - 1, endLine)
  return parts
    .map((text, at) => text.slice(at === 0 ? column - 1 : 0, at === parts.length - 1 ? endColumn - 1 : undefined))
    .join('\n')
}
