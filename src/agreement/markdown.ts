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

/** Where a piece of the document begins. */
interface Origin {
  file: string
  /** Lines of the document before the piece. */
  above: number
}

/** Markdown text as blocks with exact places. Never throws on any text; the caller bounds size and nesting. */
export function readMarkdown(text: string, file: string): Block[] {
  return pieces(text).flatMap(({ body, above }) => {
    const tree = fromMarkdown(body, {
      extensions: [gfmTable(), gfmStrikethrough()],
      mdastExtensions: [gfmTableFromMarkdown(), gfmStrikethroughFromMarkdown()],
    }) as Node
    return (tree.children ?? []).flatMap((node) => blocksOf(node, { file, above }, 0))
  })
}

// The parser's cost per line grows with the text, and so does what it holds at once: long texts are read in pieces.
const PIECE_LINES = 200
// Fences, raw HTML and link definitions reach across headings: a text that has them is read in one piece.
const FAR_REACHING = /^ {0,3}(?:```|~~~|<[a-z!?/]|\[[^\]]+\]:)/im

/** Cuts a long text before headings, where no other block can reach across. */
function pieces(text: string): { body: string; above: number }[] {
  if (FAR_REACHING.test(text)) return [{ body: text, above: 0 }]
  const cuts: { body: string; above: number }[] = []
  let from = 0
  let above = 0
  let line = 0
  let at = 0
  while (at < text.length) {
    if (line - above >= PIECE_LINES && /^#{1,6}[ \t]/.test(text.slice(at, at + 8))) {
      cuts.push({ body: text.slice(from, at), above })
      from = at
      above = line
    }
    at = afterLine(text, at)
    line += 1
  }
  return [...cuts, { body: text.slice(from), above }]
}

/** Where the next line begins; a carriage return alone ends a line too. */
function afterLine(text: string, at: number): number {
  let end = at
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end += 1
  return text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1
}

function spanOf(node: Node, origin: Origin): Span {
  const { start, end } = node.position ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }
  const { file, above } = origin
  return { file, line: start.line + above, column: start.column, endLine: end.line + above, endColumn: end.column }
}

function blocksOf(node: Node, origin: Origin, depth: number): Block[] {
  const span = spanOf(node, origin)
  switch (node.type) {
    case 'heading':
      return [{ form: 'heading', depth: node.depth ?? 1, text: textOf(node), span }]
    case 'thematicBreak':
      return [{ form: 'rule', span }]
    case 'table':
      return [tableOf(node, origin)]
    case 'paragraph':
      return [{ form: 'paragraph', lines: linesOf(node, origin), span }]
    case 'list':
      return (node.children ?? []).flatMap((item) => itemBlocks(item, origin, depth))
    case 'blockquote':
      return (node.children ?? []).flatMap((child) => blocksOf(child, origin, depth))
    default:
      return [{ form: 'other', what: node.type, text: textOf(node), span }]
  }
}

function itemBlocks(item: Node, origin: Origin, depth: number): Block[] {
  return (item.children ?? []).flatMap((child): Block[] => {
    if (child.type === 'paragraph') {
      return [{ form: 'item', depth, lines: linesOf(child, origin), span: spanOf(child, origin) }]
    }
    return blocksOf(child, origin, depth + 1)
  })
}

function tableOf(node: Node, origin: Origin): Block {
  const [head, ...body] = node.children ?? []
  const columns = (head?.children ?? []).map((cell) => cellOf(cell, origin, ''))
  const rows = body.map((row) => ({
    span: spanOf(row, origin),
    cells: (row.children ?? []).map((cell, at) => cellOf(cell, origin, columns[at]?.text ?? '')),
  }))
  const span = spanOf(node, origin)
  const headSpan = head ? spanOf(head, origin) : span
  return { form: 'table', columns, rows, span, headSpan: { ...headSpan, endLine: headSpan.line + 1, endColumn: 2 } }
}

function cellOf(node: Node, origin: Origin, column: string): Cell {
  const inner = node.children ?? []
  const [first, last] = [inner[0], inner.at(-1)]
  const whole = spanOf(node, origin)
  const span =
    first && last
      ? { ...spanOf(first, origin), endLine: spanOf(last, origin).endLine, endColumn: spanOf(last, origin).endColumn }
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
function linesOf(node: Node, origin: Origin): TextLine[] {
  const lines: TextLine[] = [newLine(spanOf(node, origin))]
  const visit = (child: Node, bold: boolean): void => {
    const line = lines.at(-1) as TextLine
    if (child.type === 'break') lines.push(newLine(after(child, origin)))
    else if (child.value !== undefined) addText(child, bold, lines, origin)
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

function after(node: Node, origin: Origin): Span {
  const span = spanOf(node, origin)
  return { ...span, line: span.endLine, column: span.endColumn }
}

function addText(node: Node, bold: boolean, lines: TextLine[], origin: Origin): void {
  const span = spanOf(node, origin)
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
