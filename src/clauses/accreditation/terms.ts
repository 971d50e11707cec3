import { z } from 'zod'
import {
  type Cell,
  type CellReader,
  parseDate,
  parseMark,
  parseSide,
  plain,
  type ReadClause,
  type Row,
  type Side,
} from '../../agreement/index.ts'
import { statedDateSchema } from '../schemas.ts'

/** A standard and which side holds it. */
export const accreditationTerms = z.strictObject({
  standard: z.string(),
  provider: z.boolean().optional(),
  partner: z.boolean().optional(),
  validUntil: statedDateSchema.optional(),
  scope: z.string().optional(),
})

/** Terms of one accreditation clause. */
export type AccreditationTerms = z.infer<typeof accreditationTerms>

// What makes a bullet under a heading such as "Compliance" a standard, and not a sentence about one.
const LOOKS_LIKE_STANDARD =
  /\b(?:iso(?:\/iec)?|iec|soc ?[123]|pci|nist|hipaa|hitrust|gdpr|fedramp|irap|tisax|hds|ens|c5|csa(?: star)?|isae|ssae|une|nch|ntp|nmx|bs|din|cyber essentials|dspt|swift|esquema nacional)\b/

const HELD =
  /\b(?:certified|held|holds|holder|valid|attested|accredited|compliant|current|certificad[oa]|vigente|acreditad[oa]|cumple|obtenid[oa])\b|^[✓✔✅☑●]/
const NOT_HELD =
  /\b(?:not (?:held|certified|valid)|in progress|planned|pending|expired|lapsed|no (?:certificad[oa]|vigente)|en (?:curso|proceso|progreso)|planificad[oa]|pendiente|vencid[oa]|caducad[oa])\b|^[✗✘☐❌]/

/** ACC-2: a tick or words as held or not; undefined when the cell is empty or says something else. */
function heldIn(cell: Cell | undefined): boolean | undefined {
  if (!cell || cell.text.trim() === '') return undefined
  const mark = parseMark(cell.text)
  if (mark) return mark === 'yes' || mark === 'accountable' || mark === 'shared'
  const words = plain(cell.text)
  if (NOT_HELD.test(words)) return false
  return HELD.test(words) || parseDate(cell.text) !== undefined ? true : undefined
}

/** ACC-1: a row or bullet as a standard with its holders; undefined when it names no standard. */
export function fromRow(row: Row, read: CellReader): ReadClause<AccreditationTerms> | undefined {
  const terms = row.form === 'row' ? ofRow(row, read) : ofLine(row, read)
  if (!terms || terms.standard === '') return undefined
  const obligor: Side = terms.provider ? (terms.partner ? 'both' : 'provider') : terms.partner ? 'partner' : 'none'
  const beneficiary = obligor === 'provider' ? 'partner' : obligor === 'partner' ? 'provider' : obligor
  const force = obligor === 'none' ? 'statement' : 'obligation'
  return { key: terms.standard, title: terms.standard, force, obligor, beneficiary, terms }
}

function ofRow(row: Row, read: CellReader): AccreditationTerms | undefined {
  const standard = read.text(row.cells.standard)
  if (standard === undefined) return undefined
  const terms: AccreditationTerms = { standard }
  const side = row.cells.holder && read.side(row.cells.holder)
  // "Holders: 8" counts certified people, which is another kind's business.
  if (row.cells.holder && side === undefined && read.text(row.cells.holder) !== undefined) return undefined
  hold(terms, side)
  const provider = heldIn(row.cells.provider)
  const partner = heldIn(row.cells.partner)
  if (provider !== undefined) terms.provider = provider
  if (partner !== undefined) terms.partner = partner
  const until =
    row.cells.validUntil && read.text(row.cells.validUntil) ? parseDate(row.cells.validUntil.text) : undefined
  const written = until ?? dateIn(row.cells.provider) ?? dateIn(row.cells.partner)
  if (written) terms.validUntil = written
  const scope = read.text(row.cells.scope)
  if (scope) terms.scope = scope
  return terms
}

function dateIn(cell: Cell | undefined): AccreditationTerms['validUntil'] {
  return cell && parseDate(cell.text)
}

// "ISO 27001: AWS and WOM", "SOC 2 Type II – held by AWS, valid until 31 March 2026", "PCI DSS (both)".
function ofLine(row: Row, read: CellReader): AccreditationTerms | undefined {
  const whole = row.cells.text?.text ?? ''
  if (!LOOKS_LIKE_STANDARD.test(plain(whole))) return undefined
  const bracket = /^([^()]+)\(([^()]+)\)/.exec(whole)
  const name =
    (row.cells.value
      ? row.label.text
      : (bracket?.[1] ?? whole.split(/,|\b(?:held|holder|valid|vigente|en poder)\b/)[0])) ?? ''
  const said = row.cells.value?.text ?? bracket?.[2] ?? whole.slice(name.length)
  const side = parseSide(said, read.parties)
  const date = parseDate(said)
  if (row.form !== 'item' && !side && !date) return undefined
  const terms: AccreditationTerms = { standard: name.trim().replace(/[,;:]$/, '') }
  if (terms.standard.split(/\s+/).length > 8) return undefined
  if (NOT_HELD.test(plain(said))) hold(terms, side, false)
  else hold(terms, side)
  if (date) terms.validUntil = date
  return terms
}

function hold(terms: AccreditationTerms, side: Side | undefined, held = true): void {
  if (side === 'provider' || side === 'both') terms.provider = held
  if (side === 'partner' || side === 'both') terms.partner = held
}
