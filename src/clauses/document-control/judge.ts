import { type Clause, plain } from '../../agreement/index.ts'
import { type EvidenceFact, weakestGrade } from '../../evidence/index.ts'
import { addDays, addDuration, type IsoDate, message } from '../../language/index.ts'
import { declarationTrace, evidenced, judgement, missing, quoted, statement, undetermined } from '../judging.ts'
import { judgeByProof, proofFor } from '../proof.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { DocumentControlTerms } from './terms.ts'

const REVIEW =
  /\b(?:(?:agreement|contract|document|document control) review|review of (?:the |this )?(?:agreement|contract|document)|revision (?:del?|de este|de la) (?:convenio|contrato|acuerdo|documento))\b/

/** DOC-3 to DOC-6: where one document-control clause stands. */
export function judge(clause: Clause<DocumentControlTerms>, context: JudgeContext): Judgement {
  const { field, date } = clause.terms
  if (field === 'last-review' && date) return lastReview(clause, context)
  return field === 'next-review' && date ? nextReview(clause, lastDayOf(date), context) : statement(clause, context)
}

/** DOC-3: since when the document's declarations are known, and until when they are fresh. */
function lastReview(clause: Clause, context: JudgeContext): Judgement {
  const { knownFrom, staleFrom } = context.declarations
  if (!knownFrom || !staleFrom) return statement(clause, context)
  const params = { from: { date: knownFrom }, stale: { date: staleFrom } }
  const id = context.asOf < knownFrom ? 'not-yet' : context.asOf < staleFrom ? 'fresh' : 'stale'
  const reason = message(`document-control.${id}`, params)
  return judgement({ verdict: 'not-due', reason }, context, [quoted(clause), declarationTrace(context)])
}

/** DOC-4 to DOC-6: the next review is due by the last day that its words may mean. */
function nextReview(clause: Clause, due: IsoDate, context: JudgeContext): Judgement {
  const since = context.declarations.knownFrom
  const held = reviews(clause, context, since)
  const inTime = held.find((fact) => fact.to <= due)
  const on = { due: { date: due } }
  if (inTime) {
    const reason = message('document-control.reviewed', { ...on, date: { date: inTime.to } })
    const grade = weakestGrade([inTime.grade]) ?? null
    return judgement({ verdict: 'met', reason, grade }, context, [quoted(clause, 'value'), shown(inTime)])
  }
  const proof = proofFor(clause, context)
  if (proof && (proof.shows === 'met' || context.asOf > due))
    return judgeByProof(clause, proof, context, { lasting: true })
  if (context.asOf <= due) {
    const reason = message('document-control.due', on)
    return judgement({ verdict: 'not-due', reason, nextDate: due }, context, [quoted(clause, 'value')])
  }
  const late = held[0]
  const reason = late
    ? message('document-control.late', { ...on, date: { date: late.to } })
    : message('document-control.overdue', on)
  const children = [quoted(clause, 'value'), late ? shown(late) : missing('meetings')]
  return undetermined(reason, context, children)
}

/** Meetings and documents after the last review that say they reviewed the agreement, oldest first. */
function reviews(clause: Clause, context: JudgeContext, since: IsoDate | undefined): EvidenceFact[] {
  return [...context.evidence('meetings'), ...context.evidence('documents')]
    .filter((fact) => (since === undefined || fact.to > since) && isReview(fact, clause))
    .sort((a, b) => (a.to < b.to ? -1 : a.to > b.to ? 1 : 0))
}

function isReview(fact: EvidenceFact, clause: Clause): boolean {
  const { values } = fact
  if (String(values.held) === 'false' || 'status' in values) return false
  if (values.clause !== undefined) return values.clause === clause.id
  return REVIEW.test(plain(String(values.meeting ?? values.document ?? values.title ?? '')))
}

function shown(fact: EvidenceFact): ReturnType<typeof evidenced> {
  const field = ['meeting', 'document', 'title'].find((each) => each in fact.values) ?? 'clause'
  return evidenced(fact, field)
}

function lastDayOf(stated: NonNullable<DocumentControlTerms['date']>): IsoDate {
  if (stated.precision === 'day') return stated.date
  return addDays(addDuration(stated.date, { amount: '1', unit: stated.precision }), -1)
}
