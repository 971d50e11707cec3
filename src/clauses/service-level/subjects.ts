import { plain, type StatedMeasure } from '../../agreement/index.ts'
import type { ServiceLevelTerms } from './terms.ts'

/** What a service level is about. */
export type Subject = ServiceLevelTerms['subject']

// In this order: "success of changes" before anything else, satisfaction before "response" (as in survey responses).
const SUBJECTS: [Subject, RegExp][] = [
  [
    'change-success',
    /\b(?:chang\w*|deployments?|releases?)\b.*\bsuccess\w*|\bsuccess\w*.*\b(?:chang\w*|deployments?|releases?)\b|\b(?:cambios?|despliegues?)\b.*\bexit\w*|\bexit\w*.*\b(?:cambios?|despliegues?)\b/,
  ],
  ['satisfaction', /\bnps\b|\bcsat\b|satisf|net promoter|promotor/],
  ['availability', /availab|\bup ?time\b|disponib|\buptime\b|tiempo (?:de )?actividad|tiempo en linea/],
  ['response-time', /respon|respuesta|acknowledg|\bmtta\b|acuse|first reply|primera atencion|reaction|reaccion/],
  [
    'resolution-time',
    /\bmttr\b|resol|repair|restor|restaur|reparac|recover|recuperac|\brto\b|\bfix(?:ing)?\b|solucion|restablec|reposicion/,
  ],
]

/** SLE-2: what a metric's words are about. */
export function subjectOf(metric: string): Subject {
  const words = plain(metric)
  return SUBJECTS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'other'
}

const COMPARING =
  /[<>≥≤=]|\b(?:at least|at most|min(?:imum|imo|ima)?|max(?:imum|imo|ima)?|not? (?:less|more)|no (?:menos|mas|inferior|superior)|less than|more than|above|below|over|under|within|up to|al menos|a lo mas|hasta|dentro|menos de|mas de|menor|mayor|superior|inferior|sobre|bajo)\b/
const LOWER_IS_BETTER =
  /\b(?:error|errores|failure|failures|fallas?|fallos?|defects?|defectos?|abandon\w*|latency|latencia|jitter|loss|perdida|perdidas|downtime|indisponibilidad|rpo|reopen\w*|reapert\w*|incidents?|incidentes|complaints?|reclamos?)\b/

/** SLE-3: without a comparing word a time (or a rate of failure) is a ceiling, anything else a floor. */
export function withDefaultComparison(
  target: StatedMeasure,
  text: string,
  terms: Pick<ServiceLevelTerms, 'metric' | 'subject'>,
): StatedMeasure {
  if (COMPARING.test(plain(text))) return target
  const time = target.unit !== 'percent' && (terms.subject === 'resolution-time' || terms.subject === 'response-time')
  const ceiling = time || (terms.subject === 'other' && LOWER_IS_BETTER.test(plain(terms.metric)))
  if (ceiling) return { ...target, comparison: 'at-most' }
  return isTime(target.unit) ? target : { ...target, comparison: 'at-least' }
}

function isTime(unit: string): boolean {
  return !['percent', 'point', 'count'].includes(unit)
}

/** What a breach costs, by the words of the penalty column. */
export function penaltyOf(text: string | undefined): NonNullable<ServiceLevelTerms['penalty']> {
  if (text === undefined) return 'none'
  const words = plain(text)
  if (/\bcredit|\bcreditos?\b|\babonos?\b|\bbonificac|\brebate\b|nota de credito|\bdescuento\b/.test(words))
    return 'credit'
  if (
    /\breview|\brevision|\brevisar|improvement plan|action plan|plan de (?:accion|mejora)|escalat|escalamiento/.test(
      words,
    )
  )
    return 'review'
  return /^(?:none|no|nil|sin |ningun|no aplica)/.test(words) ? 'none' : 'other'
}
