import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough'
import { gfmTable } from 'micromark-extension-gfm-table'
import type { Span } from '../language/index.ts'
import type { Block, TextLine } from './blocks.ts'
import type { Cell } from './clause.ts'

/** The part of a syntax-tree node that reading needs; mdast's own types narrow further than we use. */
interface Node {
  type: string
  value?: string
  depth?: number
  alt?: string | null
  ordered?: boolean | null
  children?: Node[]
  position?: { start: { line: number; column: number }; end: { line: number; column: number } }
}

/** Markdown text as blocks with exact places. Never throws on any text; the caller bounds size and nesting. */
export function readMarkdown(text: string, file: string): Block[] {
  const tree = fromMarkdown(text, {
    extensions: [gfmTable(), gfmStrikethrough()],
    mdastExtensions: [gfmTableFromMarkdown(), gfmStrikethroughFromMarkdown()],
  }) as Node
  return (tree.children ?? []).flatMap((node) => blocksOf(node, file, 0))
}

function spanOf(node: Node, file: string): Span {
  const { start, end } = node.position ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }
  return { file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column }
}

function blocksOf(node: Node, file: string, depth: number): Block[] {
  const span = spanOf(node, file)
  switch (node.type) {
    case 'heading':
      return [{ form: 'heading', depth: node.depth ?? 1, text: textOf(node), span }]
    case 'thematicBreak':
      return [{ form: 'rule', span }]
    case 'table':
      return [tableOf(node, file)]
    case 'paragraph':
      return [{ form: 'paragraph', lines: linesOf(node, file), span }]
    case 'list':
      return (node.children ?? []).flatMap((item) => itemBlocks(item, file, depth))
    case 'blockquote':
      return (node.children ?? []).flatMap((child) => blocksOf(child, file, depth))
    default:
      return [{ form: 'other', what: node.type, text: textOf(node), span }]
  }
}

function itemBlocks(item: Node, file: string, depth: number): Block[] {
  return (item.children ?? []).flatMap((child): Block[] => {
    if (child.type === 'paragraph') {
      return [{ form: 'item', depth, lines: linesOf(child, file), span: spanOf(child, file) }]
    }
    return blocksOf(child, file, depth + 1)
  })
}

function tableOf(node: Node, file: string): Block {
  const [head, ...body] = node.children ?? []
  const columns = (head?.children ?? []).map((cell) => cellOf(cell, file, ''))
  const rows = body.map((row) => ({
    span: spanOf(row, file),
    cells: (row.children ?? []).map((cell, at) => cellOf(cell, file, columns[at]?.text ?? '')),
  }))
  const span = spanOf(node, file)
  const headSpan = head ? spanOf(head, file) : span
  return { form: 'table', columns, rows, span, headSpan: { ...headSpan, endLine: headSpan.line + 1, endColumn: 2 } }
}

function cellOf(node: Node, file: string, column: string): Cell {
  const inner = node.children ?? []
  const [first, last] = [inner[0], inner.at(-1)]
  const whole = spanOf(node, file)
  const span =
    first && last
      ? { ...spanOf(first, file), endLine: spanOf(last, file).endLine, endColumn: spanOf(last, file).endColumn }
      : whole
  const cell: Cell = { text: textOf(node).trim(), span, column }
  if (holdsStruck(node)) cell.struck = true
  return cell
}

function holdsStruck(node: Node): boolean {
  return node.type === 'delete' || (node.children ?? []).some(holdsStruck)
}

function textOf(node: Node): string {
  if (node.type === 'break') return ' '
  if (node.type === 'image') return node.alt ?? ''
  if (node.value !== undefined)
    return node.type === 'html' ? (/^<br\s*\/?>$/i.test(node.value) ? ' ' : node.value) : node.value
  return (node.children ?? []).map(textOf).join('')
}

/** A paragraph line by line, each with the words that stand in bold at its beginning. */
function linesOf(node: Node, file: string): TextLine[] {
  const lines: TextLine[] = [newLine(spanOf(node, file))]
  const visit = (child: Node, bold: boolean): void => {
    const line = lines.at(-1) as TextLine
    if (child.type === 'break') lines.push(newLine(after(child, file)))
    else if (child.value !== undefined) addText(child, bold, lines, file)
    else {
      if (child.type === 'delete') line.struck = true
      for (const inner of child.children ?? []) visit(inner, bold || child.type === 'strong')
    }
  }
  for (const child of node.children ?? []) visit(child, false)
  return lines
    .filter((line) => line.text.trim() !== '')
    .map((line) => ({ ...line, text: line.text.trim(), lead: line.lead.trim() }))
}

function newLine(start: Span): TextLine {
  return { text: '', lead: '', struck: false, span: { ...start, endLine: start.line, endColumn: start.column } }
}

function after(node: Node, file: string): Span {
  const span = spanOf(node, file)
  return { ...span, line: span.endLine, column: span.endColumn }
}

function addText(node: Node, bold: boolean, lines: TextLine[], file: string): void {
  const span = spanOf(node, file)
  const parts = (node.value ?? '').split('\n')
  parts.forEach((part, at) => {
    if (at > 0) lines.push(newLine({ ...span, line: span.line + at, column: 1 }))
    const line = lines.at(-1) as TextLine
    if (bold && line.text.trim() === line.lead.trim()) line.lead += part
    line.text += part
    line.span.endLine = span.line + at
    line.span.endColumn = at === parts.length - 1 ? span.endColumn : (at === 0 ? span.column : 1) + part.length
  })
}
