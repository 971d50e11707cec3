import { z } from 'zod'
import {
  type Cell,
  type CellReader,
  parseMark,
  plain,
  type ReadClause,
  type Row,
  type Side,
} from '../../agreement/index.ts'
import { markSchema } from '../schemas.ts'

/** An area with the share of each side. */
export const responsibilityTerms = z.strictObject({
  area: z.string(),
  provider: markSchema.optional(),
  partner: markSchema.optional(),
  providerText: z.string().optional(),
  partnerText: z.string().optional(),
  note: z.string().optional(),
})

/** Terms of one responsibility clause. */
export type ResponsibilityTerms = z.infer<typeof responsibilityTerms>

type Mark = z.infer<typeof markSchema>

const WORDS: [Mark, RegExp][] = [
  ['no', /\b(?:not (?:responsible|applicable)|no responsibility|no responsable|sin responsabilidad|no aplica)\b/],
  ['shared', /\b(?:shared|jointly?|both|co-?responsible|compartid[oa]s?|conjunt[oa]s?|conjuntamente|ambos|ambas)\b/],
  ['accountable', /\b(?:accountable|owner|owns|leads?|primary|rinde cuentas|lidera|principal|titular)\b/],
  ['consulted', /\b(?:consulted|advises|consultad[oa]|asesora)\b/],
  ['informed', /\b(?:informed|notified|informad[oa]|notificad[oa])\b/],
  ['yes', /\b(?:responsible|full|fully|performs|executes|responsable|total|ejecuta|realiza|asume)\b|^[✓✔✅☑●]/],
]

/** RSC-2: a tick, a dash, a RACI letter or words; several letters give the strongest of them. */
function shareOf(text: string): Mark | undefined {
  const mark = parseMark(text)
  if (mark) return mark
  if (/^\s*[RACI](?:\s*[,/&+ ]\s*[RACI])*\s*$/i.test(text)) {
    const letters = text.toUpperCase()
    if (letters.includes('A')) return 'accountable'
    if (letters.includes('R')) return 'yes'
    return letters.includes('C') ? 'consulted' : 'informed'
  }
  const words = plain(text)
  return WORDS.find(([, pattern]) => pattern.test(words))?.[0]
}

/** RSC-1 to RSC-3: an area with each side's share; undefined when it names neither side. */
export function fromRow(row: Row, read: CellReader): ReadClause<ResponsibilityTerms> | undefined {
  const area = row.form === 'row' ? (read.text(row.cells.area) ?? row.label.text) : row.label.text
  if (area === '') return undefined
  const terms: ResponsibilityTerms = { area }
  if (row.form !== 'row') {
    if (!row.cells.value || !fromWords(terms, row.cells.value, read)) return undefined
  } else if (row.cells.accountable || row.cells.responsible) fromNamedColumns(terms, row, read)
  else fromParties(terms, row.cells.provider, row.cells.partner)
  const note = read.text(row.cells.note)
  if (note) terms.note = note
  return { key: area, title: area, ...sides(terms), terms }
}

function fromParties(terms: ResponsibilityTerms, provider: Cell | undefined, partner: Cell | undefined): void {
  if (provider && provider.text !== '') {
    terms.providerText = provider.text
    const share = shareOf(provider.text)
    if (share) terms.provider = share
  }
  if (partner && partner.text !== '') {
    terms.partnerText = partner.text
    const share = shareOf(partner.text)
    if (share) terms.partner = share
  }
}

// "Responsible | Accountable | Consulted | Informed": the cells name the sides; the weakest is written first.
function fromNamedColumns(terms: ResponsibilityTerms, row: Row, read: CellReader): void {
  const raci = row.cells.accountable !== undefined
  for (const [role, mark] of [
    ['informed', 'informed'],
    ['consulted', 'consulted'],
    ['responsible', 'yes'],
    ['accountable', 'accountable'],
  ] as const) {
    const cell = row.cells[role]
    if (cell) give(terms, read.side(cell), !raci && read.side(cell) === 'both' ? 'shared' : mark)
  }
}

// "Physical security: AWS", "Network security: shared".
function fromWords(terms: ResponsibilityTerms, cell: Cell, read: CellReader): boolean {
  const side = read.side(cell)
  const share = shareOf(cell.text)
  if (side === 'both' || (side === undefined && share === 'shared')) give(terms, 'both', 'shared')
  else if (side) give(terms, side, share === undefined || share === 'no' ? 'yes' : share)
  else return false
  return true
}

function give(terms: ResponsibilityTerms, side: Side | undefined, mark: Mark): void {
  if (side === 'provider' || side === 'both') terms.provider = mark
  if (side === 'partner' || side === 'both') terms.partner = mark
}

/** RSC-3: an obligation of the side that alone answers for the area; else a statement. */
function sides(terms: ResponsibilityTerms): Pick<ReadClause<unknown>, 'force' | 'obligor' | 'beneficiary'> {
  const answers = answering(terms)
  if (answers === 'provider') return { force: 'obligation', obligor: 'provider', beneficiary: 'partner' }
  if (answers === 'partner') return { force: 'obligation', obligor: 'partner', beneficiary: 'provider' }
  return { force: 'statement', obligor: answers, beneficiary: answers === 'both' ? 'both' : 'none' }
}

function answering({ provider, partner }: ResponsibilityTerms): Side {
  // In a RACI row the accountable side answers, whoever else does the work.
  if (provider === 'accountable' && partner !== 'accountable') return 'provider'
  if (partner === 'accountable' && provider !== 'accountable') return 'partner'
  const does = (mark: Mark | undefined): boolean => mark === 'yes' || mark === 'accountable'
  if (provider === 'shared' || partner === 'shared' || (does(provider) && does(partner))) return 'both'
  if (does(provider)) return 'provider'
  return does(partner) ? 'partner' : 'none'
}
