import { z } from 'zod'
import { type CellReader, plain, type ReadClause, type Row, topicOfSentence } from '../../agreement/index.ts'

/** A service that the agreement covers. */
export const serviceTerms = z.strictObject({
  service: z.string(),
  description: z.string().optional(),
  use: z.string().optional(),
})

/** Terms of one service clause. */
export type ServiceTerms = z.infer<typeof serviceTerms>

const LEAD =
  /^.*?\b(?:services?|products?|agreement|contract|partnership|scope|servicios?|productos?|contrato|convenio|acuerdo|alcance)\b.{0,40}?\b(?:covers?|covered are|includes?|extends to|applies to|are|comprises?|cubren?|incluyen?|comprenden?|amparan?|abarcan?|son)\b(?:\s+(?:the following|the|los siguientes|los|las)(?:\s+(?:services?|products?|servicios|productos))?)?\s*:?\s+/i

const SPEAKS =
  /\b(?:is|are|shall|will|must|may|does|do|has|have|applies|apply|exclud\w+|excluyen?|esta|estan|sera|seran|debe|deben|puede|pueden|rige|rigen|no (?:incluyen?|se))\b/
// "The services in this table are the covered services" names none itself.
const POINTS =
  /\b(?:services?|products?|rows|servicios?|productos?|filas) (?:(?:listed|priced|named|shown|indicados|listados|nombrados) )?(?:in|of|above|below|en|de|del) (?:the |this |la |esta |el |este )?(?:\w+ )?(?:table|list|tabla|lista|cuadro|section|seccion)\b/

/** SRV-1, SRV-2: a row, a bullet or a sentence that lists what is covered; undefined when it names no service. */
export function fromRow(row: Row, read: CellReader): ReadClause<ServiceTerms>[] | undefined {
  if (row.field !== undefined) return listed(read.list(row.cells.value))
  if (row.form === 'row') {
    const { service = row.label, description, use } = row.cells
    return named(service.text, read.text(description), read.text(use))
  }
  const text = row.cells.text?.text ?? row.label.text
  if (row.form === 'item') return fromItem(row)
  if (!LEAD.test(text) || POINTS.test(plain(text))) return undefined
  return listed(read.list({ ...row.label, text: text.replace(LEAD, '').replace(/\.$/, '') }))
}

function fromItem(row: Row): ReadClause<ServiceTerms>[] | undefined {
  const value = row.cells.value?.text
  if (value !== undefined) {
    const [description, use] = value.split(/\s*[;|]\s*|\s+[–—]\s+/)
    return named(row.label.text, description, use)
  }
  const text = row.label.text
  // "Prices exclude tax" names no service, however short it is.
  if (topicOfSentence(text) !== undefined || SPEAKS.test(plain(text))) return undefined
  const bracketed = /^(.+?)\s*\(([^)]+)\)\s*\.?$/.exec(text)
  // A bracket of one short word belongs to the name: "Compute (EC2)".
  if (bracketed?.[1] && bracketed[2] && /\s/.test(bracketed[2])) return named(bracketed[1], bracketed[2], undefined)
  const used = /^(.+?),?\s+(?:used\s+)?(?:for|para)\s+(.+?)\.?$/i.exec(text)
  if (used?.[1] && used[2]) return named(used[1], undefined, used[2])
  return text.split(/\s+/).length <= 8 ? named(text.replace(/[.;]$/, ''), undefined, undefined) : undefined
}

function listed(names: readonly string[]): ReadClause<ServiceTerms>[] | undefined {
  // A long "item" is half a sentence: then the line lists no services.
  if (names.some((name) => name.split(/\s+/).length > 8)) return undefined
  const clauses = names.flatMap((name) => named(name.replace(/^(?:and|y|e)\s+|\.$/gi, ''), undefined, undefined) ?? [])
  return clauses.length > 0 ? clauses : undefined
}

function named(
  service: string,
  description: string | undefined,
  use: string | undefined,
): ReadClause<ServiceTerms>[] | undefined {
  const name = service.trim()
  if (name === '' || /^(?:total|subtotal|suma)$/.test(plain(name))) return undefined
  const terms: ServiceTerms = { service: name }
  if (description?.trim()) terms.description = description.trim()
  if (use?.trim()) terms.use = use.trim()
  return [{ key: name, title: name, force: 'statement', obligor: 'provider', beneficiary: 'partner', terms }]
}
