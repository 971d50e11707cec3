import type { Span } from '../language/index.ts'
import type { Cell } from './clause.ts'

/** One line of a paragraph or bullet; `lead` holds the words in bold at its beginning. */
export interface TextLine {
  text: string
  lead: string
  struck: boolean
  span: Span
}

/** A document before anybody knows what it means. */
export type Block =
  | { form: 'heading'; depth: number; text: string; span: Span }
  | { form: 'rule'; span: Span }
  | { form: 'table'; columns: Cell[]; rows: { cells: Cell[]; span: Span }[]; span: Span; headSpan: Span }
  | { form: 'paragraph'; lines: TextLine[]; span: Span }
  | { form: 'item'; depth: number; lines: TextLine[]; span: Span }
  | { form: 'other'; what: string; text: string; span: Span }
