import { z } from 'zod'
import { type Cell, type CellReader, plain, type ReadClause, type Row } from '../../agreement/index.ts'
import { decimalSchema, percentSchema } from '../schemas.ts'

/** A band of service with the credit that it earns (CRB-1, CRB-2). */
export const creditBandTerms = z.strictObject({
  of: z.string().optional().describe('the metric that the table or heading names'),
  below: decimalSchema.optional().describe('holds below this per cent'),
  atLeast: decimalSchema.optional().describe('and from this per cent upward'),
  touches: z.boolean().optional().describe('both ends belong to the band as written'),
  credit: percentSchema,
})

/** Terms of one credit-band clause. */
export type CreditBandTerms = z.infer<typeof creditBandTerms>

/** A band of service as words give it, in per cent. */
type Band = Pick<CreditBandTerms, 'below' | 'atLeast' | 'touches'>

// Words before a number that make it the upper or the lower end; "equal" alone adds nothing but that the end belongs.
const UPPER =
  /(?:<|≤|\bless than\b|\blower than\b|\bbelow\b|\bunder\b|\bup to\b|\bmenor(?:es)?\b|\bmenos\b|\binferior(?:es)?\b|\bbajo\b|\bdebajo\b|\bhasta\b)/
const LOWER =
  /(?:>|≥|\bgreater than\b|\bmore than\b|\bat least\b|\babove\b|\bover\b|\bfrom\b|\bmayor(?:es)?\b|\bmas\b|\bsuperior(?:es)?\b|\bsobre\b|\bdesde\b|\bal menos\b)/
const INCLUSIVE = /≤|<=|\bor equal\b|\bequal to or\b|\bo igual\b|\bigual o\b|\bup to\b|\bhasta\b/
const AFTER_LOWER =
  /^\s*%?\s*(?:\+|(?:or more|and above|or higher|o mas|y mas|o superior)(?!(?: than| de| que| a)?\s*\d)|en adelante)/
// "From 99.0 % and below 99.5 %": the words belong to the number that follows them.
const AFTER_UPPER = /^\s*%?\s*(?:or less|or lower|and below|o menos|o inferior|y menos)(?!(?: than| de| que| a)?\s*\d)/

/** CRB-1: reads "99.0 % – 99.9 %", "< 95 %", "less than 99.9 % but equal to or greater than 99.0 %". */
export function readServiceBand(text: string): Band | undefined {
  const lower = plain(text).replace(/^(?:between|entre|de|from|desde)\s+(?=\d)/, '')
  const numbers = [...lower.matchAll(/\d+(?:[.,]\d+)?/g)].slice(0, 2)
  const found: { value: string; end?: 'upper' | 'lower'; inclusive: boolean }[] = []
  let before = 0
  for (const match of numbers) {
    const words = lower.slice(before, match.index)
    const after = lower.slice(match.index + match[0].length)
    const end =
      LOWER.test(words) || AFTER_LOWER.test(after)
        ? 'lower'
        : UPPER.test(words) || AFTER_UPPER.test(after)
          ? 'upper'
          : undefined
    const inclusive = INCLUSIVE.test(words) || AFTER_UPPER.test(after)
    found.push({ value: match[0].replace(',', '.'), inclusive, ...(end ? { end } : {}) })
    before = match.index + match[0].length
  }
  const [first, second] = found
  if (!first) return undefined
  return second ? twoEnds(first, second) : oneEnd(first)
}

function oneEnd(only: { value: string; end?: 'upper' | 'lower'; inclusive: boolean }): Band | undefined {
  if (only.end === 'lower') return { atLeast: only.value }
  if (only.end !== 'upper') return undefined
  return only.inclusive ? { below: only.value, touches: true } : { below: only.value }
}

function twoEnds(
  first: { value: string; end?: 'upper' | 'lower'; inclusive: boolean },
  second: { value: string; end?: 'upper' | 'lower'; inclusive: boolean },
): Band {
  const said = first.end !== undefined || second.end !== undefined
  const firstIsUpper = said
    ? first.end === 'upper' || second.end === 'lower'
    : Number(first.value) > Number(second.value)
  const [upper, low] = firstIsUpper ? [first, second] : [second, first]
  const touches = said ? upper.inclusive : true
  return { below: upper.value, atLeast: low.value, ...(touches ? { touches: true } : {}) }
}

/** CRB-1, CRB-2: a row or line as a credit band; undefined when it gives no band or no percentage of credit. */
export function fromRow(row: Row, read: CellReader): ReadClause<CreditBandTerms> | undefined {
  const split =
    row.form === 'row' ? { band: row.cells.band ?? betweenEnds(row), credit: row.cells.credit } : splitLine(row)
  const band = split?.band && readServiceBand(split.band.text)
  if (!split || !band) return undefined
  const credit = read.percentage(split.credit)
  if (credit === undefined) return undefined
  const metric = row.form === 'row' ? read.text(row.cells.of) : undefined
  const of = metric ?? (row.form === 'row' ? split.band?.column : undefined)
  const terms: CreditBandTerms = { ...(of ? { of } : {}), ...band, credit }
  const key = band.below === undefined ? `from ${band.atLeast}` : `below ${band.below}`
  const title = split.band?.text ?? key
  const common = { obligor: 'provider', beneficiary: 'partner', force: 'statement', terms } as const
  return { ...common, key: metric ? `${metric} ${key}` : key, title: metric ? `${metric}: ${title}` : title }
}

/** CRB-4: a column for each end: `Availability, from | to below | Credit`. The upper end is out unless its header says otherwise. */
function betweenEnds(row: Row): Cell | undefined {
  const { from, to } = row.cells
  const [low, high] = [from, to].map((cell) => (/\d/.test(cell?.text ?? '') ? cell?.text : undefined))
  const upper = high === undefined ? '' : `${/incl/i.test(to?.column ?? '') ? 'up to' : 'below'} ${high}`
  const text = low === undefined ? upper : upper === '' ? `at least ${low}` : `at least ${low}, ${upper}`
  const column = (from?.column ?? '').replace(/[\s,:(–-]+(?:from|at least|desde)\b.*$/i, '')
  return from && text !== '' ? { ...from, text, column } : undefined
}

/** CRB-2: "99.0 % – 99.9 %: 10 %", "Below 99.9 %: 10 % credit", "10 % credit if availability is below 99.9 %". */
function splitLine(row: Row): { band: Cell; credit: Cell } | undefined {
  const { value, text } = row.cells
  const whole = text?.text ?? ''
  if (value && /\d/.test(row.label.text) && /%/.test(value.text)) return { band: row.label, credit: value }
  const credit =
    /(\d+(?:[.,]\d+)?\s*%)\s*(?:of |del? |service |en )*(?:\w+ )?(?:credits?|cr[eé]ditos?|abono)/i.exec(whole) ??
    /(?:credits?|cr[eé]ditos?|abono)\s*(?:of|del?|:)?\s*(\d+(?:[.,]\d+)?\s*%)/i.exec(whole)
  if (!credit?.[1] || !text || whole.length > 160) return undefined
  const rest = whole.replace(credit[0], ' ')
  if (!/%/.test(rest) || !(UPPER.test(plain(rest)) || LOWER.test(plain(rest)) || /\d\s*%?\s*[-–—]\s*\d/.test(rest)))
    return undefined
  return { band: { ...text, text: rest.trim() }, credit: { ...text, text: credit[1] } }
}
