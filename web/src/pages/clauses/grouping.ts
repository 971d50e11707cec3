import type { Shape } from '@client'
import { VERDICTS } from '../../parts/index.ts'

/** A clause as lists show it. */
export type ClauseLine = Shape<'ClauseLine'>
type Family = Shape<'Family'>
type VerdictName = Shape<'Verdict'>

/** Families in the order in which the pages show them. */
export const FAMILIES: readonly Family[] = ['commercial', 'service', 'programme', 'governance', 'compliance', 'terms']

/** Whether a clause counts in sentences such as "63 of 85 met": obligations and targets do. */
export function isCounted({ force }: ClauseLine): boolean {
  return force === 'obligation' || force === 'target'
}

/** How many clauses of a family stand where. */
export interface FamilyCount {
  family: Family
  counted: number
  others: number
  /** From worst to best, those that occur. */
  verdicts: { verdict: VerdictName; count: number }[]
}

/** The families that have clauses, each with how many of its obligations and targets stand where. */
export function countFamilies(clauses: readonly ClauseLine[]): FamilyCount[] {
  return FAMILIES.flatMap((family) => {
    const own = clauses.filter((clause) => clause.family === family)
    if (own.length === 0) return []
    const counted = own.filter(isCounted)
    const verdicts = VERDICTS.flatMap((verdict) => {
      const count = counted.filter((clause) => clause.verdict === verdict).length
      return count > 0 ? [{ verdict, count }] : []
    })
    return [{ family, counted: counted.length, others: own.length - counted.length, verdicts }]
  })
}

/** Clauses under the heading of their family, in the order they came. */
export function byFamily(clauses: readonly ClauseLine[]): { family: Family; clauses: ClauseLine[] }[] {
  return FAMILIES.map((family) => ({ family, clauses: clauses.filter((clause) => clause.family === family) })).filter(
    (group) => group.clauses.length > 0,
  )
}
