import { plain } from '../../agreement/index.ts'
import { type Amount, amountOf, decimal, message, percentOf, sum, type TraceNode, trace } from '../../language/index.ts'
import { coverage, evidenced } from '../judging.ts'
import type { JudgeContext } from '../room.ts'
import { isNumber } from './figures.ts'
import type { ServiceLevelTerms } from './terms.ts'
import type { Window } from './windows.ts'

/** A credit that a window's service earns. */
interface Band {
  below?: string
  atLeast?: string
  credit: string
}

/** SLE-11: what the breached windows cost: each one's credit on the bill of its days; undefined without ladder or base. */
export function creditsDue(
  clauseId: string,
  terms: ServiceLevelTerms,
  breached: readonly Window[],
  context: JudgeContext,
): { amount: Amount; node: TraceNode } | undefined {
  if (terms.penalty !== 'credit') return undefined
  const bands = ladderFor(clauseId, terms, context)
  const credits = breached.flatMap((window) => creditOf(window, bands, terms, context) ?? [])
  const amount = oneCurrency(credits.map((each) => each.amount))
  if (!amount) return undefined
  const children = credits.map((each) => each.node)
  return { amount, node: trace('formula', message('service-level.trace.credits'), { value: amount, children }) }
}

function oneCurrency(amounts: Amount[]): Amount | undefined {
  return amounts.every((each) => each.currency === amounts[0]?.currency) ? sum(amounts) : undefined
}

function ladderFor(clauseId: string, terms: ServiceLevelTerms, context: JudgeContext): Band[] {
  const agreed = context.rules.find('credit-ladder', clauseId)?.value?.bands
  if (agreed) return agreed as Band[]
  // A table of availability bands in the text speaks of availability alone.
  if (terms.subject !== 'availability') return []
  return context.judgements('credit-band').map(({ clause }) => clause.terms as Band)
}

function creditOf(
  window: Window,
  bands: readonly Band[],
  terms: ServiceLevelTerms,
  context: JudgeContext,
): { amount: Amount; node: TraceNode } | undefined {
  const { value } = window
  if (value === undefined) return undefined
  const fits = bands.filter((band) => holds(band, value)).sort((a, b) => decimal(b.credit).cmp(a.credit))
  const band = fits[0]
  const base = baseOf(window, terms, context)
  if (!band || !base) return undefined
  const amount = percentOf(base.amount, band.credit)
  const label = message('service-level.trace.credit', {
    credit: { percent: band.credit },
    start: { date: window.period.start },
  })
  return { amount, node: trace('formula', label, { value: amount, children: base.children }) }
}

function holds(band: Band, value: string): boolean {
  const seen = decimal(value)
  return (band.below === undefined || seen.lt(band.below)) && (band.atLeast === undefined || seen.gte(band.atLeast))
}

/** The bill of the window, of the clause's own service when it names one; a bill with gaps is no base. */
function baseOf(
  { period }: Window,
  terms: ServiceLevelTerms,
  context: JudgeContext,
): { amount: Amount; children: TraceNode[] } | undefined {
  const facts = context
    .evidence('cost-and-usage')
    .filter(({ from, to, values }) => from >= period.start && to < period.end && isNumber(values.amount))
    .filter(({ values }) => !terms.component || sameName(String(values.service ?? ''), terms.component, context))
  if (!coverage(facts, period).complete) return undefined
  const amount = oneCurrency(
    facts.map((fact) => amountOf(String(fact.values.amount), String(fact.values.currency ?? 'XXX'))),
  )
  return amount && { amount, children: facts.map((fact) => evidenced(fact, 'amount')) }
}

/** Whether a name in the evidence means the service that a clause names. */
export function sameName(found: string, named: string, context: JudgeContext): boolean {
  const relation = context.facts.sameService(named, found)
  return relation === 'same' || relation === 'covers' || plain(found) === plain(named)
}
