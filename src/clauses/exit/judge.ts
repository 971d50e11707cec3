import { type Clause, plain } from '../../agreement/index.ts'
import { addDuration, type IsoDate, isIsoDate, message, type TraceNode, trace } from '../../language/index.ts'
import { judgement, missing, quoted, undetermined } from '../judging.ts'
import { gradeOf, judgeByProof, type Proof, proofFor, proved } from '../proof.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import type { ExitTerms } from './terms.ts'

// Words for the end of the agreement itself, whose date the text gives; a notice or a request has no date here.
const END_OF_TERM =
  /\b(?:end|expiry|expiration|termination|effective date of termination|termino|terminacion|fin|vencimiento|expiracion|finalizacion)\b/
const OTHER_EVENT =
  /\b(?:notice|request|notification|acceptance|aviso|notificacion|solicitud|requerimiento|aceptacion)\b/

/** EXI-4 to EXI-7: nothing is due before the clock starts, nor until it has run out; then only proof can say. */
export function judge(clause: Clause<ExitTerms>, context: JudgeContext): Judgement {
  const { term, asOf } = context
  const start = startOf(clause, context)
  if (start === 'unknown' && term && asOf >= term.end) return afterwards(clause, context, 'exit.start-unknown', null)
  const begins = start === 'unknown' ? term?.end : start
  if (begins === undefined) return undetermined(message('exit.no-term'), context, [quoted(clause)])
  if (asOf < begins) {
    const reason = message('exit.not-begun', { start: { date: begins } })
    const given = { verdict: 'not-due', lifecycle: 'not-begun', reason, nextDate: begins } as const
    return judgement(given, context, [quoted(clause)])
  }
  const { duration } = clause.terms
  if (!duration) return afterwards(clause, context, 'exit.no-duration', null)
  const due = addDuration(begins, duration)
  const clock = trace('formula', message('exit.trace.clock', { start: { date: begins }, duration }), {
    value: { date: due },
  })
  if (asOf >= due) return afterwards(clause, context, 'exit.no-proof', due, clock)
  const proof = proofFor(clause, context)
  if (proof?.shows === 'met' && proof.fact.to >= begins)
    return judgeByProof(clause, proof, context, { lifecycle: 'running', lasting: true })
  const reason = message('exit.running', { due: { date: due } })
  const given = { verdict: 'not-due', lifecycle: 'running', reason, nextDate: due } as const
  return judgement(given, context, [quoted(clause), clock])
}

/** EXI-5: the event that the parties settled, else the end of the term when nothing else is said to start the clock. */
function startOf(clause: Clause<ExitTerms>, context: JudgeContext): IsoDate | 'unknown' | undefined {
  const settled = context.rules.find('start-event', clause.id)?.value
  if (settled?.date) return settled.date
  const said = plain(settled?.event ?? clause.terms.startEvent ?? '')
  if (said !== '' && (OTHER_EVENT.test(said) || !END_OF_TERM.test(said))) return 'unknown'
  return context.term?.end
}

/** EXI-6, EXI-7: the clock has run out, or cannot be read: a document or a person says how it went. */
function afterwards(
  clause: Clause<ExitTerms>,
  context: JudgeContext,
  reason: string,
  due: IsoDate | null,
  clock?: TraceNode,
): Judgement {
  const proof = proofFor(clause, context)
  if (proof) {
    const done = proof.fact.values.completedOn
    if (due && proof.shows === 'met' && typeof done === 'string' && isIsoDate(done) && done >= due)
      return late(clause, context, proof, done, due)
    const dated = typeof done === 'string' && isIsoDate(done)
    if (due && proof.shows === 'met' && !dated && proof.fact.to >= due) {
      const said = message('exit.undated', { date: { date: proof.fact.to }, due: { date: due } })
      return undetermined(said, context, [quoted(clause), proved(proof), missing('documents')], { lifecycle: 'ended' })
    }
    return judgeByProof(clause, proof, context, { lifecycle: 'ended', lasting: true })
  }
  const params: Record<string, { date: IsoDate }> = due ? { due: { date: due } } : {}
  const children = [quoted(clause), ...(clock ? [clock] : []), missing('documents')]
  return undetermined(message(reason, params), context, children, { lifecycle: 'ended' })
}

function late(clause: Clause, context: JudgeContext, proof: Proof, done: IsoDate, due: IsoDate): Judgement {
  const reason = message('exit.late', { done: { date: done }, due: { date: due } })
  const grade = gradeOf(proof)
  return judgement({ verdict: 'breached', lifecycle: 'ended', reason, grade }, context, [quoted(clause), proved(proof)])
}
