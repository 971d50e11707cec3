import { type RawBuilder, sql } from 'kysely'
import { literal, literals } from '../bulk/engine.ts'
import type { KnownSegment } from '../bulk/staged.ts'
import type { EvidenceFact, Grade } from '../fact.ts'
import type { FactRow, SegmentRow } from '../records/tables.ts'
import type { ReadParts } from './parts.ts'

/** A fact of the ledger: evidence with its identity, whose it is, and what is sealed of it. */
export interface LedgerFact extends EvidenceFact {
  key: string
  owner: string
  import: string
  personal?: string
}

const PAGE = 20_000

/**
 * The facts that stood by a day: of each identity the telling of the highest version that was received by then and not taken back by
 * then. Ordered by dataset and key, so that the same ledger gives the same list whatever was imported first.
 */
export async function factsKnownAt(
  reads: ReadParts,
  knownAt: string,
  datasets?: readonly string[],
): Promise<LedgerFact[]> {
  const facts: LedgerFact[] = []
  const wanted = datasets
    ? sql`and f.dataset in (select jsonb_array_elements_text(${JSON.stringify(datasets)}::jsonb))`
    : sql``
  for (let after: FactLine | undefined; ; ) {
    const rest = after ? sql`and (f.dataset, f.key) > (${after.dataset}, ${after.key})` : sql``
    const { rows } = await sql<FactLine>`${standing(reads, knownAt, sql`${wanted} ${rest}`)} limit ${PAGE}`.execute(
      reads.db,
    )
    facts.push(...rows.map(toFact))
    after = rows.at(-1)
    if (rows.length < PAGE) return facts
  }
}

/**
 * The query of the facts that stood by a day, in the order of dataset and key; `narrowed` may only speak of those two, because which
 * telling stands is decided among all of them.
 */
export function standing(
  { agreement, asker }: ReadParts,
  knownAt: string,
  narrowed: RawBuilder<unknown>,
): RawBuilder<FactLine> {
  const day = sql`${knownAt}::date`
  const takenBack = asker
    ? sql`select unnest(taken_back(${day}))`
    : sql`select r.import from retractions r where r.received_at <= ${day}`
  // What was told again as somebody else's is hidden from whom it was taken: the older telling must not come to stand again for them.
  const own = asker && asker.owners !== '*' ? sql`and not moved_away(f.id, ${day})` : sql``
  return sql`
    select distinct on (f.dataset, f.key) f.dataset, f.key, f.happened_from, f.happened_to, f.owner, f.grade, f."values",
      f.personal, f.source, f.file, f.row, f.sha256, f.import, f.received_at
    from facts f
    where f.agreement = ${agreement} and f.received_at <= ${day} ${narrowed} and f.import not in (${takenBack}) ${own}
    order by f.dataset, f.key, f.version desc, f.received_at desc, f.id desc`
}

/** A standing fact as the records give it. */
export type FactLine = Omit<FactRow, 'id' | 'agreement' | 'version' | 'content'>

/** A fact of its line. */
export function toFact(line: FactLine): LedgerFact {
  const fact: LedgerFact = {
    dataset: line.dataset,
    key: line.key,
    from: line.happened_from,
    to: line.happened_to,
    receivedAt: line.received_at,
    values: JSON.parse(line.values),
    grade: line.grade as Grade,
    owner: line.owner,
    source: line.source,
    file: line.file,
    row: line.row,
    sha256: line.sha256,
    import: line.import,
  }
  if (line.personal !== null) fact.personal = line.personal
  return fact
}

/** Bulk evidence as it stood by a day. */
export interface BulkView {
  segments: readonly (KnownSegment & { sha256: string; receivedAt: string })[]
  /** Files of dead rows by dataset, as paths below the installation. */
  dead: readonly { dataset: string; path: string }[]
  /** Imports whose rows are not to be seen: received later, or taken back. */
  unseen: readonly string[]
}

/** Lists the segments that stood by a day; paths are still relative to the installation's folder. */
export async function bulkKnownAt({ db, agreement, asker }: ReadParts, knownAt: string): Promise<BulkView> {
  const day = sql`${knownAt}::date`
  const unseen = asker
    ? sql`select unnest(unseen_imports(${day})) as id`
    : sql`select i.id from imports i left join retractions r on r.import = i.id and r.received_at <= ${day}
        where i.agreement = ${agreement} and (i.received_at > ${day} or r.import is not null)`
  const { rows: hidden } = await sql<{ id: string }>`${unseen} order by id`.execute(db)
  const { rows } = await sql<SegmentLine>`
    select s.id, s.dataset, s.owner, s.period, s.shape, s.subject, s.digest, s.path, s.sha256, s.rows, s.happened_from, s.happened_to,
      s.import, s.received_at
    from segments s
    where s.agreement = ${agreement} and s.import not in (${unseen})
      and s.id not in (select p.segment from segment_replacements p where p.import not in (${unseen}))
    order by s.dataset, s.period, s.owner, s.id`.execute(db)
  const { rows: dead } = await sql<{ dataset: string; path: string }>`
    select dataset, path from dead_rows where agreement = ${agreement} order by id`.execute(db)
  return { segments: rows.map(toSegment), dead, unseen: hidden.map((each) => each.id) }
}

type SegmentLine = Omit<SegmentRow, 'agreement' | 'bytes' | 'personal_path' | 'personal_sha256'>

function toSegment(line: SegmentLine): BulkView['segments'][number] {
  const { happened_from, happened_to, received_at, shape, subject, digest, ...rest } = line
  return {
    ...rest,
    rows: Number(line.rows),
    from: happened_from,
    to: happened_to,
    receivedAt: received_at,
    ...(shape === null ? {} : { shape }),
    ...(subject === null ? {} : { subject }),
    ...(digest === null ? {} : { digest }),
  }
}

/**
 * The SQL of a dataset's rows that stand, a parenthesised query; undefined when there are none. A query opens only the files listed
 * here, which is what keeps one customer's rows from another's eyes.
 */
export function rowsOf(
  view: BulkView,
  dataset: string,
  place: (path: string) => string,
  shape?: string,
): string | undefined {
  const segments = view.segments.filter(
    (each) => each.dataset === dataset && (shape === undefined || each.shape === shape),
  )
  if (segments.length === 0) return undefined
  const paths = literals(segments.map((each) => place(each.path)))
  const dead = view.dead.filter((each) => each.dataset === dataset)
  if (dead.length === 0) return `(select * from read_parquet(${paths}, union_by_name = true))`
  const graves = literals(dead.map((each) => place(each.path)))
  const unseen = view.unseen.length > 0 ? `where "by" not in (${view.unseen.map(literal).join(', ')})` : ''
  return `(select s.* exclude (filename, file_row_number)
    from read_parquet(${paths}, union_by_name = true, filename = true, file_row_number = true) s
    anti join (select distinct segment, "row" from read_parquet(${graves}) ${unseen}) d
      on parse_filename(s.filename, true) = d.segment and s.file_row_number = d."row")`
}
