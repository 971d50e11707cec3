import type { EvidenceFact } from '../../evidence/index.ts'
import { addDays, addDuration, amountOf, decimalText, type IsoDate, sum } from '../../language/index.ts'
import { derivedFrom } from '../derived.ts'

/**
 * SFU-4, SFU-5: what was claimed, each amount once. Of each programme's year the newest statement counts: one that its claims explain
 * is told month by month, so that it counts in whatever time is asked of and shows that there were no other claims; one that says
 * something else stands for its time beside them, and whether they agree is seen by who judges.
 */
export function derive(facts: readonly EvidenceFact[]): EvidenceFact[] {
  const statements = newestOf(facts.filter((fact) => fact.dataset === 'wallets'))
  const alone = statements.filter(({ values }) => values.listed !== values.used)
  const claims = facts.filter(
    (fact) =>
      fact.dataset === 'fund-claims' &&
      fact.values.claimed !== undefined &&
      !alone.some((statement) => isInYearOf(fact, statement)),
  )
  return [
    ...claims.map((fact) => claimed([fact], fact, String(fact.values.claimed))),
    ...alone.map((fact) => claimed([fact], fact, String(fact.values.used))),
    ...statements.filter((fact) => !alone.includes(fact)).flatMap((fact) => byMonth(fact, claims)),
  ]
}

function newestOf(wallets: readonly EvidenceFact[]): EvidenceFact[] {
  const newest = new Map<string, EvidenceFact>()
  for (const fact of wallets) {
    const key = JSON.stringify([fact.values.programme, fact.values.currency, fact.values.yearEnds])
    const before = newest.get(key)
    if (!before || fact.to > before.to) newest.set(key, fact)
  }
  return [...newest.values()]
}

// A claim of the year's activities that was made after the year is already in the year's statement.
function isInYearOf({ values, from }: EvidenceFact, statement: EvidenceFact): boolean {
  const { activityDate, programme } = values
  const isOfYear = typeof activityDate === 'string' && activityDate >= statement.from && activityDate <= statement.to
  return isOfYear && programme === statement.values.programme && from > statement.to && isFinal(statement)
}

function isFinal({ to, values }: EvidenceFact): boolean {
  return to === values.yearEnds
}

function claimed(from: readonly EvidenceFact[], of: EvidenceFact, amount: string, time = of): EvidenceFact {
  const { programme = '', currency = '', claim } = of.values
  const values = { programme, claimed: amount, currency, ...(claim === undefined ? { statement: true } : { claim }) }
  return derivedFrom(from, { dataset: 'funds', from: time.from, to: time.to, values })
}

function byMonth(statement: EvidenceFact, claims: readonly EvidenceFact[]): EvidenceFact[] {
  const { programme, currency } = statement.values
  const own = claims.filter(({ values }) => values.programme === programme && values.currency === currency)
  return monthsOf(statement.from, statement.to).map((month) => {
    const inside = own.filter((each) => each.from >= month.from && each.to <= month.to)
    const total = sum(inside.map(({ values }) => amountOf(String(values.claimed), String(currency))))
    return claimed([statement, ...inside], statement, total ? decimalText(total) : '0', { ...statement, ...month })
  })
}

/** Months from day to day; a single day at the end goes with the month before, as a statement of one day looks like a claim. */
function monthsOf(from: IsoDate, to: IsoDate): { from: IsoDate; to: IsoDate }[] {
  const months: { from: IsoDate; to: IsoDate }[] = []
  for (let start = from; start <= to; ) {
    const next = addDuration(`${start.slice(0, 7)}-01`, { amount: '1', unit: 'month' })
    const end = next <= to ? addDays(next, -1) : to
    const before = months.at(-1)
    if (start < end) months.push({ from: start, to: end })
    else if (before) before.to = end
    start = next
  }
  return months
}
