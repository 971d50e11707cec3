/** A promise of quality in a sentence: who promises, what is measured, and the words that state the target. */
export interface SpokenPromise {
  /** Who promises; missing where the sentence names nobody. */
  actor?: string
  metric: string
  target: string
}

const VERBS =
  'keeps?|maintains?|ensures?|guarantees?|provides?|holds?|achieves?|delivers?|reach(?:es)?|mantendr[áa]n?|mantiene|asegurar[áa]n?|asegura|garantizar[áa]n?|garantiza|mantener|asegurar|garantizar|lograr[áa]|cumplir[áa](?: con)?'
const MODALS = '(?:shall|will|must|undertakes? to|commits? to|agrees? to|deber[áa]n?|debe|se compromete a|se obliga a)'
const COMPARES =
  '(?:at or above|at or below|(?:of |is |stays |remains )?(?:at least|at most|not less than|no less than|not below|above|below|equal to or above)|of|at|igual o superior a|no inferior a|(?:de |en )?(?:al menos|a lo menos|m[ií]nim[oa] de)|superior a|sobre|de|en)'
const MEASURED =
  '(?:availability|uptime|success rate|satisfaction|response time|resolution time|disponibilidad|tasa de [eé]xito|satisfacci[oó]n|tiempo de (?:respuesta|resoluci[oó]n))'

// "AWS shall keep core platform availability at or above 99.7%", "El proveedor garantiza una disponibilidad de la plataforma de al menos 99,7 %".
const ACTIVE = new RegExp(
  `^(.{2,60}?)\\s+(?:${MODALS}\\s+)?(?:${VERBS})\\s+(?:that\\s+|que\\s+)?(?:the|an?|una?|la|el)?\\s*(.{0,60}?${MEASURED}(?: (?:of|for|de|del) .{2,40}?)?)\\s+(${COMPARES}\\s+[^;]*\\d[^;]*)$`,
  'iu',
)

// "Platform availability will be 99.7 % in each month", "La disponibilidad del portal no será inferior a 99,7 %".
const PASSIVE_VERBS =
  '(?:shall|will|must) (?:not )?(?:be|remain|stay|fall)|is (?:guaranteed|committed)(?: to be)?|(?:no )?ser[áa]n?|(?:no )?deber[áa] (?:ser|mantenerse|alcanzar)|no bajar[áa]|se (?:garantiza|compromete)|alcanzar[áa]'
const PASSIVE = new RegExp(
  `^(?:the |la |el |una? )?((?:[^,;:]{1,50}\\s)??${MEASURED}(?: (?:of|for|de|del) [^,;:]{2,50}?)?)\\s+(${PASSIVE_VERBS})\\s+((?:less than |inferior a |por debajo de |${COMPARES}\\s+)?[<>≥≤=]?\\s*\\d[^;]*)$`,
  'iu',
)
const DENIES = /\b(?:not|no)\b/i
const UNDER = /^(?:less than|below|inferior a|por debajo de|de)\s+/i

/** SLE-5: a sentence as a promise; undefined when it names no measure and target in the way of one. */
export function promiseInSentence(text: string): SpokenPromise | undefined {
  const [, actor, metric, target] = ACTIVE.exec(text) ?? []
  if (actor && metric && target) return { actor, metric: capital(metric.trim()), target }
  const [, measured, verb = '', value] = PASSIVE.exec(text) ?? []
  if (!measured || !value) return undefined
  // What must not be below a figure is at least that figure.
  return { metric: capital(measured.trim()), target: DENIES.test(verb) ? value.replace(UNDER, '≥ ') : value }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
