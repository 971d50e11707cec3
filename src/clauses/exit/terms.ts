import { z } from 'zod'
import { type CellReader, parseDuration, plain, type ReadClause, type Row } from '../../agreement/index.ts'
import { durationSchema } from '../schemas.ts'

/** An exit right with its process and time. */
export const exitTerms = z.strictObject({
  scenario: z.string(),
  subject: z.enum(['export', 'migration', 'wind-down', 'assistance', 'deletion', 'other']),
  process: z.string().optional(),
  duration: durationSchema.optional(),
  startEvent: z.string().optional().describe('the event that starts the clock, when said'),
  cost: z.string().optional(),
})

/** Terms of one exit clause. */
export type ExitTerms = z.infer<typeof exitTerms>

type Subject = ExitTerms['subject']

// The order matters: "migration, assisted" is a migration, and "deletion after export" a deletion.
const SUBJECTS: [Subject, RegExp][] = [
  [
    'wind-down',
    /\b(?:wind(?:ing)?[ -]?down|run-?off|phase[ -]?out|ramp[ -]?down|(?:gradual|orderly) (?:closure|termination|withdrawal|exit)|(?:cierre|retiro|salida|terminacion|desconexion) (?:gradual|ordenad[oa]|progresiv[oa]|programad[oa])|desmontaje)\b/,
  ],
  ['deletion', /\b(?:delet\w*|eras\w*|destr(?:oy|uct)\w*|wip\w+|elimina\w*|borra\w*|destruc\w*|supres\w*|suprim\w*)\b/],
  [
    'export',
    /\b(?:export\w*|(?:data )?return(?:ed)?|retriev\w*|extract\w*|hand-?over of data|copy of (?:the )?data|exporta\w*|devoluci\w*|devuelv\w*|entrega de (?:los )?datos|recuperacion de (?:los )?datos|extraccion|extrae\w*)\b/,
  ],
  [
    'migration',
    /\b(?:migrat\w*|transition\w*|transfer of (?:the )?services?|switch\w*|move to another|migra\w*|transicion|traspaso|traslado|cambio de proveedor)\b/,
  ],
  [
    'assistance',
    /\b(?:assist\w*|support\w*|help|knowledge transfer|hand-?over|transfer of knowledge|asistencia|asistid[oa]|apoyo|soporte|transferencia de conocimientos?|traspaso de conocimientos?)\b/,
  ],
]

const STARTS =
  /\b(?:from|after|following|starting (?:on|with|from)|counted from|as of|upon|of (?=(?:the )?(?:notice|termination|expiry|effective|contract|end|request|date))|a partir del?|a contar del?|contad[oa]s? desde|desde|tras|despu[eé]s del?|posteriores al?|siguientes al?|luego del?)\s+([^,;.]+)/i
const COST =
  /\b(?:at (?:no|its own|the \w+(?:'s|’s)?|\w+(?:'s|’s)?) (?:additional |extra )?(?:cost|charge|expense)s?|free of charge|charged at [^,;.]+|paid by [^,;.]+|sin (?:costo|cargo|coste)(?: adicional)?|a (?:costo|cargo|expensas) de[l]? [^,;.]+|con cargo a[l]? [^,;.]+|gratuit\w*)/i

const WHEN =
  /\b(?:after|following|once|upon|tras|despues de|luego de|una vez|al termino de|concluid[oa]s?|posterior(?:es)? a|siguientes? a)\b[^,;.]*/g

/** EXI-2: what an exit right is about; from when it runs says less of that than the rest of its words. */
function subjectOf(...texts: (string | undefined)[]): Subject {
  for (const text of texts) {
    const whole = plain(text ?? '')
    for (const words of [whole.replace(WHEN, ' '), whole]) {
      const found = SUBJECTS.find(([, pattern]) => pattern.test(words))
      if (found) return found[0]
    }
  }
  return 'other'
}

/** EXI-1 to EXI-3: a row or bullet as an exit right; a line needs a time or an exit's words. */
export function fromRow(row: Row, read: CellReader): ReadClause<ExitTerms> | undefined {
  const terms = row.form === 'row' && !row.field ? ofRow(row, read) : ofLine(row, read)
  if (!terms) return undefined
  const key =
    row.form === 'row' || row.cells.value ? terms.scenario : terms.subject === 'other' ? terms.scenario : terms.subject
  const title = terms.scenario.slice(0, 80)
  return { key, title, force: 'obligation', obligor: 'provider', beneficiary: 'partner', terms }
}

function ofRow(row: Row, read: CellReader): ExitTerms | undefined {
  const scenario = read.text(row.cells.scenario)
  if (scenario === undefined) return undefined
  const procedure = read.text(row.cells.process)
  const terms: ExitTerms = { scenario, subject: subjectOf(procedure, scenario) }
  // "Migration | Assisted" is a migration: the procedure only says how.
  if (terms.subject === 'assistance') terms.subject = betterThanAssistance(scenario)
  if (procedure !== undefined) terms.process = procedure
  const duration = read.duration(row.cells.duration)
  if (duration) terms.duration = duration
  const start = read.text(row.cells.startEvent) ?? startIn(row.cells.duration?.text) ?? startIn(procedure)
  if (start) terms.startEvent = start
  const cost = read.text(row.cells.cost) ?? COST.exec(procedure ?? '')?.[0]
  if (cost) terms.cost = cost
  return terms
}

function betterThanAssistance(scenario: string): Subject {
  const other = subjectOf(scenario)
  return other === 'other' ? 'assistance' : other
}

function ofLine(row: Row, read: CellReader): ExitTerms | undefined {
  const value = row.cells.value?.text
  const text = value ?? row.cells.text?.text ?? row.label.text
  const scenario = value === undefined ? text : row.label.text
  const duration = parseDuration(text, read.language === 'es' ? ',' : '.')
  const named = row.field && row.field !== 'other' ? (row.field as Subject) : undefined
  const subject = named ?? subjectOf(text, value === undefined ? undefined : row.label.text)
  if (!duration && (subject === 'other' || row.form === 'line')) return undefined
  if (value === undefined && !soundsLikeLeaving(text, subject)) return undefined
  const found = subject === 'assistance' && value !== undefined ? betterThanAssistance(scenario) : subject
  const terms: ExitTerms = { scenario, subject: found }
  if (value !== undefined) terms.process = value
  if (duration) terms.duration = duration
  const start = startIn(text)
  if (start) terms.startEvent = start
  const cost = COST.exec(text)?.[0]
  if (cost) terms.cost = cost
  return terms
}

const LEAVING =
  /\b(?:terminat\w*|expir\w*|ends?|ending|exit|leav\w+|notice|switch\w*|successor|hand(?:ed|s)?[ -]?over|offboard\w*|wind\w*|transition|salida|termin\w*|venc\w*|expira\w*|fin|aviso|sucesor\w*|entrega\w*|transicion|cierre)\b/
const STAYS =
  /\b(?:stored|processed|accessed|hosted|kept|stays?|remains?|almacena\w*|procesa\w*|aloja\w*|permanece\w*)\b[^.;]*\b(?:in|within|inside|en|dentro)\b|\b(?:never|not|nunca|no) (?:be |se )?export\w*/

// Under "Location and exit of data" a bullet may say where data stays, or how often it is copied: neither is a right on leaving.
function soundsLikeLeaving(text: string, subject: Subject): boolean {
  const words = plain(text)
  return LEAVING.test(words) || (subject !== 'other' && !STAYS.test(words))
}

/** EXI-3: the words after "from", "after", "a partir de" …: what starts the clock. */
function startIn(text: string | undefined): string | undefined {
  const event = STARTS.exec(text ?? '')?.[1]
    ?.replace(/[.,;]\s*$/, '')
    .trim()
  return event && !/^\d+\s/.test(event) ? event : undefined
}
