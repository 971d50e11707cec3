import type { Clause } from '../../agreement/index.ts'
import { plain } from '../../agreement/index.ts'
import type { CommitmentTerms } from '../../clauses/commitment/index.ts'
import {
  type Amount,
  amountOf,
  compare,
  decimal,
  decimalText,
  exact,
  subtract,
  sum,
  zeroLike,
} from '../../language/index.ts'
import type { CheckContext, Draft } from '../room.ts'
import { comparable, runRate } from '../run-rate.ts'
import { bands, totalCommitment, yearlyMinimums } from './check-text.ts'

/** A band with both its ends; `to` is open in the highest band and where only thresholds are written. */
export interface Band {
  clause: Clause<CommitmentTerms>
  from: Amount
  to?: Amount
  /** The text wrote the lower end. */
  stated: boolean
}

/** All bands by their lower end; empty when they are in several currencies. */
export function bandLadder(context: CheckContext): Band[] {
  const clauses = bands(context)
  const ends = clauses.flatMap(({ terms }) => [terms.from, terms.to].flatMap((end) => (end ? [exact(end)] : [])))
  if (!comparable(ends)) return []
  const ladder = clauses.map((clause): Band => {
    const { from, to } = clause.terms
    const lower = from ? exact(from) : undefined
    const upper = to ? exact(to) : undefined
    const band: Band = { clause, from: lower ?? zeroLike((upper ?? lower) as Amount), stated: from !== undefined }
    return upper ? { ...band, to: upper } : band
  })
  ladder.sort((a, b) => compare(a.from, b.from) || compare(a.to ?? a.from, b.to ?? b.from))
  // "Up to 1M", "up to 3M": each begins where the one before it ends.
  ladder.forEach((band, index) => {
    const before = ladder[index - 1]
    if (!band.stated && before?.to) band.from = before.to
  })
  return ladder
}

/** CMT-6: a spend between two bands belongs to neither. */
export function tierGap(context: CheckContext): Draft[] {
  return neighbours(context).flatMap(([before, band]): Draft[] => {
    if (!before.to || compare(band.from, before.to) <= 0) return []
    const hole = subtract(band.from, before.to)
    if (compare(hole, lastDigit(before.to)) === 0) return []
    return [between(before, band, 'ends', before.to, band.from)]
  })
}

/** CMT-7: a spend belongs to two bands. A common end alone is no overlap. */
export function tierOverlap(context: CheckContext): Draft[] {
  return neighbours(context).flatMap(([before, band]): Draft[] => {
    // Thresholds ("above 1M", "above 3M") are read as a ladder: the highest one reached counts.
    if (!before.to && !band.to) return []
    if (before.to && compare(band.from, before.to) >= 0) return []
    if (!before.to && compare(band.from, before.from) === 0) return []
    const end = before.to && band.to && compare(band.to, before.to) < 0 ? band.to : (before.to ?? band.to ?? band.from)
    return [between(before, band, 'holds', band.from, end)]
  })
}

function neighbours(context: CheckContext): [Band, Band][] {
  const ladder = bandLadder(context)
  return ladder.slice(1).map((band, index) => [ladder[index] as Band, band])
}

function between(before: Band, band: Band, label: string, from: Amount, to: Amount): Draft {
  return {
    at: band.clause.places.band ?? band.clause.span,
    clause: band.clause.id,
    params: { from, to },
    related: [{ span: before.clause.places.band ?? before.clause.span, label }],
    operands: [before.clause.id],
  }
}

/** For an end written with nines (999,999; 2.99M) one unit of its last digit, the usual way to write "below the next". */
function lastDigit(end: Amount): Amount {
  const text = decimalText(end)
  const [, zeros = ''] = /9(0*)$/.exec(text.replace('.', '')) ?? []
  if (!/9[0.]*$/.test(text)) return zeroLike(end)
  const places = text.includes('.') ? (text.split('.')[1] ?? '').length : 0
  return amountOf(
    decimal(10)
      .pow(zeros.length - places)
      .toFixed(),
    end.currency,
    end.sign,
  )
}

const CUMULATIVE = /\b(?:cumulative|aggregate|total|whole term|over the term|acumulad[oa]|agregad[oa]|vigencia|plazo)\b/

/** CMT-9: a band begins above any spend that the commitment or the estimates reach. */
export function tierUnreachable(context: CheckContext): Draft[] {
  const ladder = bandLadder(context)
  const [first] = ladder
  if (!first) return []
  const cumulative = ladder.some(({ clause }) => isCumulative(clause))
  const reach = furthest(context, cumulative)
  if (!reach || !comparable([reach, first.from])) return []
  return ladder.flatMap(({ clause, from }): Draft[] => {
    if (compare(from, reach) <= 0 || clause.terms.discount === undefined) return []
    return [
      {
        at: clause.places.band ?? clause.span,
        clause: clause.id,
        params: { from, reach, gap: subtract(from, reach), discount: { percent: clause.terms.discount } },
        related: reasons(context),
        operands: [decimalText(from)],
      },
    ]
  })
}

function isCumulative(clause: Clause): boolean {
  const column = clause.cells.find((cell) => cell.role === 'band')?.column ?? ''
  return CUMULATIVE.test(plain(`${column} ${clause.section.at(-1) ?? ''}`))
}

/** The most that is spent in a year (or, for cumulative bands, in the whole term) by commitment or by estimate. */
function furthest(context: CheckContext, cumulative: boolean): Amount | undefined {
  const minimums = yearlyMinimums(context)
  const total = totalCommitment(context)?.terms.amount
  const amounts = minimums.map((each) => each.minimum)
  const rate = runRate(context)
  // An open-ended rate says nothing of how far the spend goes.
  if (rate && !rate.complete) return undefined
  if (rate && !cumulative) amounts.push(rate.total)
  if (total && (cumulative || minimums.length === 0)) amounts.push(exact(total))
  if (!comparable(amounts)) return undefined
  if (cumulative && minimums.length > 0 && !total) return sum(amounts)
  return amounts.reduce<Amount | undefined>((most, each) => (most && compare(most, each) >= 0 ? most : each), undefined)
}

function reasons(context: CheckContext): NonNullable<Draft['related']> {
  const years = yearlyMinimums(context).map(({ span }) => ({ span, label: 'minimum' }))
  const total = totalCommitment(context)
  if (years.length === 0 && total) years.push({ span: total.places.value ?? total.span, label: 'minimum' })
  const estimates = runRate(context)?.services.map(({ span }) => ({ span, label: 'estimate' })) ?? []
  return [...years, ...estimates]
}
