import { z } from 'zod'
import type { CellReader, ReadClause, Row } from '../../agreement/index.ts'

/** A defined term. */
export const definitionTerms = z.strictObject({
  term: z.string(),
  meaning: z.string(),
})

/** Terms of one definition clause. */
export type DefinitionTerms = z.infer<typeof definitionTerms>

// "In this agreement, “Platform” means …", "Para los efectos de este contrato, «Plataforma» significa …".
const LEAD_IN = String.raw`^(?:(?:for (?:the )?purposes? of|as used in|in|under) (?:this|the|these) [\p{L} ]{3,40}?,?\s+|(?:para (?:los )?(?:efectos|fines) de|a (?:los )?efectos de|en) (?:est[ea]|el|la|los|las)(?: presente)? ?[\p{L} ]{0,40}?,?\s+(?:por )?)?`
const QUOTED = new RegExp(
  LEAD_IN +
    String.raw`(?:the (?:terms?|expressions?|words?) |(?:el término|la expresión) |por )?["“”«'‘]\s*(.+?)\s*["“”»'’]\s*(?:\([^)]*\)\s*)?[:,–—-]?\s*(.*)$`,
  'iu',
)
const VERB =
  /^(.{2,60}?)\s*[,:–—-]?\s+(?:shall mean|means?|has the meaning(?: of)?|is defined as|refers to|significará|significa|se define como|se entiende(?:rá)? por|se entiende(?:rá)? como|(es|son|is|are))\b[:,]?\s*(.*)$/iu
const SPANISH_FIRST =
  /^(?:se entiende(?:rá)?|entiéndese)\s+por\s+["“«]?(.+?)["”»]?\s*[,:]?\s+(?:a |al |el |la |los |las |lo |todo |toda |cualquier )(.*)$/iu
const LEADING_VERB =
  /^(?:shall mean|means?|has the meaning(?: of)?|is defined as|refers to|significará|significa|se define como|se entiende(?:rá)? (?:por|como))\b[:,]?\s*/iu

/** DEF-1: a row, a line or a bullet that says what a word means; undefined when it defines nothing. */
export function fromRow(row: Row, _read: CellReader): ReadClause<DefinitionTerms> | undefined {
  const pair = row.form === 'row' ? tablePair(row) : linePair(row)
  if (!pair) return undefined
  const term = pair.term.replace(/^["“”«»'‘’\s]+|["“”«»'‘’\s:]+$/g, '')
  const meaning = pair.meaning.trim()
  if (term === '' || meaning === '') return undefined
  return { key: term, title: term, force: 'statement', obligor: 'none', beneficiary: 'none', terms: { term, meaning } }
}

function tablePair(row: Row): DefinitionTerms | undefined {
  const { term = row.label, meaning } = row.cells
  return meaning && { term: term.text, meaning: meaning.text }
}

function linePair(row: Row): DefinitionTerms | undefined {
  const text = row.all.length > 1 && row.cells.text ? row.cells.text.text : (row.cells.text?.text ?? row.label.text)
  const first = SPANISH_FIRST.exec(text)
  if (first?.[1] && first[2]) return { term: first[1], meaning: first[2] }
  const quoted = QUOTED.exec(text)
  if (quoted?.[1] && quoted[2]) return { term: quoted[1], meaning: quoted[2].replace(LEADING_VERB, '') }
  const value = row.cells.value?.text
  if (value && row.label.text.split(/\s+/).length <= 6)
    return { term: row.label.text, meaning: value.replace(LEADING_VERB, '') }
  const verb = VERB.exec(text)
  if (!verb?.[1] || !verb[3] || (verb[2] && !soundsDefined(verb[1], row))) return undefined
  return { term: verb[1], meaning: verb[3] }
}

// "Headings are for convenience" says how to read the text; "the Platform is …" and lines under "Definitions" say what a word means.
function soundsDefined(term: string, row: Row): boolean {
  const [, ...rest] = term.split(/\s+/)
  const short = rest.length < 4 && !/^(?:a|an|any|una?|cualquier)\s/i.test(term)
  return (
    short &&
    (rest.some((word) => /^\p{Lu}/u.test(word)) || /defin|glos|t[eé]rmin|terms/i.test(row.section.at(-1) ?? ''))
  )
}
