import { z } from 'zod'
import {
  type Cell,
  type CellReader,
  parseCount,
  parseDate,
  plain,
  type ReadClause,
  type Row,
} from '../../agreement/index.ts'
import { decimalSchema, sideSchema, statedDateSchema } from '../schemas.ts'

/** How far the implementation is: what is in place, and how many. */
export const implementationTerms = z.strictObject({
  subject: z.string(),
  status: z.enum(['complete', 'in-progress', 'planned', 'not-started']).optional(),
  count: decimalSchema.optional().describe('how many are in place: 25 live, 15 customers'),
  unit: z.string().optional(),
  state: z.string().optional().describe('the status as written'),
  details: z.string().optional(),
  due: statedDateSchema.optional().describe('the date by which it is to be in place'),
  owner: sideSchema.optional().describe('which side is to deliver it, when the words name one'),
})

/** Terms of one implementation clause. */
export type ImplementationTerms = z.infer<typeof implementationTerms>

type Status = NonNullable<ImplementationTerms['status']>

// The order matters: "not deployed" and "partially complete" must be caught before "deployed" and "complete".
const STATES: [Status, RegExp][] = [
  [
    'not-started',
    /\b(?:not (?:yet )?(?:started|begun|live|deployed|complete|in use|in service)|pending|to do|sin (?:iniciar|comenzar|desplegar)|no (?:iniciad|comenzad|desplegad|completad|esta en)\w*|pendientes?|por iniciar|por comenzar)\b/,
  ],
  [
    'in-progress',
    /\b(?:in progress|in development|in implementation|in deployment|under ?way|ongoing|started|partial(?:ly)?|pilot\w*|migrating|rolling out|en curso|en progreso|en desarrollo|en implementacion|en despliegue|en ejecucion|en marcha blanca|piloto|parcial(?:mente)?|iniciad[oa]s?|avanzad[oa]s?)\b/,
  ],
  [
    'planned',
    /\b(?:planned|scheduled|roadmap|on the road ?map|designed|planificad[oa]s?|programad[oa]s?|previst[oa]s?|proyectad[oa]s?)\b/,
  ],
  [
    'complete',
    /\b(?:completed?|done|deployed|implemented|installed|finished|delivered|live|in service|in use|in production|in operation|in place|operational|operating|running|active|enabled|rolled out|up and running|completad[oa]s?|complet[oa]s?|terminad[oa]s?|finalizad[oa]s?|desplegad[oa]s?|implementad[oa]s?|implantad[oa]s?|instalad[oa]s?|entregad[oa]s?|en servicio|en uso|en produccion|en operacion|en funcionamiento|operativ[oa]s?|operando|activ[oa]s?|habilitad[oa]s?|vigentes?|list[oa]s?)\b|^(?:✓|✔|✅|yes|si|100 ?%)$/,
  ],
]

/** IMP-2: what the words of a state mean; undefined when they say nothing known. */
function statusOf(text: string): Status | undefined {
  const words = plain(text)
  return STATES.find(([, pattern]) => pattern.test(words))?.[0]
}

// A number counts things only where a phrase begins: "25 live", "in use by 15 customers", not "SIP 2.0" or "24/7".
const COUNT =
  /(?:^|[,;:(–—-]\s*|\b(?:by|for|with|at|across|por|para|con|en|a|de)\s+)(\d[\d.,]*\d|\d)(?![\d/%:.,-]*[\d/%])\s*(\p{L}[\p{L}-]*)?/giu

/** IMP-3: how many are in place, with the counted thing's word as written when there is one. */
function countIn(text: string, read: CellReader): { count: string; unit?: string } | undefined {
  for (const match of text.matchAll(COUNT)) {
    const [, digits = '', word] = match
    const after = text.slice(match.index)
    if (word && parseDate(after.slice(0, 40))?.precision === 'day') continue
    const count = parseCount(digits, read.language === 'es' ? ',' : '.')
    if (count === undefined || (!word && text.trim() !== digits && !/^\(/.test(after))) continue
    return word && !isStateWord(word) ? { count, unit: word } : { count }
  }
  return undefined
}

function isStateWord(word: string): boolean {
  return statusOf(word) !== undefined || /^(?:in|en|de|of|are|is|estan|ya)$/i.test(plain(word))
}

/** IMP-1, IMP-8: a row, or a bullet under an announcing heading, as what is in place; undefined when it says no state and no number. */
export function fromRow(row: Row, read: CellReader): ReadClause<ImplementationTerms> | undefined {
  const subject = row.form === 'row' ? (read.text(row.cells.subject) ?? row.label.text) : row.label.text
  const body: Cell | undefined = row.form === 'row' ? row.cells.status : (row.cells.value ?? row.cells.text)
  const state = read.text(body)
  const details = row.form === 'row' ? read.text(row.cells.details) : undefined
  const terms: ImplementationTerms = { subject }
  const status = state === undefined ? undefined : statusOf(state)
  const counted = (state && countIn(state, read)) || (details && countIn(details, read)) || undefined
  if (row.form !== 'row' && !status && !counted) return undefined
  const due = row.form === 'row' ? read.date(row.cells.due) : undefined
  if (status) terms.status = status
  // "25 live" counts, and what is counted is in place unless the words say otherwise.
  else if (counted && state && countIn(state, read)) terms.status = 'complete'
  if (counted) terms.count = counted.count
  if (counted?.unit) terms.unit = counted.unit
  if (state !== undefined) terms.state = state
  if (details !== undefined) terms.details = details
  const common = { key: subject, title: subject, beneficiary: 'both', terms } as const
  if (!due) return { ...common, force: 'statement', obligor: 'partner' }
  terms.due = due
  const owner = read.side(row.cells.owner)
  if (owner) terms.owner = owner
  return { ...common, force: 'obligation', obligor: owner ?? 'both' }
}
