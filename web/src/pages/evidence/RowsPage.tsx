import type { Shape } from '@client'
import { compareDecimals, csvHref, type Say, useRead, useSearchState, useWords } from '../../frame/index.ts'
import { type Column, DataTable, Empty, Fault } from '../../parts/index.ts'
import { CursorPager, useCursor } from '../../parts/listing/CursorPager.tsx'
import { capital } from '../../parts/listing/capital.ts'
import { DayFilter, FilterBar, SelectFilter, TextFilter } from '../../parts/listing/filters.tsx'
import { OneLine } from '../../parts/listing/OneLine.tsx'
import { EvidenceFrame } from './EvidenceFrame.tsx'
import { orderedColumns } from './first-columns.ts'
import { valueText } from './measures.ts'

type Row = Shape<'BulkRows'>['items'][number]

const PAGE = 25
const FILTERS = ['file', 'row', 'from', 'to'] as const
const NUMBER = /^-?\d+(\.\d+)?$/

/** The rows behind a sum: lines of the bill, contact records, probes. */
export default function RowsPage() {
  const say = useWords()
  const [search] = useSearchState()
  const evidence = useRead('/evidence')
  const datasets = (evidence.data?.datasets ?? []).filter(({ facts, rows }) => rows !== facts)
  const dataset = search.dataset ?? datasets[0]?.dataset
  return (
    <EvidenceFrame title={say('evidence.rows')} description={say('evidence.rows-about')}>
      <FilterBar names={FILTERS}>
        <SelectFilter
          name="dataset"
          label={say('evidence.dataset')}
          options={datasets.map(({ dataset: value, text }) => ({ value, label: capital(text) }))}
          fallback={dataset}
        />
        <TextFilter name="file" label={say('evidence.file')} />
        <TextFilter name="row" label={say('evidence.row')} />
        <DayFilter name="from" label={say('evidence.from')} />
        <DayFilter name="to" label={say('evidence.to')} />
      </FilterBar>
      {evidence.error !== null && <Fault error={evidence.error} retry={evidence.refetch} />}
      {dataset === undefined && !evidence.isLoading && <Empty title={say('evidence.no-rows')} />}
      {dataset !== undefined && <Rows dataset={dataset} />}
    </EvidenceFrame>
  )
}

function Rows({ dataset }: { dataset: string }) {
  const say = useWords()
  const [search] = useSearchState()
  const cursor = useCursor()
  const filters = Object.fromEntries(FILTERS.flatMap((name) => (search[name] ? [[name, search[name]]] : [])))
  const { data, error, isLoading, refetch } = useRead('/rows', {
    query: { dataset, ...filters, ...(cursor.cursor === undefined ? {} : { cursor: cursor.cursor }), limit: PAGE },
  })
  return (
    <div>
      <DataTable
        // Another dataset has other columns; what was sorted and hidden belongs to the one before.
        key={dataset}
        id="rows"
        label={say('evidence.rows')}
        items={data?.items}
        columns={orderedColumns(dataset, data?.columns ?? []).map(({ name, isFirst }) => columnOf(name, isFirst, say))}
        loading={isLoading}
        error={error}
        retry={refetch}
        empty={<Empty title={say('evidence.no-rows-found')} />}
        csv={{ href: csvHref('/rows', { dataset, ...filters }) }}
      />
      <CursorPager
        cursor={cursor}
        next={data?.next}
        shown={data?.items.length ?? 0}
        total={data?.total}
        label={say('evidence.pages-rows')}
      />
    </div>
  )
}

function columnOf(name: string, isFirst: boolean, say: Say): Column<Row> {
  return {
    id: name,
    isHidden: !isFirst,
    header: name === '_file' || name === '_row' ? say(`evidence.${name.slice(1)}`) : name,
    cell: (row) => <OneLine text={valueText(row[name])} />,
    sort: (a, b) => compareValues(valueText(a[name]), valueText(b[name])),
  }
}

/** Numbers by their size, without ever making them binary; everything else by its letters. */
function compareValues(a: string, b: string): number {
  if (NUMBER.test(a) && NUMBER.test(b)) return compareDecimals(a, b)
  return a < b ? -1 : a > b ? 1 : 0
}
