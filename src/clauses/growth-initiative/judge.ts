import { type Clause, plain, plainLabel } from '../../agreement/index.ts'
import type { EvidenceFact } from '../../evidence/index.ts'
import { weakestGrade } from '../../evidence/index.ts'
import { amountOf, decimal, decimalText, exact, message, sum, trace } from '../../language/index.ts'
import { type DatedTarget, type DatedValue, judgeDatedTarget, lastDayOf } from '../dated-target.ts'
import {
  amountUnit,
  evidenced,
  isInCurrency,
  missing,
  noCurrency,
  quoted,
  statement,
  undetermined,
} from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { GrowthInitiativeTerms } from './terms.ts'

const WON = /^(?:won|closed won|closed-won|closed|signed|active|live|ganad[oa]|cerrad[oa]|firmad[oa]|vigente)$/

/** GRI-2 to GRI-4: where one initiative's expected revenue stands. */
export function judge(clause: Clause<GrowthInitiativeTerms>, context: JudgeContext): Judgement {
  const { expected, date, total } = clause.terms
  if (!expected || total) return statement(clause, context)
  const wanted = exact(expected)
  const names = [clause.terms.initiative, clause.id].map(plainLabel)
  const facts = context
    .evidence('opportunities')
    .filter((fact) => isNumber(fact.values.arr) && names.includes(plainLabel(String(fact.values.initiative ?? ''))))
  const bare = facts.find((fact) => (fact.values.currency ?? '') === '')
  if (bare) return undetermined(noCurrency(bare), context, [quoted(clause), evidenced(bare, 'arr')])
  if (facts.some((fact) => !isInCurrency(fact, expected)))
    return undetermined(message('growth-initiative.mixed-currency'), context, [
      quoted(clause),
      missing('exchange-rate'),
    ])
  const agreed = context.rules.find('initiative-date', clause.id)?.value?.date
  const deadline = agreed ?? (date && lastDayOf(date))
  const { currency, sign } = expected
  const target: DatedTarget = {
    wanted: decimalText(wanted),
    comparison: 'at-least',
    unit: amountUnit(wanted),
    money: { currency, ...(sign ? { sign } : {}) },
    dataset: 'opportunities',
    ...(deadline ? { deadline } : {}),
  }
  return judgeDatedTarget(clause, target, wonSoFar(facts, expected), undefined, context)
}

function isNumber(value: unknown): boolean {
  return value !== undefined && /^-?\d+(?:\.\d+)?$/.test(String(value))
}

/** GRI-2: the recurring revenue won up to each day; an opportunity counts in its newest stage, and only once won. */
function wonSoFar(facts: readonly EvidenceFact[], expected: { currency: string; sign?: string }): DatedValue[] {
  const observed: DatedValue[] = []
  const won = new Map<string, EvidenceFact>()
  let whole = false
  for (const fact of facts) {
    const { stage, complete, opportunity, arr } = fact.values
    // Without an id, the same amount on the same day is the same opportunity told twice.
    const name = String(opportunity ?? `${decimal(String(arr)).toFixed()} of ${fact.from} to ${fact.to}`)
    whole ||= complete === true
    if (stage === undefined || WON.test(plain(String(stage)))) won.set(name, fact)
    else won.delete(name)
    if (observed.at(-1)?.on === fact.to) observed.pop()
    const amounts = [...won.values()].map((each) => amountOf(String(each.values.arr), expected.currency, expected.sign))
    const total = sum(amounts) ?? amountOf('0', expected.currency, expected.sign)
    const node = trace('formula', message('growth-initiative.trace.won'), { value: total })
    observed.push({ value: decimalText(total), on: fact.to, grade: fact.grade, lowerBound: !whole, node })
  }
  const last = observed.at(-1)
  if (!last) return []
  // Only the newest sum shows its rows; a trace of every day would repeat them all.
  last.node.children = [...won.values()].map((fact) => evidenced(fact, 'arr'))
  last.grade = weakestGrade(facts.map((fact) => fact.grade)) ?? last.grade
  return observed
}
