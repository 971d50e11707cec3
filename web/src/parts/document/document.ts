import type { Shape } from '../../../../src/client/index.ts'

export type AgreementDocument = Shape<'AgreementDocument'>
export type Block = Shape<'Block'>
export type Finding = Shape<'Finding'>
export type Place = Shape<'Span'>
export type PlacedClause = AgreementDocument['clauses'][number]
export type VerdictName = Shape<'Verdict'>

/** Verdicts as people look for them: worst first. */
export const VERDICTS: readonly VerdictName[] = ['breached', 'at-risk', 'undetermined', 'not-due', 'met', 'waived']

/** Severities, worst first. */
export const SEVERITIES = ['error', 'warning', 'info'] as const
export type Severity = (typeof SEVERITIES)[number]

/** A block with what is said of it. */
export interface PlacedBlock {
  key: string
  block: Block
  clauses: PlacedClause[]
  findings: Finding[]
}

/** What stands below one heading, up to the next. */
export interface Section {
  key: string
  /** Absent for what stands before the first heading. */
  title?: string
  depth: number
  line: number
  blocks: PlacedBlock[]
  worst: VerdictName | undefined
  findings: number
}

/** The document in sections, and what has no place in it because an amendment or a supplement says it. */
export interface PlacedDocument {
  sections: Section[]
  elsewhere: { clauses: PlacedClause[]; findings: Finding[] }
  blockAt: (line: number) => PlacedBlock | undefined
}

/** One end of a finding: its own place or a related one. */
export interface End {
  at: number
  of: number
  span: Place
  label: string
  primary: boolean
}

/** Puts clauses and findings to their blocks, and blocks into sections. */
export function placeAll(document: AgreementDocument): PlacedDocument {
  const blocks = document.blocks.map((block, at): PlacedBlock => ({ key: `b${at}`, block, clauses: [], findings: [] }))
  const file = document.blocks[0]?.span.file ?? document.file
  const blockAt = (line: number) => find(blocks, line)
  const elsewhere: PlacedDocument['elsewhere'] = { clauses: [], findings: [] }
  for (const clause of document.clauses) {
    const block = clause.span.file === file ? blockAt(clause.span.line) : undefined
    ;(block?.clauses ?? elsewhere.clauses).push(clause)
  }
  for (const finding of [...document.findings].sort(byPlace)) {
    const block = finding.primary.file === file ? blockAt(finding.primary.line) : undefined
    ;(block?.findings ?? elsewhere.findings).push(finding)
  }
  return { sections: sectionsOf(blocks), elsewhere, blockAt }
}

function byPlace(a: Finding, b: Finding): number {
  return (
    a.primary.line - b.primary.line ||
    a.primary.column - b.primary.column ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)
  )
}

/** The last block that begins at the line or before; blocks are in the order of the text. */
function find(blocks: readonly PlacedBlock[], line: number): PlacedBlock | undefined {
  let low = 0
  let high = blocks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((blocks[middle] as PlacedBlock).block.span.line <= line) low = middle + 1
    else high = middle
  }
  return blocks[low - 1] ?? blocks[0]
}

function sectionsOf(blocks: readonly PlacedBlock[]): Section[] {
  const sections: Section[] = []
  for (const placed of blocks) {
    const { block } = placed
    if (block.type === 'heading' || sections.length === 0) {
      sections.push({
        key: `s${sections.length}`,
        ...(block.type === 'heading' ? { title: block.text ?? '' } : {}),
        depth: block.type === 'heading' ? (block.depth ?? 1) : 1,
        line: block.span.line,
        blocks: [],
        worst: undefined,
        findings: 0,
      })
    }
    sections.at(-1)?.blocks.push(placed)
  }
  for (const section of sections) {
    section.worst = worstOf(section.blocks.flatMap((each) => each.clauses))
    section.findings = section.blocks.reduce((sum, each) => sum + each.findings.length, 0)
  }
  return sections
}

/** The worst verdict of obligations and targets; of the other clauses when there are none. */
export function worstOf(clauses: readonly PlacedClause[]): VerdictName | undefined {
  const counted = clauses.filter((clause) => clause.counted)
  const of = counted.length > 0 ? counted : clauses
  return VERDICTS.find((verdict) => of.some((clause) => clause.verdict === verdict))
}

/** Both ends of a contradiction and everything between: the finding's own place first, then related ones. */
export function endsOf(finding: Finding): End[] {
  const places = [
    { span: finding.primary, label: '', primary: true },
    ...finding.related.map((each) => ({ ...each, primary: false })),
  ]
  return places.map((place, at) => ({ ...place, at, of: places.length }))
}

/** Whether two places share a character; an empty place counts as its first character. */
export function overlaps(a: Place, b: Place): boolean {
  return before(a.line, a.column, b.endLine, b.endColumn) && before(b.line, b.column, a.endLine, a.endColumn)
}

function before(line: number, column: number, endLine: number, endColumn: number): boolean {
  return line < endLine || (line === endLine && column < endColumn)
}

/** Words of a line to be marked, by offset. */
export interface InlineMark {
  from: number
  to: number
  end: End
}

/** A line of a block's text with its place in the document. */
export interface TextLine {
  /** Its number in the text, from 0. */
  at: number
  text: string
  line: number
  /** Column of the first character; undefined when the text isn't letter for letter that of the document. */
  column: number | undefined
  breaks: boolean
}

/** The lines of a text. Columns are known only where the text has the length of its place, so that no wrong words are marked. */
export function linesOf(text: string, span: Place): TextLine[] {
  const lines = text.split(/\r\n|\n|\r/)
  const whole = lines.length === span.endLine - span.line + 1
  const last = lines.at(-1) as string
  const exact = whole && last.length + (lines.length === 1 ? span.column : 1) === span.endColumn
  return lines.map((line, at) => ({
    at,
    text: line.replace(/(?: {2,}|\\)$/, ''),
    line: whole ? span.line + at : span.line,
    column: exact ? (at === 0 ? span.column : 1) : undefined,
    breaks: / {2,}$|\\$/.test(line),
  }))
}

/** Where the marks of a line begin and end, as offsets in its text; the whole line where columns aren't known. */
export function marksIn(line: TextLine, ends: readonly End[]): InlineMark[] {
  return ends.flatMap((end) => {
    const { span } = end
    if (span.line > line.line || span.endLine < line.line) return []
    if (line.column === undefined) return [{ from: 0, to: line.text.length, end }]
    const from = span.line === line.line ? span.column - line.column : 0
    const to = span.endLine === line.line ? span.endColumn - line.column : line.text.length
    const [first, last] = [Math.max(0, from), Math.min(line.text.length, Math.max(to, from + 1))]
    return last > first ? [{ from: first, to: last, end }] : []
  })
}
