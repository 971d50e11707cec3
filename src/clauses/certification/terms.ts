import { z } from 'zod'
import { type CellReader, namesTotal, parseDate, plain, type ReadClause, type Row } from '../../agreement/index.ts'
import { decimalSchema, statedDateSchema } from '../schemas.ts'

/** A certificate with its holders and target (CER-1). */
export const certificationTerms = z.strictObject({
  certificate: z.string(),
  holders: decimalSchema.optional(),
  target: decimalSchema.optional(),
  targetDate: statedDateSchema.optional(),
  total: z.boolean().optional(),
})

/** Terms of one certification clause. */
export type CertificationTerms = z.infer<typeof certificationTerms>

/** CER-1: a row or line as a certification; undefined when it names none or, outside a table, counts nobody. */
export function fromRow(row: Row, read: CellReader): ReadClause<CertificationTerms> | undefined {
  const certificate = read.text(row.cells.certificate)
  if (certificate === undefined) return undefined
  const terms: CertificationTerms = { certificate }
  if (row.form === 'row') {
    const holders = read.number(row.cells.holders)
    const target = read.number(row.cells.target)
    if (holders !== undefined) terms.holders = holders
    if (target !== undefined) terms.target = target
    const stated = row.cells.date && read.text(row.cells.date) !== undefined ? read.date(row.cells.date) : undefined
    const date =
      stated ?? (row.cells.target && (datedWords(row.cells.target.text) ?? parseDate(row.cells.target.column)))
    if (date) terms.targetDate = date
  } else if (!readLine(row, terms)) return undefined
  if (namesTotal(certificate)) terms.total = true
  return {
    key: certificate,
    title: certificate,
    force: !terms.total && (row.cells.target || terms.target) ? 'target' : 'statement',
    obligor: 'partner',
    beneficiary: 'provider',
    terms,
  }
}

const HOLDERS =
  /(\d+)\s*(?:current |certified |active |actual(?:es)? |personas )?(?:holders?|people|persons|staff|engineers|professionals|certified|titulares?|personas|profesionales|certificad[oa]s|ingenier[oa]s|today|now|hoy|actual(?:es)?|vigentes)|(?:holders?|current(?:ly)?|titulares|actual(?:es)?|hoy)\s*:?\s*(\d+)/
const TARGET =
  /(?:target|goal|required|need(?:ed|s)?|minimum|at least|reach|meta|objetivo|requerid[oa]s?|exigid[oa]s?|minimo|al menos|alcanzar|llegar a)\s*(?:of|de|:|is|es)?\s*(\d+)|(\d+)\s*(?:required|needed|requerid[oa]s|exigid[oa]s|as a minimum|como minimo)/
const ARROW = /(\d+)\s*(?:→|->|=>|⇒|\bto\b|\ba\b)\s*(\d+)/

/** `AWS Security: 3 holders, target 6`, `AWS DevOps Engineer: 4 → 8`. */
function readLine(row: Row, terms: CertificationTerms): boolean {
  if (!row.cells.value) return false
  const body = plain(row.cells.value.text)
  const arrow = ARROW.exec(body)
  const target = arrow?.[2] ?? firstOf(TARGET.exec(body))
  const holders = arrow?.[1] ?? firstOf(HOLDERS.exec(body.replace(TARGET, ' ')))
  if (holders !== undefined) terms.holders = holders
  if (target !== undefined) terms.target = target
  const date = target === undefined ? undefined : datedWords(row.cells.value.text)
  if (date) terms.targetDate = date
  return holders !== undefined || target !== undefined
}

function firstOf(match: RegExpExecArray | null): string | undefined {
  return match?.[1] ?? match?.[2]
}

// "15 by December 2025": a date inside a count needs a word before it or brackets around it.
function datedWords(text: string): ReturnType<typeof parseDate> {
  const match = /(?:\b(?:by|before|until|a|al|para|hasta|antes del?|en|in)\s+|\()(.*(?:19|20)\d{2}.*)$/i.exec(text)
  return match?.[1] ? parseDate(match[1]) : undefined
}
