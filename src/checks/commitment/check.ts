import type { Clause, Topic } from '../../agreement/index.ts'
import { type CommitmentTerms, commitment } from '../../clauses/commitment/index.ts'
import {
  type Amount,
  add,
  compare,
  decimal,
  message,
  percentOf,
  type Span,
  subtract,
  sum,
  trace,
} from '../../language/index.ts'
import type { CheckContext, Draft } from '../room.ts'
import { comparable } from '../run-rate.ts'
import { bandLadder } from './check-bands.ts'
import { headerOf, saidInWords, totalCommitment, yearlyMinimums } from './check-text.ts'

type Commitment = Clause<CommitmentTerms>

// Clauses that no rule of the topic covers; none when words elsewhere settle it for all.
function unsettled(context: CheckContext, topic: Topic, clauses: readonly Commitment[]): Commitment[] {
  const open = clauses.filter((clause) => !context.rules.find(topic, clause.id))
  return open.length > 0 && saidInWords(context, topic) ? [] : open
}

/** The finding about all commitments at once: at the column's header, or at the total when only a total is committed. */
function aboutCommitments(context: CheckContext, topic: Topic): Draft[] {
  const years = yearlyMinimums(context).map((each) => each.clause)
  const total = totalCommitment(context)
  const totalSpan = total && (total.places.value ?? total.span)
  const open = unsettled(context, topic, years)
  const [first] = open
  if (!first) {
    if (years.length > 0 || !total || context.rules.find(topic, total.id) || saidInWords(context, topic)) return []
    return [{ at: totalSpan ?? total.span, clause: total.id }]
  }
  const related = open.map((clause) => ({ span: clause.places.minimum ?? clause.span, label: 'year' }))
  if (totalSpan) related.unshift({ span: totalSpan, label: 'total' })
  const at = headerOf(context.agreement, first, 'minimum')?.span ?? first.places.minimum ?? first.span
  return [{ at, clause: first.id, related: related.filter(({ span }) => span !== at) }]
}

/** CMT-2: which spend counts toward the commitment is not said. */
export function eligibleSpendUndefined(context: CheckContext): Draft[] {
  return aboutCommitments(context, 'eligible-spend')
}

/** CMT-4: what a shortfall costs is not said. */
export function shortfallUndefined(context: CheckContext): Draft[] {
  return aboutCommitments(context, 'shortfall')
}

/** A spend with the discount that both readings give on it. */
interface TwoDiscounts {
  clause: Commitment
  spend: Amount
  whole: Amount
  marginal: Amount
}

interface Step {
  clause: Commitment
  spend: Amount
  percent: string
  span: Span
}

/** CMT-3: the rate on everything against each rate on its own slice only, at the spend of every step. */
function twoDiscounts(steps: readonly Step[]): TwoDiscounts[] {
  const sorted = [...steps].sort((a, b) => compare(a.spend, b.spend))
  let marginal: Amount | undefined
  let below: Amount | undefined
  return sorted.map(({ clause, spend, percent }) => {
    const slice = percentOf(below ? subtract(spend, below) : spend, percent)
    marginal = marginal ? add(marginal, slice) : slice
    below = spend
    return { clause, spend, whole: percentOf(spend, percent), marginal }
  })
}

function steps(context: CheckContext): Step[] {
  const fromYears = yearlyMinimums(context).flatMap(({ clause, minimum }) =>
    clause.terms.discount === undefined
      ? []
      : [{ clause, spend: minimum, percent: clause.terms.discount, span: clause.places.discount ?? clause.span }],
  )
  if (fromYears.length > 0) return fromYears
  return bandLadder(context).flatMap(({ clause, to }) =>
    to === undefined || clause.terms.discount === undefined
      ? []
      : [{ clause, spend: to, percent: clause.terms.discount, span: clause.places.discount ?? clause.span }],
  )
}

/** CMT-3: discount on the marginal or the whole volume is not said; silent when both come to the same. */
export function discountBaseUndefined(context: CheckContext): Draft[] {
  const all = steps(context)
  const [first] = unsettled(
    context,
    'discount-base',
    all.map((step) => step.clause),
  )
  if (!first || !comparable(all.map((step) => step.spend))) return []
  const results = twoDiscounts(all)
  const apart = results.filter((each) => compare(each.whole, each.marginal) !== 0)
  const whole = sum(apart.map((each) => each.whole))
  const marginal = sum(apart.map((each) => each.marginal))
  if (!whole || !marginal) return []
  const code = 'commitment/discount-base-undefined'
  const each = apart.map(({ clause, ...amounts }) =>
    message(`${code}.label.result`, { title: clause.title, ...amounts }),
  )
  const at = headerOf(context.agreement, first, 'discount')?.span ?? first.places.discount ?? first.span
  const children = apart.map(({ clause, whole: value, spend, marginal: slice }) =>
    trace('formula', message(`${code}.label.result`, { title: clause.title, spend, whole: value, marginal: slice }), {
      value: subtract(value, slice),
      span: clause.places.discount ?? clause.span,
    }),
  )
  const difference = compare(whole, marginal) >= 0 ? subtract(whole, marginal) : subtract(marginal, whole)
  return [
    {
      at,
      clause: first.id,
      params: { results: each, difference },
      related: all.map(({ span, percent }) => ({ span, label: 'discount', params: { discount: { percent } } })),
      money: difference,
      trace: trace('formula', message(`${code}.label.difference`), { value: difference, children }),
    },
  ]
}

/** CMT-5: a larger commitment or band earns a smaller discount than the one before it. */
export function tierOrder(context: CheckContext): Draft[] {
  const years = yearlyMinimums(context).map(({ clause, minimum }) => ({ clause, spend: minimum }))
  const ladder = bandLadder(context).map(({ clause, from }) => ({ clause, spend: from }))
  return [...falls(years), ...falls(ladder)]
}

function falls(tiers: readonly { clause: Commitment; spend: Amount }[]): Draft[] {
  if (!comparable(tiers.map((tier) => tier.spend))) return []
  const sorted = tiers
    .flatMap(({ clause, spend }) => {
      const { discount } = clause.terms
      return discount === undefined ? [] : [{ clause, spend, percent: discount }]
    })
    .sort((a, b) => compare(a.spend, b.spend))
  return sorted.flatMap((tier, index): Draft[] => {
    const before = sorted[index - 1]
    if (!before || compare(before.spend, tier.spend) === 0) return []
    if (decimal(tier.percent).gte(decimal(before.percent))) return []
    const [discount, other] = [{ percent: tier.percent }, { percent: before.percent }]
    return [
      {
        at: tier.clause.places.discount ?? tier.clause.span,
        clause: tier.clause.id,
        params: { spend: tier.spend, discount, otherSpend: before.spend, other },
        related: [
          { span: before.clause.places.discount ?? before.clause.span, label: 'other', params: { discount: other } },
        ],
        operands: [before.clause.id],
      },
    ]
  })
}

/** CMT-8: a contract year is missing between the others, or stands twice in one table. */
export function yearSequence(context: CheckContext): Draft[] {
  const tables = new Map<string, { clause: Commitment; year: number }[]>()
  for (const clause of context.clauses(commitment)) {
    const { year } = clause.terms
    if (year === undefined) continue
    const table = clause.section.join('\u0000')
    const rows = tables.get(table)
    if (rows) rows.push({ clause, year })
    else tables.set(table, [{ clause, year }])
  }
  return [...tables.values()].flatMap((rows) => [...repeated(rows), ...skipped(rows)])
}

function repeated(rows: readonly { clause: Commitment; year: number }[]): Draft[] {
  const seen = new Map<number, Commitment>()
  return rows.flatMap(({ clause, year }): Draft[] => {
    const first = seen.get(year)
    seen.set(year, first ?? clause)
    if (!first) return []
    return [
      {
        at: clause.places.year ?? clause.span,
        clause: clause.id,
        params: { year, what: { word: 'commitment/year-sequence.label.repeated' } },
        related: [{ span: first.places.year ?? first.span, label: 'first' }],
        operands: ['repeated', String(year)],
      },
    ]
  })
}

function skipped(rows: readonly { clause: Commitment; year: number }[]): Draft[] {
  const sorted = [...rows].sort((a, b) => a.year - b.year)
  // A table of one year may be an extract; from two on, the years are meant to follow each other from the first.
  if (sorted.length < 2) return []
  return sorted.flatMap(({ clause, year }, index): Draft[] => {
    const before = sorted[index - 1]
    const previous = before?.year ?? 0
    if (year - previous <= 1) return []
    return [
      {
        at: clause.places.year ?? clause.span,
        clause: clause.id,
        params: { year: previous + 1, what: { word: 'commitment/year-sequence.label.skipped' } },
        related: before ? [{ span: before.clause.places.year ?? before.clause.span, label: 'before' }] : [],
        operands: ['skipped', String(previous + 1)],
      },
    ]
  })
}
