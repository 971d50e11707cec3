import { z } from 'zod'
import { type CellReader, findPer, namesTotal, type ReadClause, type Row } from '../../agreement/index.ts'
import { amountSchema } from '../schemas.ts'

/** A training budget (TRA-1, TRA-2). */
export const trainingTerms = z.strictObject({
  training: z.string(),
  budget: amountSchema.optional().describe('with `per` when the text says per what'),
  delivery: z.string().optional(),
  total: z.boolean().optional(),
})

/** Terms of one training clause. */
export type TrainingTerms = z.infer<typeof trainingTerms>

/** TRA-1, TRA-2: a row or line as a training budget; undefined when it names no training or, outside a table, no amount. */
export function fromRow(row: Row, read: CellReader): ReadClause<TrainingTerms> | undefined {
  const training = read.text(row.cells.training)
  if (training === undefined) return undefined
  const terms: TrainingTerms = { training }
  const budget = read.money(row.cells.budget)
  if (budget) {
    const per = budget.per ?? periodIn(row)
    terms.budget = per ? { ...budget, per } : budget
  }
  if (row.form !== 'row' && (!budget || !row.cells.value)) return undefined
  const delivery = row.form === 'row' ? read.text(row.cells.delivery) : undefined
  if (delivery !== undefined) terms.delivery = delivery
  if (namesTotal(training)) terms.total = true
  return {
    key: training,
    title: training,
    force: terms.total ? 'statement' : 'obligation',
    obligor: 'partner',
    beneficiary: 'provider',
    terms,
  }
}

/** TRA-2: the period in its own column, the budget's header, the rest of a line, or the nearest heading. */
function periodIn(row: Row): ReturnType<typeof findPer> {
  const { period, budget, text } = row.cells
  const said =
    row.form === 'row' ? [period?.text, budget?.column, row.section.at(-1)] : [text?.text, row.section.at(-1)]
  for (const words of said) {
    const per = words === undefined ? undefined : findPer(words)
    if (per) return per
  }
  return undefined
}
