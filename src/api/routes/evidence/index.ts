import type { View } from '../../../desk/index.ts'
import { rowsPage } from '../../../evidence/ledger/index.ts'
import { daysBetween } from '../../../language/index.ts'
import { csvText } from '../../../reports/index.ts'
import { type BoundRoute, bound, CsvAnswer, whoOf } from '../../asked.ts'
import { cursorOf, readCursor } from '../../pages-of.ts'
import { Refused } from '../../refused.ts'
import { viewOf } from '../standing/index.ts'
import { evidenceContracts } from './contract.ts'

const CSV_ROWS = 100_000

const getEvidence = bound(evidenceContracts.getEvidence, async (asked) => {
  const view: View = await viewOf(asked)
  const { services, speak, dates } = asked
  const rows = await services.desk.bulkRows(whoOf(asked).scope, dates.knownAt)
  return {
    asOf: view.asOf,
    sources: services.desk.sources.map(({ id }) => ({
      id,
      text: speak.word(`source.${id}`),
      how: speak.word(`source.${id}.files`),
    })),
    datasets: view.states.map((state) => ({
      dataset: state.dataset,
      text: speak.word(`dataset.${state.dataset}`),
      facts: state.facts,
      rows: rows.get(state.dataset) ?? state.facts,
      bulk: rows.has(state.dataset),
      from: state.from,
      through: state.through,
      grade: state.grade,
      age: state.through === null ? null : Math.max(0, daysBetween(state.through, view.asOf)),
    })),
    clauses: view.needs.map((each) => ({
      id: each.clause.id,
      title: each.clause.title,
      verdict: each.verdict,
      grade: each.grade,
      used: each.used,
      needs: each.needs.map(({ dataset, how, state }) => ({
        dataset,
        text: speak.word(`dataset.${dataset}`),
        how: speak.word(how),
        through: state.through,
      })),
      missing: [...new Set(each.missing.map((said) => speak.say(said)))],
    })),
  }
})

const listFacts = bound(evidenceContracts.listFacts, async (asked) => {
  const { services, query, dates } = asked
  const { scope } = whoOf(asked)
  const { limit = 100, cursor, format, dataset, owner, from, to, file, row, text } = query
  const isCsv = format === 'csv'
  const page = await services.ledger.asking(scope.asker, (reads) =>
    reads.factsPage(
      dates.knownAt,
      { dataset, owner, from, to, until: dates.asOf, file, row, text },
      { after: cursor === undefined ? undefined : afterOf(cursor), limit: isCsv ? CSV_ROWS : limit },
    ),
  )
  const items = page.facts.map(({ receivedAt, personal: _personal, ...fact }) => ({
    dataset: fact.dataset,
    key: fact.key,
    from: fact.from,
    to: fact.to,
    receivedAt: receivedAt ?? '',
    owner: fact.owner,
    grade: fact.grade,
    values: fact.values as Record<string, unknown>,
    source: fact.source,
    file: fact.file ?? '',
    row: fact.row ?? '',
    sha256: fact.sha256 ?? '',
    import: fact.import,
  }))
  if (!isCsv) return { items, next: page.next ? cursorOf(page.next) : null, total: null }
  const columns = [
    'dataset',
    'key',
    'from',
    'to',
    'receivedAt',
    'owner',
    'grade',
    'values',
    'source',
    'file',
    'row',
    'sha256',
  ]
  const rows = items.map((item) => [
    ...[item.dataset, item.key, item.from, item.to, item.receivedAt, item.owner, item.grade],
    ...[JSON.stringify(item.values), item.source, item.file, item.row, item.sha256],
  ])
  return new CsvAnswer(csvText(columns, rows), `facts-${dates.asOf}.csv`)
})

function afterOf(cursor: string): { dataset: string; key: string } {
  const { dataset, key } = readCursor(cursor)
  if (typeof dataset !== 'string' || typeof key !== 'string') throw new Refused(400, 'cursor')
  return { dataset, key }
}

const listRows = bound(evidenceContracts.listRows, async (asked) => {
  const { services, query, dates } = asked
  const { limit = 100, cursor, format, dataset, file, row, from, to } = query
  const isCsv = format === 'csv'
  const offset = cursor === undefined ? 0 : offsetOf(cursor)
  const room = services.desk.sources.find((each) => each.gives.includes(dataset))
  const at = room?.store === 'bulk' ? room.timeColumn : undefined
  const page = await services.ledger.asking(whoOf(asked).scope.asker, (reads) =>
    rowsPage(
      reads,
      dataset,
      { knownAt: dates.knownAt, file, row, from, to, at },
      { offset, limit: isCsv ? CSV_ROWS : limit },
    ),
  )
  const columns = page.columns.map((each) => each.name)
  if (isCsv) {
    const rows = page.rows.map((each) => columns.map((name) => plain(each[name])))
    return new CsvAnswer(csvText(columns, rows), `${dataset}-${dates.asOf}.csv`)
  }
  const end = offset + page.rows.length
  return { columns, items: page.rows, next: end < page.total ? cursorOf({ at: end }) : null, total: page.total }
})

function plain(value: unknown): string | number | null {
  if (value === null || value === undefined) return null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function offsetOf(cursor: string): number {
  const { at } = readCursor(cursor)
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || at < 0) throw new Refused(400, 'cursor')
  return at
}

/** Evidence over HTTP. */
export const evidenceRoutes: BoundRoute[] = [getEvidence, listFacts, listRows]
