import { plain } from './words.ts'

/** What it takes to measure a service level. */
export type Measured = 'formula' | 'window' | 'exclusions' | 'source'

// In this order: what is excluded may name a period and a tool that measure nothing.
const MEASURED: Record<Measured, RegExp> = {
  exclusions:
    /\b(exclu\w+|except\w*|maintenance|force majeure|not count\w*|disregard\w*|mantenimiento|mantencion|fuerza mayor|no se cuentan?|no cuentan?|salvo|descontad\w*|descontando)\b/,
  formula:
    /\b(formula|calculated|computed|divided|minus|less|ratio|percentage of|share of|sum of|average|mean|median|elapsed|calcula\w*|dividid[oa]s?|menos|proporcion|porcentaje de|cociente|promedio|media|mediana|suma de|transcurrid\w*)\b|[=÷]|\/ total/,
  window:
    /\b(months?|monthly|quarters?|quarterly|weeks?|weekly|years?|yearly|annual|annually|window|24 hours|30 days|rolling|mes|meses|mensual\w*|trimestr\w*|semestr\w*|semanas?|semanal\w*|ano|anual\w*|ventana|movil|moviles|30 dias)\b/,
  source:
    /\b(source|monitor\w*|probes?|cloudwatch|tool|system|log|logs|dashboard|console|report\w*|recorded|ticket\w*|survey\w*|service desk|fuente|monitoreo|sondas?|herramienta|sistema|registro|registros|reporte|encuestas?|mesa de (?:ayuda|servicios?)|tablero|segun|measured (?:by|with|from)|medid[oa]s? (?:por|con|desde))\b/,
}
const PART_LABELS: [Measured, RegExp][] = [
  ['exclusions', /exclu|exception|maintenance|mantenimiento|mantencion|excepcion/],
  ['formula', /formula|calculat|calculo/],
  ['window', /window|period|ventana|periodo/],
  ['source', /source|tool|fuente|herramienta/],
]
// "…, excluding maintenance of 4 hours a month, announced 5 days ahead": the last piece still speaks of what is excluded.
const GOES_ON = /^(?:up to|at most|no more than|maximum|hasta|de hasta|maximo|con|with|announced|avisad[oa]s?|\d)/

const QUOTA =
  /\d+(?:[.,]\d+)?\s*(?:hours?|hrs?|h|minutes?|min|horas?|minutos?)\b[^,;.]{0,15}?\b(?:per|an?|each|every|al|a la|por|cada)\s+(?:calendar\s+)?(?:month|week|quarter|year|mes|semana|trimestre|ano)\b/g

/** Plain words without quotas such as "4 hours a month", which say nothing of the period that is measured. */
export function withoutQuotas(words: string): string {
  return words.replace(QUOTA, ' ')
}

/**
 * How a service level is measured, part by part: each piece of a statement says what its own words say; a label such as
 * "Exclusions" says what all of it is.
 */
export function measuredParts(text: string, label: string): Partial<Record<Measured, string>> {
  const named = PART_LABELS.find(([, words]) => words.test(plain(label)))?.[0]
  // A formula may say over which time and without what; exclusions, a window and a source say no more than they are.
  if (named && named !== 'formula') return { [named]: text }
  const pieces: Partial<Record<Measured, string[]>> = {}
  let excluding = false
  for (const piece of text.split(
    /[;.]\s+|,\s+|\s+(?=(?:but )?(?:excluding|except|excluyendo|excepto|salvo|descontando)\b)/i,
  )) {
    const words = plain(piece)
    excluding = MEASURED.exclusions.test(words) || (excluding && GOES_ON.test(words))
    const said = excluding ? (['exclusions', 'window'] as const) : (['formula', 'window', 'source'] as const)
    for (const part of said) {
      const holds = part === 'exclusions' || MEASURED[part].test(part === 'window' ? withoutQuotas(words) : words)
      if (holds) pieces[part] = [...(pieces[part] ?? []), piece.trim()]
    }
  }
  const found = Object.entries(pieces).map(([part, said]) => [part, said.join(', ').replace(/\.$/, '')])
  return { ...Object.fromEntries(found), ...(named ? { [named]: text } : {}) }
}
