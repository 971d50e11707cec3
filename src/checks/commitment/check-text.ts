import { type Agreement, type Clause, plain, type Topic } from '../../agreement/index.ts'
import { type CommitmentTerms, commitment } from '../../clauses/commitment/index.ts'
import { type TermTerms, term } from '../../clauses/term/index.ts'
import type { Amount, Span } from '../../language/index.ts'
import type { CheckContext } from '../room.ts'
import { yearly } from '../run-rate.ts'

/** A contract year with its minimum spend, in yearly money. */
export interface YearlyMinimum {
  clause: Clause<CommitmentTerms>
  year: number
  minimum: Amount
  span: Span
}

/** Clauses that commit a minimum for a contract year; a total row stands for no year. */
export function yearlyMinimums(context: CheckContext): YearlyMinimum[] {
  return context.clauses(commitment).flatMap((clause) => {
    const { year, minimum } = clause.terms
    if (year === undefined || minimum === undefined) return []
    return [{ clause, year, minimum: yearly(minimum), span: clause.places.minimum ?? clause.span }]
  })
}

/** Clauses that give a discount from one spend to another. */
export function bands(context: CheckContext): Clause<CommitmentTerms>[] {
  return context.clauses(commitment).filter(({ terms }) => terms.from !== undefined || terms.to !== undefined)
}

/** The stated spend of the whole term. */
export function totalCommitment(context: CheckContext): Clause<TermTerms> | undefined {
  return context.clauses(term).find(({ terms }) => terms.field === 'total-commitment' && terms.amount !== undefined)
}

/** The header cell above a clause's cell of a role; undefined when it was read from no upright table. */
export function headerOf(agreement: Agreement, clause: Clause, role: string): { text: string; span: Span } | undefined {
  const column = clause.cells.find((cell) => cell.role === role)?.column
  if (!column || clause.table === undefined) return undefined
  return agreement.headings[clause.table]?.columns?.find((cell) => cell.text === column)
}

// Words that settle a topic where no rule clause was recognised: a definition, a loose sentence, a note beside a figure.
const WORDS: Partial<Record<Topic, RegExp>> = {
  'eligible-spend':
    /\b(?:eligible|qualifying) (?:spend|usage|consumption|charges)\b|\b(?:counts?|counted|contributes?|credited|applied) (?:fully )?(?:toward|towards|against)\b|\b(?:gasto|consumo) (?:elegible|computable)\b|\b(?:cuentan?|computan?|se imputan?|se abonan?)\b.*\bcompromiso/,
  'discount-base':
    /\b(?:discount|rebate|descuento|rebaja|bonificacion)\b.*\b(?:marginal|incremental|whole|entire|excess|first dollar|retroactiv\w+|tramo a tramo|todo el|totalidad|excedente)\b|\b(?:marginal|incremental|whole|entire|excess|todo el|totalidad|excedente)\b.*\b(?:discount|rebate|descuento|rebaja|bonificacion)\b/,
  shortfall:
    /\b(?:shortfall|true[- ]?up|under-?spend|unused commitment|deficit|faltante|menor consumo|menor gasto|consumo no alcanzado|no alcanz\w+ el minimo)\b/,
}

const SENTENCES = new Set(['definition', 'provision'])

/** Whether words outside the rule clauses settle a topic: definitions, loose sentences, and notes beside commitments. */
export function saidInWords(context: CheckContext, topic: Topic): boolean {
  const words = WORDS[topic]
  if (!words) return false
  return context.agreement.clauses.some((clause) => {
    if (SENTENCES.has(clause.kind)) return words.test(plain(clause.cells.map((cell) => cell.text).join(' ')))
    if (clause.kind !== 'commitment') return false
    const notes = clause.cells.filter((cell) => cell.role === undefined || cell.role === 'discount')
    // The header belongs to the note: "Discount (marginal)" says it for the whole column.
    return notes.some((cell) => words.test(plain(`${cell.column}: ${cell.text}`)))
  })
}
