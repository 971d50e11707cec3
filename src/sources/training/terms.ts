import type { z } from 'zod'
import { currency, day, exactDecimal, optional, required, rowOf, text, wholeNumber } from '../fields.ts'

/** Columns without which a table is no ledger of training. */
export const COLUMNS = ['Entry', 'Date', 'Budget Line', 'Amount', 'Currency']

/** One entry of the ledger; a credit note has a negative amount. */
export const entryRow = rowOf({
  Entry: required(text),
  Date: required(day),
  'Budget Line': required(text),
  Course: optional(text),
  Provider: optional(text),
  Attendees: optional(wholeNumber),
  Amount: required(exactDecimal),
  Currency: required(currency),
})

/** What stands in `entryRow`. */
export type EntryRow = z.infer<typeof entryRow>
