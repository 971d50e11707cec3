import { z } from 'zod'
import { type CellReader, plain, type ReadClause, type Row, type Side } from '../../agreement/index.ts'

/** A sentence that no other kind knows: an obligation when it says shall or must, else a statement. */
export const provisionTerms = z.strictObject({
  text: z.string(),
  modal: z.enum(['shall', 'may', 'none']),
})

/** Terms of one provision clause. */
export type ProvisionTerms = z.infer<typeof provisionTerms>

const SHALL =
  /\b(?:shall|must|will|agrees? (?:not )?to|undertakes? (?:not )?to|is required to|are required to|commits? to|is obliged to|may not|debera|deberan|debe|deben|se obligan?|se comprometen?|tiene la obligacion|tendra que|tendran que|no podra|no podran|queda obligad[oa]|esta obligad[oa]|habra de)\b/
// The future tense promises in Spanish as "shall" does in English; accents tell it from the subjunctive.
const FUTURE = /(?<![\p{L}])(?!podrá)\p{L}{2,}(?:ará|erá|irá|drá|rrá|ndrá|ará|arán|erán|irán|drán|rrán)(?![\p{L}])/iu
const MAY =
  /\b(?:(?<!\d )may(?! \d)|can|is entitled to|are entitled to|has the right|have the right|podra|podran|puede|pueden|tiene derecho|tendra derecho|tienen derecho)\b/

/** PRO-1: any sentence, paragraph, bullet or loose row. */
export function fromRow(row: Row, read: CellReader): ReadClause<ProvisionTerms> | undefined {
  const text =
    row.form === 'row'
      ? row.all
          .map((cell) => cell.text)
          .filter((each) => each !== '')
          .join(': ')
      : wholeText(row)
  if (text.trim() === '') return undefined
  const lower = plain(text)
  const shall = firstOf(text, lower)
  const may = MAY.exec(lower)
  const modal =
    shall !== undefined && (!may || shall <= may.index) ? 'shall' : may ? 'may' : shall !== undefined ? 'shall' : 'none'
  const title = text.length > 60 ? `${text.slice(0, 57)}…` : text
  const terms: ProvisionTerms = { text, modal }
  if (modal !== 'shall')
    return { key: text.slice(0, 60), title, force: 'statement', obligor: 'none', beneficiary: 'none', terms }
  const obligor = sideOf(lower, shall ?? 0, row, read)
  return { key: text.slice(0, 60), title, force: 'obligation', obligor, beneficiary: facing(obligor), terms }
}

function wholeText(row: Row): string {
  const joined = row.all.map((cell) => cell.text).join(': ')
  return row.all.length > 1 ? joined : (row.cells.text?.text ?? joined)
}

function firstOf(text: string, lower: string): number | undefined {
  const [word, future] = [SHALL.exec(lower)?.index, FUTURE.exec(text.normalize('NFC'))?.index]
  if (word === undefined) return future
  return future === undefined ? word : Math.min(word, future)
}

// "AWS shall …" names who owes before the modal; "… shall be provided by AWS" names it after "by".
function sideOf(lower: string, modalAt: number, row: Row, read: CellReader): Side {
  const named = (text: string | undefined): Side | undefined => (text ? read.side({ ...row.label, text }) : undefined)
  const before = named(lower.slice(0, modalAt))
  if (before && before !== 'none') return before
  const by = /\b(?:by|por)\s+(?:the\s+|el\s+|la\s+)?(.{2,40})/.exec(lower.slice(modalAt))?.[1]
  return named(by) ?? 'both'
}

function facing(side: Side): Side {
  return side === 'partner' ? 'provider' : side === 'provider' ? 'partner' : 'both'
}
