import { plain, type StatedMeasure } from '../../agreement/index.ts'

/** What a service level may be about. */
export const SUBJECTS = [
  'availability',
  'resolution-time',
  'response-time',
  'change-success',
  'satisfaction',
  'other',
] as const

/** One of SUBJECTS. */
export type Subject = (typeof SUBJECTS)[number]

/** What a missed service level leads to. */
export const PENALTIES = ['credit', 'review', 'none', 'other'] as const

// In this order: "success of changes" before anything else, satisfaction before "response" (as in survey responses).
const WORDS_OF_SUBJECT: [Subject, RegExp][] = [
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
  return WORDS_OF_SUBJECT.find(([, pattern]) => pattern.test(words))?.[0] ?? 'other'
}

const COMPARING =
  /[<>≥≤=]|\b(?:at least|at most|min(?:imum|imo|ima)?|max(?:imum|imo|ima)?|not? (?:less|more)|no (?:menos|mas|inferior|superior)|less than|more than|above|below|over|under|within|up to|al menos|a lo mas|hasta|dentro|menos de|mas de|menor|mayor|superior|inferior|sobre|bajo)\b/
const LOWER_IS_BETTER =
  /\b(?:error|errores|failure|failures|fallas?|fallos?|defects?|defectos?|abandon\w*|latency|latencia|jitter|loss|perdida|perdidas|downtime|indisponibilidad|rpo|reopen\w*|reapert\w*|incidents?|incidentes|complaints?|reclamos?)\b/

/** SLE-3: without a comparing word a time (or a rate of failure) is a ceiling, anything else a floor. */
export function withDefaultComparison(
  target: StatedMeasure,
  text: string,
  terms: { metric: string; subject: Subject },
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
export function penaltyOf(text: string | undefined): (typeof PENALTIES)[number] {
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
