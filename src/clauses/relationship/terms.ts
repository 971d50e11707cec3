import { z } from 'zod'
import { type CellReader, parseSide, plain, type ReadClause, type Row } from '../../agreement/index.ts'

/** A role with the person or post on each side. */
export const relationshipTerms = z.strictObject({
  role: z.string(),
  provider: z.string().optional(),
  partner: z.string().optional(),
})

/** Terms of one relationship clause. */
export type RelationshipTerms = z.infer<typeof relationshipTerms>

// A seat that nobody holds is as good as an empty cell.
const VACANT =
  /^(?:vacant|vacante|tbd|tbc|to be (?:defined|confirmed|appointed)|por (?:definir|confirmar|designar)|a definir|sin (?:asignar|designar)|nobody|nadie|[?.…]+)$/

/** REL-1: a role with its holder on each side; a bullet must name a side. */
export function fromRow(row: Row, read: CellReader): ReadClause<RelationshipTerms> | undefined {
  const role = row.form === 'row' ? (read.text(row.cells.role) ?? '') : row.label.text
  if (role === '') return undefined
  const terms: RelationshipTerms = { role }
  if (row.form !== 'row') {
    if (!row.cells.value || !ofLine(terms, row.cells.value.text, read)) return undefined
  } else if (row.cells.side) {
    const side = read.side(row.cells.side)
    const holder = holderOf(read.text(row.cells.holder))
    if (holder && (side === 'provider' || side === 'both')) terms.provider = holder
    if (holder && (side === 'partner' || side === 'both')) terms.partner = holder
  } else {
    const provider = holderOf(read.text(row.cells.provider))
    const partner = holderOf(read.text(row.cells.partner))
    if (provider) terms.provider = provider
    if (partner) terms.partner = partner
  }
  return { key: role, title: role, force: 'statement', obligor: 'both', beneficiary: 'both', terms }
}

function holderOf(text: string | undefined): string | undefined {
  return text === undefined || VACANT.test(plain(text)) ? undefined : text
}

// "Partner Manager: ISV Partner Manager (AWS), Alliance Director (WOM)".
function ofLine(terms: RelationshipTerms, text: string, read: CellReader): boolean {
  let named = false
  for (const part of text.split(/[;/]|,(?![^(]*\))/)) {
    const side = parseSide(part.replace(/[()]/g, ' '), read.parties)
    if (side !== 'provider' && side !== 'partner') continue
    const holder = holderOf(withoutSide(part, read))
    named = true
    if (holder) terms[side] = holder
  }
  return named
}

function withoutSide(part: string, read: CellReader): string | undefined {
  const inBracket = /^(.*?)\s*\(([^()]*)\)\s*$/.exec(part.trim())
  if (inBracket?.[1] && parseSide(inBracket[2] ?? '', read.parties)) return inBracket[1].trim()
  const before = /^([^:–]+?)\s*[:–]\s*(.+)$/.exec(part.trim())
  if (before?.[2] && parseSide(before[1] ?? '', read.parties)) return before[2].trim()
  return part.trim() || undefined
}
