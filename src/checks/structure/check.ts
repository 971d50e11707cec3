import {
  type Cell,
  type Clause,
  holdsPhrase,
  namesTotal,
  parseDate,
  parseDuration,
  parseFrequency,
  parseMark,
  parseMoney,
  plain,
  plainLabel,
} from '../../agreement/index.ts'
import type { Span } from '../../language/index.ts'
import { tablesOf, type WrittenRow } from '../passages.ts'
import type { Check, Draft } from '../room.ts'

/** STR-1: rows with more or fewer cells than their header. A line that a table swallowed is STR-2. */
export const cellCount: Check = ({ agreement }) =>
  tablesOf(agreement).flatMap(({ head, columns, rows }) =>
    rows
      .filter((row) => row.cells.length !== columns.length)
      .map(
        (row): Draft => ({
          at: row.span,
          ...(row.clause ? { clause: row.clause.id } : {}),
          params: { label: row.cells[0] ?? '', cells: row.cells.length, columns: columns.length },
          related: [{ span: head.span, label: 'header', params: { columns: columns.length } }],
          operands: [row.cells.join('|')],
        }),
      ),
  )

/** STR-2, STR-5, STR-10: what the reader already said, one finding for each problem at its place. */
export function lifted(code: string): Check {
  return ({ agreement }) => {
    const problems = agreement.problems.filter((problem) => problem.code === code)
    if (problems.length === 0) return []
    const owners = new Map<number, Clause>()
    for (const clause of agreement.clauses) if (!owners.has(clause.span.line)) owners.set(clause.span.line, clause)
    return problems.map(({ where, message, fix }): Draft => {
      const clause = owners.get(where.line)
      const params = { ...fix?.params, ...message.params }
      return {
        at: where,
        ...(clause ? { clause: clause.id } : {}),
        params,
        operands: [typeof params.text === 'string' ? params.text : ''],
      }
    })
  }
}

// These kinds have their own rules for two rows of one name: a year (CMT-8), a band (CMT-7, SLV), a term (TXT-7).
const OWN_RULE = new Set(['commitment', 'credit-band', 'definition', 'unread'])

/** STR-6: rows of one table with one label and different values, unless another column tells them apart. */
export const duplicateRow: Check = ({ agreement }) =>
  tablesOf(agreement).flatMap(({ rows }) => {
    const drafts: Draft[] = []
    const seen = new Map<string, Clause[]>()
    for (const { clause } of rows) {
      const label = clause && plainLabel(clause.cells[0]?.text ?? '')
      if (!clause || !label || OWN_RULE.has(clause.kind) || namesTotal(label)) continue
      // A metric's name may stand in another column than the first.
      const key = `${clause.kind}\u0000${label}\u0000${plainLabel(clause.title)}`
      const same = seen.get(key) ?? []
      const other = same.find((each) => differingCells(each, clause) !== undefined)
      const cells = other && differingCells(other, clause)
      if (cells) drafts.push(duplicateDraft(clause, cells))
      seen.set(key, [...same.slice(0, 20), clause])
    }
    return drafts
  })

function duplicateDraft(clause: Clause, [first, second]: [Cell, Cell]): Draft {
  const label = clause.cells[0]?.text ?? ''
  return {
    at: second.span,
    clause: clause.id,
    params: { label, first: first.text, second: second.text },
    related: [{ span: first.span, label: 'first', params: { text: first.text } }],
    operands: [plain(second.text)],
  }
}

const KEYS = ['priority', 'severity', 'tier', 'level', 'phase', 'stage', 'year', 'period', 'month', 'quarter', 'region']
const CLAVES = ['prioridad', 'severidad', 'nivel', 'fase', 'etapa', 'ano', 'periodo', 'mes', 'trimestre', 'region']
const KEY_WORDS = [...KEYS, ...CLAVES, 'priorities', 'version', 'environment', 'ambiente', 'entorno', 'edition']

/** The first pair of values that differ; undefined when nothing does, or when a name or a key column tells the rows apart. */
function differingCells(a: Clause, b: Clause): [Cell, Cell] | undefined {
  if (a.cells.length !== b.cells.length) return undefined
  let found: [Cell, Cell] | undefined
  for (let at = 1; at < a.cells.length; at += 1) {
    const [first, second] = [a.cells[at], b.cells[at]]
    if (!first || !second || plain(first.text) === plain(second.text)) continue
    if (isKey(first) || !differInValue(first.text, second.text)) return undefined
    found ??= [first, second]
  }
  return found
}

function isKey(cell: Cell): boolean {
  const column = plainLabel(cell.column)
  return KEY_WORDS.some((word) => cell.role === word || holdsPhrase(column, word))
}

function differInValue(a: string, b: string): boolean {
  if (skeleton(a) === skeleton(b)) return true
  const readers = [
    parseMark,
    parseFrequency,
    parseDate,
    (text: string) => (/^[^\p{L}]*\d/u.test(text) ? parseDuration(text, '.') : undefined),
    (text: string) => (/^[A-Z]{0,3}[^\p{L}]*\d/u.test(text) ? parseMoney(text, '.') : undefined),
  ]
  return readers.some((read) => read(a) !== undefined && read(b) !== undefined)
}

/** What is left of a value without its figures: two values of one skeleton say the same of different numbers. */
function skeleton(text: string): string {
  return /\d/.test(text) ? plain(text).replace(/[\d.,\s]+/g, '#') : plain(text)
}

// Rules of their own say when nobody stands there: GOV-3, RSP-2; an empty mark beside a standard means "not held".
const PARTY_KINDS = new Set(['relationship', 'responsibility', 'accreditation'])

/** STR-7: cells that their column needs and that say nothing. A dash is a value. */
export const emptyCell: Check = ({ agreement }) =>
  tablesOf(agreement).flatMap(({ rows }) => {
    const filled = filledColumns(rows)
    return rows.flatMap(({ clause }) =>
      (clause && !namesTotal(clause.cells[0]?.text ?? '') ? clause.cells : []).flatMap((cell, at): Draft[] => {
        if (!clause || !/^\??$/.test(cell.text.trim())) return []
        const asked = cell.text.trim() === '?'
        const ofParty = PARTY_KINDS.has(clause.kind) && at > 0
        if (!asked && (ofParty || !(cell.needed || filled[at]))) return []
        const label = clause.cells[0]?.text || clause.title
        return [
          {
            at: cellPlace(cell, clause),
            clause: clause.id,
            params: { label, column: cell.column },
            operands: [plain(cell.column)],
          },
        ]
      }),
    )
  })

/** Columns of figures in which at most one row in three says nothing. */
function filledColumns(rows: readonly WrittenRow[]): boolean[] {
  const clauses = rows.flatMap((row) => (row.clause ? [row.clause] : []))
  const width = Math.max(0, ...clauses.map((clause) => clause.cells.length))
  return Array.from({ length: width }, (_, at) => {
    const cells = clauses.flatMap((clause) => clause.cells[at] ?? [])
    const figures = cells.filter((cell) => cell.role !== undefined && /\d/.test(cell.text)).length
    const empty = cells.filter((cell) => /^\??$/.test(cell.text.trim())).length
    return empty > 0 && empty * 3 <= cells.length && figures === cells.length - empty
  })
}

// An empty cell has a place without width; the row is what a person can find.
function cellPlace(cell: Cell, clause: Clause): Span {
  const wide = cell.span.endLine > cell.span.line || cell.span.endColumn > cell.span.column
  return wide ? cell.span : clause.span
}
