import { sql } from 'kysely'
import type { ReadParts } from './parts.ts'
import { type FactLine, type LedgerFact, standing, toFact } from './visible.ts'

/** Which standing facts are wanted; each is a narrowing of its own. */
export interface FactsFilter {
  dataset?: string | undefined
  owner?: string | undefined
  /** Facts that speak of any day from here on … */
  from?: string | undefined
  /** … up to here. */
  to?: string | undefined
  /** Facts of what had happened by this day. */
  until?: string | undefined
  source?: string | undefined
  /** The import that brought them. */
  import?: string | undefined
  /** The file they were read from, and the row of it. */
  file?: string | undefined
  row?: string | undefined
  /** Words somewhere in key, values, owner or file, whatever their case. */
  text?: string | undefined
}

/** Where a page begins and how long it may be. */
export interface FactsPlace {
  /** The last fact of the page before. */
  after?: { dataset: string; key: string } | undefined
  limit: number
}

/** A page of facts, and what to hand in as `after` for the next; undefined on the last. */
export interface FactsPage {
  facts: LedgerFact[]
  next?: { dataset: string; key: string }
}

/** A page of the facts that stood by a day, in the order of dataset and key: cut to the dataset before, by the rest after choosing what stands. */
export async function factsPage(
  reads: ReadParts,
  knownAt: string,
  filter: FactsFilter,
  { after, limit }: FactsPlace,
): Promise<FactsPage> {
  const { dataset } = filter
  const inDataset = dataset === undefined ? sql`` : sql`and f.dataset = ${dataset}`
  const rest = !after
    ? sql``
    : dataset === after.dataset
      ? sql`and f.key > ${after.key}`
      : sql`and (f.dataset, f.key) > (${after.dataset}, ${after.key})`
  // An order of its own around the inner one would let the planner read and sort everything for the sake of a page.
  const { rows } = await sql<FactLine>`
    select s.* from (${standing(reads, knownAt, sql`${inDataset} ${rest}`)}) s
    where true ${narrowed(filter)} limit ${limit + 1}`.execute(reads.db)
  const facts = rows.slice(0, limit).map(toFact)
  const last = facts.at(-1)
  return rows.length > limit && last ? { facts, next: { dataset: last.dataset, key: last.key } } : { facts }
}

function narrowed({ owner, from, to, until, source, file, row, import: by, text }: FactsFilter) {
  const parts = [
    owner === undefined ? undefined : sql`s.owner = ${owner}`,
    from === undefined ? undefined : sql`s.happened_to >= ${from}::date`,
    to === undefined ? undefined : sql`s.happened_from <= ${to}::date`,
    until === undefined ? undefined : sql`s.happened_to <= ${until}::date`,
    source === undefined ? undefined : sql`s.source = ${source}`,
    file === undefined ? undefined : sql`s.file = ${file}`,
    row === undefined ? undefined : sql`s.row = ${row}`,
    by === undefined ? undefined : sql`s.import = ${by}`,
  ]
  if (text !== undefined && text !== '') {
    const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
    const columns = ['s.key', 's.values', 's.owner', 's.file'].map((name) => sql`${sql.ref(name)} ilike ${pattern}`)
    parts.push(sql`(${sql.join(columns, sql` or `)})`)
  }
  const some = parts.filter((part) => part !== undefined)
  return some.length === 0 ? sql`` : sql`and ${sql.join(some, sql` and `)}`
}
