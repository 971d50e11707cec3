import type { Facts } from '../facts/index.ts'
import type { Language, Problem, Span } from '../language/index.ts'
import type { Block, TextLine } from './blocks.ts'
import { cellReader } from './cell-reader.ts'
import type { Agreement, Cell, Heading, KnownKind, Row } from './clause.ts'
import { resolveCurrency } from './currency.ts'
import { labelled, part, rowOfLine } from './lines.ts'
import { readMarkdown } from './markdown.ts'
import { findParties } from './parties.ts'
import { addClause, keepUnread, lineOwners, type Reading } from './reading.ts'
import { LabelIndex, sectionScore } from './recognise.ts'
import { sentencesOf } from './sentences.ts'
import { readTable } from './table.ts'
import { findDecimalMark, vocabulary } from './values.ts'
import { plain, slug } from './words.ts'

/** What reading needs besides the text: the registry of kinds and what is known about the world. */
export interface ReadingContext {
  kinds: readonly KnownKind[]
  facts: Facts
}

/** Reads an agreement in Markdown. Never throws on a text and drops none of it. */
export function readAgreement(text: string, file: string, context: ReadingContext, id?: string): Agreement {
  const blocks = readMarkdown(text, file)
  const lines = text.split(/\r\n|\n|\r/)
  const language = findLanguage(text)
  const decimalMark = findDecimalMark(text, language)
  const parties = findParties(blocks, context.facts)
  const problems: Problem[] = []
  const cells = cellReader({ language, decimalMark, parties }, problems)
  const labels = new LabelIndex(context.kinds)
  const reading: Reading = {
    file,
    lines,
    kinds: context.kinds,
    labels,
    parties,
    cells,
    section: [],
    headings: [],
    clauses: [],
    problems,
    ids: new Map(),
  }
  const levels: { depth: number; text: string }[] = []
  for (const [at, block] of blocks.entries()) readBlock(reading, block, levels, blocks[at + 1])
  keepWhatIsLeft(reading)
  const title = reading.headings.find((each) => each.form === 'heading')?.text ?? file
  const { headings, clauses } = reading
  const agreement: Agreement = {
    id: id ?? slug(title),
    title,
    language,
    file,
    lines,
    decimalMark,
    parties,
    headings,
    clauses,
    problems,
  }
  return resolveCurrency(agreement)
}

/** English or Spanish, by the small words of the text. */
export function findLanguage(text: string): Language {
  const words = plain(text.slice(0, 40_000)).split(/[^a-z]+/)
  const count = (language: Language): number =>
    words.filter((word) => vocabulary.stopWords[language].includes(word)).length
  return count('es') > count('en') ? 'es' : 'en'
}

function readBlock(
  reading: Reading,
  block: Block,
  levels: { depth: number; text: string }[],
  next: Block | undefined,
): void {
  // What a lead-in announced ends where neither its bullets nor its table go on.
  if (block.form !== 'item' && block.form !== 'table' && reading.section.length !== levels.length)
    reading.section = levels.map((level) => level.text)
  switch (block.form) {
    case 'heading':
      openSection(reading, levels, { form: 'heading', depth: block.depth, text: block.text, span: block.span })
      return
    case 'rule':
      reading.headings.push({ form: 'rule', depth: 0, text: '', span: block.span })
      return
    case 'table':
      readTable(reading, block)
      return
    case 'other':
      keepUnread(reading, block.what, block.text, block.span)
      return
    default:
      readLines(reading, block, levels, next)
  }
}

function openSection(reading: Reading, levels: { depth: number; text: string }[], heading: Heading): void {
  while (levels.length > 0 && (levels.at(-1)?.depth ?? 0) >= heading.depth) levels.pop()
  levels.push({ depth: heading.depth, text: heading.text })
  reading.section = levels.map((level) => level.text)
  reading.headings.push(heading)
}

// Rows under a header of another width are no table to Markdown; read as sentences they would lose their figures.
function isBrokenTable(reading: Reading, block: Extract<Block, { form: 'paragraph' | 'item' }>): boolean {
  const { line, endLine } = block.span
  const rows = reading.lines.slice(line - 1, endLine).filter((text) => /^\s*\|.*\|/.test(text))
  return rows.length >= 2
}

function readLines(
  reading: Reading,
  block: Extract<Block, { form: 'paragraph' | 'item' }>,
  levels: { depth: number; text: string }[],
  next: Block | undefined,
): void {
  if (isBrokenTable(reading, block)) {
    const rows = block.lines.map((line) => ({ text: line.text, span: line.span, column: '' }))
    keepUnread(reading, 'table', rows.map((row) => row.text).join('\n'), block.span, rows)
    return
  }
  const keyed = block.lines.length > 1 && block.lines.every((line) => isKeyed(reading, line))
  const lines = keyed ? block.lines.flatMap((line) => parted(reading, line)) : whole(reading, block)
  for (const line of lines) {
    const form = block.form === 'item' ? 'item' : 'line'
    if (readLine(reading, line, form)) {
      // What a sentence promises it may announce as well: "The budget is USD 90,000 a year, split as follows:".
      if (announces(line, next) && form === 'line')
        reading.section = [...levels.map((level) => level.text), announcement(line)]
      continue
    }
    const bold = line.lead !== '' && line.lead === line.text && form === 'line'
    if (bold)
      openSection(reading, levels, {
        form: 'heading',
        depth: Math.max(2, (levels.at(-1)?.depth ?? 0) + (isBoldLevel(levels) ? 0 : 1)),
        text: line.text.replace(/:$/, ''),
        span: line.span,
      })
    else if (announces(line, next)) leadIn(reading, levels, line, form)
    else if (!readFallback(reading, line, form))
      keepUnread(reading, form === 'item' ? 'bullet' : 'paragraph', line.text, line.span)
  }
}

/** A paragraph or bullet as one line, or as its sentences when it has no label: each sentence promises for itself. */
function whole(reading: Reading, block: Extract<Block, { form: 'paragraph' | 'item' }>): TextLine[] {
  const line = joined(block.lines, block.span)
  if (labelled(line, reading.lines)) return parted(reading, line)
  return sentencesOf(block.lines, line, reading.lines)
}

/** "Last review: January 2025 · Next review: July 2025" as its parts, when every part has a label that is known. */
function parted(reading: Reading, line: TextLine): TextLine[] {
  if (line.span.line !== line.span.endLine) return [line]
  const texts = line.text.split(/\s+[·•|]\s+|;\s+|\.\s+(?=\p{Lu}[^.:]{2,40}:\s)/u)
  if (texts.length === 1) return [line]
  const parts = texts.map((text) => ({ ...line, text, lead: '', span: part(line, text, reading.lines).span }))
  const known = parts.every((each) => {
    const pair = labelled(each, reading.lines)
    return pair && reading.labels.find(pair.label.text, reading.section)?.exact
  })
  return known ? parts : [line]
}

function announces(line: TextLine, next: Block | undefined): boolean {
  return /:$/.test(line.text) && next !== undefined && next.form !== 'heading'
}

function announcement(line: TextLine): string {
  return line.text.replace(/:$/, '')
}

/** "The following services are in scope:" announces the bullets or the table that stand right under it. */
function leadIn(reading: Reading, levels: { text: string }[], line: TextLine, form: 'item' | 'line'): void {
  reading.headings.push({ form: 'heading', depth: 9, text: line.text, span: line.span })
  if (form === 'line') reading.section = [...levels.map((level) => level.text), announcement(line)]
}

// A bold line after a bold line stands beside it, not under it.
function isBoldLevel(levels: { depth: number; text: string }[]): boolean {
  return (levels.at(-1)?.depth ?? 0) > 6
}

function isKeyed(reading: Reading, line: TextLine): boolean {
  const pair = labelled(line, reading.lines)
  return pair !== undefined && (line.lead !== '' || reading.labels.find(pair.label.text, reading.section) !== undefined)
}

function joined(lines: readonly TextLine[], span: Span): TextLine {
  const first = lines[0] ?? { text: '', lead: '', struck: false, span }
  if (lines.length <= 1) return first
  const text = lines.map((line) => line.text).join(' ')
  const lead = lines.every((line) => line.lead === line.text) ? text : first.lead === first.text ? '' : first.lead
  return { text, lead, struck: lines.some((line) => line.struck), span }
}

/** Asks, in turn: the labels, the kinds that the heading announces, and the kinds that know such a phrase. */
function readLine(reading: Reading, line: TextLine, form: 'item' | 'line'): boolean {
  for (const known of reading.kinds.filter((each) => each.reads.lines === 'first' && comesFirst(reading, each, line)))
    if (addClause(reading, known.kind, rowOfLine(line, form, known, [...reading.section], reading.lines))) return true
  const pair = labelled(line, reading.lines)
  const label = pair && reading.labels.find(pair.label.text, reading.section)
  if (pair && label?.exact && readLabelled(reading, line, form, pair, label.known, label.field)) return true
  for (const known of announcedBy(reading)) {
    if (addClause(reading, known.kind, rowOfLine(line, form, known, [...reading.section], reading.lines))) return true
  }
  if (pair && label && readLabelled(reading, line, form, pair, label.known, label.field)) return true
  for (const known of reading.kinds) {
    if (!matchesPhrase(known, line.text)) continue
    if (addClause(reading, known.kind, rowOfLine(line, form, known, [...reading.section], reading.lines))) return true
  }
  return false
}

// Under "Definitions" a line defines "Currency", elsewhere it states it; a quoted word that "means" something is defined anywhere.
function comesFirst(reading: Reading, known: KnownKind, line: TextLine): boolean {
  // What stands under a rule (the document's last lines) belongs to no section any more.
  const isRuledOff = reading.headings.findLast((each) => each.form !== 'columns')?.form === 'rule'
  return (
    (!isRuledOff && sectionScore(reading.section.slice(-1), known.reads) >= 3) ||
    (/^["“«]/.test(line.text) && matchesPhrase(known, line.text))
  )
}

// The heading path is one array until the next heading, so that its kinds are looked for once.
const announced = new WeakMap<string[], KnownKind[]>()

/** The kinds whose lines the headings announce, the nearest and most exact first. */
function announcedBy(reading: Reading): KnownKind[] {
  const found = announced.get(reading.section)
  if (found) return found
  const kinds = reading.kinds
    .filter((known) => known.reads.lines)
    .map((known) => ({ known, score: sectionScore(reading.section, known.reads) }))
    .filter((each) => each.score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ known }) => known)
  announced.set(reading.section, kinds)
  return kinds
}

function readLabelled(
  reading: Reading,
  line: TextLine,
  form: 'item' | 'line',
  pair: { label: Cell; value: Cell },
  known: KnownKind,
  field: string,
): boolean {
  const row: Row = {
    form,
    label: pair.label,
    cells: { value: pair.value },
    all: [pair.label, pair.value],
    field,
    section: [...reading.section],
    span: line.span,
  }
  return addClause(reading, known.kind, row)
}

const compiled = new WeakMap<KnownKind, RegExp[]>()

function matchesPhrase(known: KnownKind, text: string): boolean {
  let patterns = compiled.get(known)
  if (!patterns) {
    const { en = [], es = [] } = known.reads.phrases ?? {}
    patterns = [...en, ...es].map((pattern) => new RegExp(pattern, 'iu'))
    compiled.set(known, patterns)
  }
  return patterns.some((pattern) => pattern.test(plain(text)))
}

function readFallback(reading: Reading, line: TextLine, form: 'item' | 'line'): boolean {
  const known = reading.kinds.find((each) => each.reads.fallback)
  return (
    known !== undefined &&
    addClause(reading, known.kind, rowOfLine(line, form, known, [...reading.section], reading.lines))
  )
}

// Whatever the syntax tree has no node for (reference definitions, odd remains) is kept line by line.
function keepWhatIsLeft(reading: Reading): void {
  const owners = lineOwners(reading.headings, reading.clauses, reading.lines.length)
  reading.lines.forEach((text, index) => {
    if (text.trim() === '' || owners[index + 1] !== -1) return
    const span = { file: reading.file, line: index + 1, column: 1, endLine: index + 1, endColumn: text.length + 1 }
    keepUnread(reading, 'line', text.trim(), span)
  })
  reading.clauses.sort((a, b) => a.span.line - b.span.line || a.span.column - b.span.column)
}
