import type { Span } from '../language/index.ts'
import type { TextLine } from './blocks.ts'
import type { Cell, ColumnWords, KnownKind, Row } from './clause.ts'
import { parseDuration, parseFrequency } from './measures.ts'
import { isCurrency } from './values.ts'

/** `Label: value` as two cells; undefined when the line is not of that form. */
export function labelled(line: TextLine, source: readonly string[]): { label: Cell; value: Cell } | undefined {
  const lead = line.lead.replace(/[:.\s]+$/, '')
  // "02:00" is a time of day, no label.
  const colon = line.text.search(/(?<!\d):|:(?!\d)/)
  const cut =
    colon > 0 ? colon : lead && line.text.startsWith(lead) && line.text.length > lead.length ? lead.length : -1
  if (cut <= 0) return dashed(line, source)
  const label = line.text.slice(0, cut).trim()
  const value = line.text
    .slice(cut)
    .replace(/^[:.\s–—-]+/, '')
    .trim()
  if (label === '' || value === '' || label.split(/\s+/).length > 10) return undefined
  return { label: part(line, label, source), value: part(line, value, source) }
}

// "Owner - Commercial Director": a dash between blanks separates as well as a colon.
function dashed(line: TextLine, source: readonly string[]): { label: Cell; value: Cell } | undefined {
  const match = /^(.{2,50}?)\s+[–—-]\s+(.+)$/.exec(line.text)
  if (!match?.[1] || !match[2] || match[1].split(/\s+/).length > 6) return undefined
  return { label: part(line, match[1], source), value: part(line, match[2], source) }
}

/** A piece of a line with its own place, found in the source; the whole line when emphasis hides it. */
export function part(line: TextLine, text: string, source: readonly string[], column = ''): Cell {
  const raw = source[line.span.line - 1] ?? ''
  const at = line.span.line === line.span.endLine ? raw.indexOf(text, Math.max(0, line.span.column - 1)) : -1
  const span: Span =
    at < 0
      ? line.span
      : {
          file: line.span.file,
          line: line.span.line,
          column: at + 1,
          endLine: line.span.line,
          endColumn: at + 1 + text.length,
        }
  return line.struck ? { text, span, column, struck: true } : { text, span, column }
}

// Case matters here: with "i" any three letters would be a currency ("and 5", "EUR 4,000 per").
const MAGNITUDE = '(?:[kK]|[mM]{1,2}|bn|[mM]illion|[mM]illones|[mM]ill[oó]n|[tT]housand|[mM]il)'
const MONEY = new RegExp(
  String.raw`(?:US\$|U\$S|CLP\$?|MX\$|COL\$|S\/\.?|R\$|(?<![A-Za-z])[A-Z]{3}\$?|[$€£])\s?\d[\d.,]*(?:\s?${MAGNITUDE}\b)?(?:\s?[A-Z]{3}\b)?` +
    String.raw`|\d[\d.,]*\s?${MAGNITUDE}?\s?(?:USD|EUR|CLP|MXN|PEN|GBP|COP|SEK|NOK|DKK|[dD]ollars|[dD]ólares|[eE]uros|[pP]esos|[sS]oles)\b`,
  'g',
)
const PERCENT = /[\d.,]*\d\s?(?:%|percent\b|per cent\b|por ciento\b)/i
const DATE =
  /\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{1,2}(?:st|nd|rd|th|º)?\s+(?:de\s+)?\p{L}{3,10}\.?\s+(?:de[l]?\s+)?\d{4}|\p{L}{3,10}\s+\d{1,2},?\s+\d{4}|\p{L}{3,10}\s+(?:de\s+)?(?:19|20)\d{2}/u
const NUMBER = /\d[\d.,]*\d|\d/

/** Finds the values that a kind's columns ask for inside one line of text, each once and each with its place. */
export function cellsOfLine(
  line: TextLine,
  columns: Record<string, ColumnWords>,
  label: Cell,
  body: string,
  source: readonly string[],
): Record<string, Cell> {
  const cells: Record<string, Cell> = {}
  let rest = body
  const order = ['money', 'percentage', 'date', 'duration', 'frequency', 'number'] as const
  for (const kind of order) {
    for (const [role, words] of Object.entries(columns)) {
      if (words.value !== kind || cells[role]) continue
      const text = findValue(kind, rest)
      if (!text) continue
      cells[role] = part(line, text, source, role)
      rest = rest.replace(text, ' ')
    }
  }
  const firstText = Object.entries(columns).find(
    ([, words]) => words.required && (words.value ?? 'text') === 'text' && !words.party,
  )
  if (firstText && !cells[firstText[0]]) cells[firstText[0]] = label
  const nextText = Object.entries(columns).find(
    ([role, words]) => (words.value ?? 'text') === 'text' && !words.party && !cells[role],
  )
  if (nextText && body.trim() !== '') cells[nextText[0]] = part(line, body.trim(), source, nextText[0])
  return cells
}

function findValue(
  kind: 'money' | 'percentage' | 'date' | 'duration' | 'frequency' | 'number',
  text: string,
): string | undefined {
  switch (kind) {
    case 'money':
      return moneyIn(text)[0]?.text
    case 'percentage':
      return PERCENT.exec(text)?.[0]
    case 'date':
      return DATE.exec(text)?.[0]
    case 'number':
      return NUMBER.exec(text)?.[0]
    case 'duration':
      return parseDuration(text, '.') ? text : undefined
    default:
      return parseFrequency(text) ? text : undefined
  }
}

/** Every amount of money written in a text, with where it begins. */
export function moneyIn(text: string): { text: string; index: number }[] {
  return [...text.matchAll(MONEY)]
    .map((match) => ({ text: match[0].trim(), index: match.index }))
    .filter((found) => isMoney(found.text))
}

// "ISO 27001" is a name, not an amount: letters before a number must be a currency's code.
function isMoney(found: string): boolean {
  const code = /^([A-Z]{3})\s?\d/.exec(found)?.[1]
  return code === undefined || isCurrency(code)
}

/** A bullet or line as a row of a kind: typed values where the kind's columns ask for them, and always `text`. */
export function rowOfLine(
  line: TextLine,
  form: 'item' | 'line',
  known: KnownKind,
  section: string[],
  source: readonly string[],
): Row {
  const pair = labelled(line, source)
  const whole = part(line, line.text, source)
  const label = pair?.label ?? whole
  const columns = known.reads.tables?.[0]?.columns ?? {}
  const cells = cellsOfLine(line, columns, label, pair?.value.text ?? line.text, source)
  cells.text ??= whole
  if (pair) cells.value ??= pair.value
  const all = pair ? [pair.label, pair.value] : [whole]
  return { form, label, cells, all, section, span: line.span }
}
