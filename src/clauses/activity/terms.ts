import { z } from 'zod'
import {
  type CellReader,
  parseFrequency,
  parseSide,
  type ReadClause,
  type Row,
  type Side,
} from '../../agreement/index.ts'
import { frequencySchema, sideSchema } from '../schemas.ts'

/** A joint activity with its frequency and owner. */
export const activityTerms = z.strictObject({
  activity: z.string(),
  frequency: frequencySchema.optional(),
  frequencyText: z.string().optional(),
  owner: sideSchema.optional().describe('which side leads, when the words name one'),
  ownerText: z.string().optional(),
})

/** Terms of one activity clause. */
export type ActivityTerms = z.infer<typeof activityTerms>

// "(led by WOM)", "– AWS-led", ", a cargo de WOM": the words that name who runs an activity inside a bullet.
const OWNER =
  /(?:\b(?:led|run|organi[sz]ed|hosted) by\b|\bowner\b|\blead(?=\s*:)|\ba cargo del?\b|\bliderad[oa]s? por\b|\borganizad[oa]s? por\b|\bresponsable\b)\s*:?\s*([^,;()]+)|([^,;()–]+?)-led\b/i

const ENDS_IN_OWNER =
  /[,;(–-]\s*(?:owner|lead|host|responsible|organi[sz]er|responsable|a cargo|encargad[oa]|organiza)\s*$/i

/** ACT-1: a row with an activity, or a bullet that says how often; undefined otherwise. */
export function fromRow(row: Row, read: CellReader): ReadClause<ActivityTerms> | undefined {
  const terms = row.form === 'row' ? ofRow(row, read) : ofLine(row, read)
  if (!terms || terms.activity === '') return undefined
  const obligor: Side = terms.owner ?? 'both'
  const { activity } = terms
  return { key: activity, title: activity, force: 'obligation', obligor, beneficiary: 'both', terms }
}

function ofRow(row: Row, read: CellReader): ActivityTerms | undefined {
  const activity = read.text(row.cells.activity)
  if (activity === undefined) return undefined
  const terms: ActivityTerms = { activity }
  const frequencyText = read.text(row.cells.frequency)
  const frequency = read.frequency(row.cells.frequency)
  if (frequency) terms.frequency = frequency
  if (frequencyText) terms.frequencyText = frequencyText
  const ownerText = read.text(row.cells.owner)
  const owner = ownerText === undefined ? undefined : read.side(row.cells.owner)
  if (ownerText) terms.ownerText = ownerText
  if (owner) terms.owner = owner
  return terms
}

function ofLine(row: Row, read: CellReader): ActivityTerms | undefined {
  const whole = row.cells.text?.text ?? row.label.text
  // "Biweekly call (every two weeks), owner: AWS": the colon belongs to the owner, not to a label before the frequency.
  const value = ENDS_IN_OWNER.test(row.label.text) ? undefined : row.cells.value?.text
  const said = value ?? whole
  const frequency = parseFrequency(said) ?? parseFrequency(whole)
  if (!frequency) return undefined
  const activity = value !== undefined ? row.label.text : (whole.split(/[,;(–]|\s-\s/)[0] ?? whole).trim()
  const terms: ActivityTerms = { activity, frequency, frequencyText: said }
  const match = OWNER.exec(said)
  const ownerText = (match?.[1] ?? match?.[2] ?? lastPart(said, read))?.trim()
  const owner = ownerText === undefined ? undefined : parseSide(ownerText, read.parties)
  if (ownerText) terms.ownerText = ownerText
  if (owner) terms.owner = owner
  return terms
}

// "Monthly, AWS": the last part names the owner when it names a side at all.
function lastPart(text: string, read: CellReader): string | undefined {
  const part = text
    .split(/[,;(]|\s[–-]\s/)
    .at(-1)
    ?.replace(/\)\s*$/, '')
  return part && part !== text && parseSide(part, read.parties) ? part : undefined
}
