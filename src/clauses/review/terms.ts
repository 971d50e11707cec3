import { z } from 'zod'
import { type CellReader, parseFrequency, type ReadClause, type Row } from '../../agreement/index.ts'
import { frequencySchema } from '../schemas.ts'

/** A recurring meeting. */
export const reviewTerms = z.strictObject({
  meeting: z.string(),
  frequency: frequencySchema.optional(),
  frequencyText: z.string().optional(),
  focus: z.string().optional(),
  owner: z.string().optional(),
})

/** Terms of one review clause. */
export type ReviewTerms = z.infer<typeof reviewTerms>

const OWNER =
  /\b(?:chaired by|led by|owner|chair|participants|attended by|presidid[oa] por|liderad[oa] por|preside|responsable|participantes|a cargo del?|encargad[oa])\b\s*:?\s*([^;().]+)/i

const ENDS_IN_OWNER =
  /[,;(–-]\s*(?:owner|lead|chair|host|responsible|participants|responsable|a cargo|encargad[oa]|preside|participantes)\s*$/i

/** REV-1: a row with a meeting, or a bullet that says how often; undefined otherwise. */
export function fromRow(row: Row, read: CellReader): ReadClause<ReviewTerms> | undefined {
  const terms = row.form === 'row' ? ofRow(row, read) : ofLine(row)
  if (!terms || terms.meeting === '') return undefined
  const { meeting } = terms
  return { key: meeting, title: meeting, force: 'obligation', obligor: 'both', beneficiary: 'both', terms }
}

function ofRow(row: Row, read: CellReader): ReviewTerms | undefined {
  const meeting = read.text(row.cells.meeting)
  if (meeting === undefined) return undefined
  const terms: ReviewTerms = { meeting }
  const frequencyText = read.text(row.cells.frequency)
  const frequency = read.frequency(row.cells.frequency)
  if (frequency) terms.frequency = frequency
  if (frequencyText) terms.frequencyText = frequencyText
  const focus = read.text(row.cells.focus)
  if (focus) terms.focus = focus
  const owner = read.text(row.cells.owner)
  if (owner) terms.owner = owner
  return terms
}

// "QBR: quarterly, review of the business", "Technical sync (monthly), chaired by the CTO".
function ofLine(row: Row): ReviewTerms | undefined {
  const whole = row.cells.text?.text ?? row.label.text
  // "Biweekly call (every two weeks), owner: AWS": the colon belongs to the owner, not to a label before the frequency.
  const value = ENDS_IN_OWNER.test(row.label.text) ? undefined : row.cells.value?.text
  const said = value ?? whole
  const inValue = parseFrequency(said)
  const frequency = inValue ?? parseFrequency(whole)
  if (!frequency) return undefined
  const meeting = value !== undefined ? row.label.text : (whole.split(/[,;(–]|\s-\s/)[0] ?? whole).trim()
  const terms: ReviewTerms = { meeting, frequency, frequencyText: inValue ? said : whole }
  const owner = OWNER.exec(said)?.[1]?.trim()
  if (owner) terms.owner = owner
  const focus = said
    .split(/[,;(–]|\s-\s/)
    .map((part) => part.replace(/\)\s*$/, '').trim())
    .find((part) => part !== '' && part !== meeting && !parseFrequency(part) && !OWNER.test(part))
  if (focus) terms.focus = focus
  return terms
}
