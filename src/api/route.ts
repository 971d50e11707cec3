import { z } from 'zod'

/** What one route promises: enough to register it, to write the OpenAPI document, and to walk it in tests. */
export interface RouteContract<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  A extends z.ZodType = z.ZodType,
> {
  /** The operation's id, also the client's name for it. */
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`, with `:name` for parameters. */
  path: string
  summary: string
  /** Who may ask: anybody, anybody signed in, everybody but customers' users, or who has a right. */
  allows: 'anybody' | 'signed-in' | 'staff' | { right: string }
  params?: P
  query?: Q
  body?: B
  /** What comes back; undefined for no content. */
  answer?: A
  status?: number
  /** The answer is also given as CSV, for `format=csv`. */
  csv?: true
  /** The body is a stream of files. */
  upload?: true
  /** The answer is a stream of its own, such as server-sent events. */
  stream?: 'text/event-stream' | 'application/x-ndjson'
  /** The answer holds a secret that is shown once: it is not kept for whoever repeats the request. */
  secret?: true
  /** How large a body may be, where that is more than usual. */
  bodyBytes?: number
  /** Costs so much that fewer a minute are allowed: such as trying a password. */
  perMinute?: number
}

/** A contract without ceremony that keeps its types. */
export function contract<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  route: RouteContract<P, Q, B, A>,
): RouteContract<P, Q, B, A> {
  return route
}

const EARLIEST = '1900-01-01'
const LATEST = '2199-12-31'

/** A day that calendars and databases agree about, with room for everything that is reckoned from it. */
export const isoDate = z.iso
  .date()
  .refine((day) => day >= EARLIEST && day <= LATEST, { error: `a day from ${EARLIEST} to ${LATEST}` })

/** The two dates and the language of every read. */
export const dates = z.object({
  'as-of': isoDate.optional().describe('the day asked about; today when absent'),
  'known-at': isoDate.optional().describe('whose knowledge is used, by day of receipt; today when absent'),
  language: z.enum(['en', 'es']).optional().describe('of texts; else Accept-Language'),
})

/** A page of a list. */
export const paging = z.object({
  limit: z.coerce.number().int().min(1).max(500).optional().describe('how many; 100 when absent'),
  cursor: z.string().max(2000).optional().describe('`next` of the page before'),
})

/** A list in CSV instead of JSON. */
export const asCsv = z.object({ format: z.enum(['json', 'csv']).optional() })

/** Several words separated by commas. */
export function listOf(describe: string): z.ZodOptional<z.ZodString> {
  return z.string().max(1000).optional().describe(`${describe}; several separated by commas`)
}

/** A list with the cursor of its next page and how many there are in all. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable(), total: z.number().int().nullable() })
}
