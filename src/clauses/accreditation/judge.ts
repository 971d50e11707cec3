import { type Clause, parseSide, slug } from '../../agreement/index.ts'
import { type EvidenceFact, type Grade, weakestGrade } from '../../evidence/index.ts'
import { addDays, addDuration, type IsoDate, type Message, message, type TraceNode } from '../../language/index.ts'
import { declarationTrace, declaredState, evidenced, judgement, missing, quoted, statement } from '../judging.ts'
import { judgeByProof, notBegun, proofFor } from '../proof.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { AccreditationTerms } from './terms.ts'

type Holder = 'provider' | 'partner'

/** What is known of one side's certificate. */
interface Held {
  side: Holder
  verdict: 'met' | 'at-risk' | 'breached' | 'undetermined'
  reason: Message
  grade: Grade | null
  until?: IsoDate
  children: TraceNode[]
}

const WARNING_DAYS = 90

/** ACC-3 to ACC-7: each side that is said to hold the standard must hold it; the worst side decides. */
export function judge(clause: Clause<AccreditationTerms>, context: JudgeContext): Judgement {
  const sides = (['provider', 'partner'] as const).filter((side) => clause.terms[side] === true)
  if (sides.length === 0) return statement(clause, context)
  const waiting = notBegun(clause, context)
  if (waiting) return waiting
  const held = sides.map((side) => byCertificate(clause, side, context) ?? byDeclaration(clause, side, context))
  if (held.every((each) => each.verdict === 'undetermined')) {
    const proof = proofFor(clause, context)
    if (proof) return judgeByProof(clause, proof, context)
  }
  const order = ['breached', 'undetermined', 'at-risk', 'met'] as const
  // Of two that stand alike, the certificate that ends first is the one to speak of.
  const byEnd = [...held].sort((a, b) => compare(a.until ?? '9999', b.until ?? '9999'))
  const worst = order.flatMap((verdict) => byEnd.filter((each) => each.verdict === verdict))[0] as Held
  const until = held.flatMap((each) => (each.until && each.until >= context.asOf ? [each.until] : [])).sort()[0]
  return judgement(
    {
      verdict: worst.verdict,
      reason: worst.reason,
      grade: worst.verdict === 'undetermined' ? null : grade(worst, held),
      nextDate: until ?? null,
    },
    context,
    [quoted(clause), ...held.flatMap((each) => each.children)],
  )
}

// What is kept by all is as sure as its least sure part; what one side breaks is as sure as the proof of that.
function grade(worst: Held, held: readonly Held[]): Grade | null {
  if (worst.verdict === 'breached') return worst.grade
  return weakestGrade(held.flatMap((each) => (each.grade ? [each.grade] : []))) ?? null
}

/** ACC-4, ACC-5: the certificate that runs longest among those known. */
function byCertificate(clause: Clause<AccreditationTerms>, side: Holder, context: JudgeContext): Held | undefined {
  const facts = context.evidence('accreditations').filter((fact) => isOf(fact, clause, side, context))
  const fact = facts.sort((a, b) => compare(until(a), until(b)) || compare(a.to, b.to)).at(-1)
  if (!fact) return undefined
  const end = until(fact)
  const params = { side: { word: `side.${side}` }, date: { date: end } }
  const common = { side, grade: fact.grade, until: end, children: [evidenced(fact, 'validUntil')] }
  const revoked = /^(?:revoked|withdrawn|suspended|lapsed|expired|revocad|retirad|suspendid|vencid|caducad)/i
  const latest = facts
    .map((each) => each.to)
    .sort()
    .at(-1)
  const newest = facts.find((each) => each.to === latest && revoked.test(String(each.values.status ?? '')))
  if (newest) {
    const reason = message('accreditation.revoked', { side: params.side, date: { date: newest.to } })
    return { ...common, verdict: 'breached', reason, children: [evidenced(newest, 'status')] }
  }
  if (end < context.asOf) return { ...common, verdict: 'breached', reason: message('accreditation.expired', params) }
  const soon = end <= addDays(context.asOf, WARNING_DAYS)
  return soon
    ? { ...common, verdict: 'at-risk', reason: message('accreditation.expiring', params) }
    : { ...common, verdict: 'met', reason: message('accreditation.held', params) }
}

// A record without an end of validity speaks for a year, as surveillance audits are yearly.
function until(fact: EvidenceFact): IsoDate {
  const { validUntil } = fact.values
  return typeof validUntil === 'string' && validUntil !== ''
    ? validUntil.slice(0, 10)
    : addDuration(fact.to, { amount: '1', unit: 'year' })
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function isOf(fact: EvidenceFact, clause: Clause<AccreditationTerms>, side: Holder, context: JudgeContext): boolean {
  const said = String(fact.values.side ?? '')
  if (said !== side && parseSide(said, context.agreement.parties) !== side) return false
  const standard = String(fact.values.standard ?? '')
  if (standard === clause.id || slug(standard) === slug(clause.terms.standard)) return true
  const asked = context.facts.standardNamed(clause.terms.standard, context.asOf)
  const given = context.facts.standardNamed(standard, context.asOf)
  return asked.status === 'known' && given.status === 'known' && asked.value.standard.id === given.value.standard.id
}

/** ACC-6, ACC-7: the tick in the text, while it is fresh and its own validity lasts. */
function byDeclaration(clause: Clause<AccreditationTerms>, side: Holder, context: JudgeContext): Held {
  const { knownFrom, staleFrom } = context.declarations
  const state = declaredState(context)
  const end = lastDay(clause.terms.validUntil)
  const params = {
    value: { word: 'accreditation.word-held' },
    from: { date: knownFrom ?? context.asOf },
    stale: staleFrom ? { date: staleFrom } : '—',
    side: { word: `side.${side}` },
    date: { date: end ?? context.asOf },
  }
  const children = [declarationTrace(context), missing('accreditations')]
  const open = { side, verdict: 'undetermined', grade: null, children } as const
  if (state !== 'fresh') return { ...open, reason: message(`clause.declaration-${state}`, params) }
  if (end && end < context.asOf) return { ...open, reason: message('accreditation.declared-until', params) }
  const declared: Omit<Held, 'verdict' | 'reason'> = { side, grade: 'declared', children: [declarationTrace(context)] }
  if (end) declared.until = end
  if (end && end <= addDays(context.asOf, WARNING_DAYS))
    return { ...declared, verdict: 'at-risk', reason: message('accreditation.expiring', params) }
  return { ...declared, verdict: 'met', reason: message('clause.declared-met', params) }
}

/** The last day that a stated date may mean: a certificate valid "until March 2026" counts through the 31st. */
function lastDay(stated: AccreditationTerms['validUntil']): IsoDate | undefined {
  if (!stated || stated.precision === 'day') return stated?.date
  return addDays(addDuration(stated.date, { amount: '1', unit: stated.precision }), -1)
}
