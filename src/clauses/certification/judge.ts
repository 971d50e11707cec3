import { type Clause, plain } from '../../agreement/index.ts'
import type { EvidenceFact } from '../../evidence/index.ts'
import { weakestGrade } from '../../evidence/index.ts'
import { addDuration, isIsoDate, message, type TraceNode, trace } from '../../language/index.ts'
import { type DatedValue, judgeDatedTarget, lastDayOf } from '../dated-target.ts'
import { evidenced, leftOut, statement, withLeaves } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { CertificationTerms } from './terms.ts'

/** CER-2 to CER-5: where one certification target stands. */
export function judge(clause: Clause<CertificationTerms>, context: JudgeContext): Judgement {
  const { target, targetDate, holders, total } = clause.terms
  if (target === undefined || total) return statement(clause, context)
  const agreed = context.rules.find('target-date', clause.id)?.value?.date
  const deadline = agreed ?? (targetDate && lastDayOf(targetDate))
  const wanted = { wanted: target, comparison: 'at-least', unit: 'count', dataset: 'certificates' } as const
  const dated = deadline ? { ...wanted, deadline } : wanted
  // Holders are counted at the deadline once it is past: a certificate that lapsed since still counted then.
  const on = deadline !== undefined && deadline < context.asOf ? deadline : context.asOf
  const { seen, ignored } = holdersSeen(clause, on, context)
  return withLeaves(judgeDatedTarget(clause, dated, seen, holders, context), ignored)
}

interface Seen {
  seen: DatedValue[]
  /** Facts that do not count, and why. */
  ignored: TraceNode[]
}

/** CER-2: what the evidence counts: snapshots of a number of holders, else certificates one by one. */
function holdersSeen(clause: Clause<CertificationTerms>, on: string, context: JudgeContext): Seen {
  const named = wordsOf(clause.terms.certificate)
  const facts = context.evidence('certificates').filter((fact) => same(wordsOf(String(fact.values.certificate)), named))
  const snapshots = facts.filter((fact) => isCount(fact.values.holders))
  const newest = snapshots.at(-1)
  if (newest && !isOlder(newest, 1, on))
    return { seen: snapshots.map((fact) => snapshot(fact, 'holders', fact.grade)), ignored: [] }
  const old = newest ? [leftOut(newest, 'holders', 'left-out.old-count')] : []
  const single = facts.filter((fact) => fact.values.holder !== undefined && fact.to <= on)
  const unproved = single.filter((fact) => validUntil(fact) === undefined && isOlder(fact, 3, on))
  const ignored = [...old, ...unproved.map((fact) => leftOut(fact, 'holder', 'left-out.no-validity'))]
  const counted = single.filter((fact) => !unproved.includes(fact))
  if (counted.length > 0) return { seen: [oneByOne(counted, on, context)], ignored }
  const declared = context
    .evidence('declarations')
    .filter(({ values }) => values.clause === clause.id && isCount(values.value))
    .map((fact) => snapshot(fact, 'value', 'declared'))
  return { seen: declared, ignored }
}

// CER-6: nobody's certificate is known to last longer than three years, nor a count to hold longer than one.
function isOlder(fact: EvidenceFact, years: number, on: string): boolean {
  return addDuration(fact.to, { amount: String(years), unit: 'year' }) < on
}

function validUntil({ values }: EvidenceFact): string | undefined {
  const day = String(values.validUntil ?? '').slice(0, 10)
  return isIsoDate(day) ? day : undefined
}

function snapshot(fact: EvidenceFact, field: string, grade: EvidenceFact['grade']): DatedValue {
  return { value: String(fact.values[field]), on: fact.to, grade, node: evidenced(fact, field) }
}

/** CER-3: holders whose certificate is valid on the day; each person once. */
function oneByOne(facts: readonly EvidenceFact[], on: string, context: JudgeContext): DatedValue {
  const valid = new Map<string, EvidenceFact>()
  for (const fact of facts) {
    const until = validUntil(fact)
    if (until === undefined || until >= on) valid.set(plain(String(fact.values.holder)), fact)
  }
  const held = [...valid.values()]
  const node = trace('formula', message('certification.trace.valid', { on: { date: on } }), {
    value: held.length,
    children: held.map((fact) => evidenced(fact, 'holder')),
  })
  const grade = weakestGrade((held.length > 0 ? held : facts).map((fact) => fact.grade)) ?? 'declared'
  const whole = facts.some((fact) => fact.values.complete === true)
  // A complete list speaks of its own day, also when the last certificate on it was awarded long before.
  const listed = facts.flatMap(({ values }) => (isIsoDate(String(values.listedOn)) ? [String(values.listedOn)] : []))
  const seen = on < context.asOf ? on : (listed.sort().at(-1) ?? facts.at(-1)?.to ?? on)
  return { value: String(held.length), on: seen, grade, lowerBound: !whole, node }
}

function isCount(value: unknown): boolean {
  return value !== undefined && /^\d+$/.test(String(value))
}

// Words that certificate names carry or leave out at will.
const FILLER = new Set(['certified', 'certification', 'certificate', 'certificado', 'certificacion', 'the', 'de', 'en'])

function wordsOf(name: string): Set<string> {
  const words = plain(name).split(/[^a-z0-9]+/)
  return new Set(words.filter((word) => word !== '' && !FILLER.has(word)))
}

// "AWS Certified Security – Specialty" is meant by "AWS Security": the agreement's words all occur in the certificate's name.
function same(found: Set<string>, named: Set<string>): boolean {
  return named.size > 0 && [...named].every((word) => found.has(word))
}
