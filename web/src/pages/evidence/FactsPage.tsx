import type { Shape } from '@client'
import { csvHref, useRead, useSearchState, useWords } from '../../frame/index.ts'
import { type Column, DataTable, DateText, Empty } from '../../parts/index.ts'
import { CursorPager, useCursor } from '../../parts/listing/CursorPager.tsx'
import { capital } from '../../parts/listing/capital.ts'
import { DayFilter, FilterBar, SelectFilter, TextFilter } from '../../parts/listing/filters.tsx'
import { OneLine } from '../../parts/listing/OneLine.tsx'
import { useDatasetNames } from './dataset-names.ts'
import { EvidenceFrame } from './EvidenceFrame.tsx'
import { FactDetail } from './FactDetail.tsx'
import { valueText } from './measures.ts'

type Fact = Shape<'Fact'>

const PAGE = 25
const FILTERS = ['dataset', 'owner', 'from', 'to', 'file', 'row', 'text'] as const

/** Recorded facts as they stood on the day asked about, down to the row that each came from. */
export default function FactsPage() {
  const say = useWords()
  const [search, change] = useSearchState()
  const cursor = useCursor()
  const filters = Object.fromEntries(FILTERS.flatMap((name) => (search[name] ? [[name, search[name]]] : [])))
  const { data, error, isLoading, refetch } = useRead('/facts', {
    query: { ...filters, ...(cursor.cursor === undefined ? {} : { cursor: cursor.cursor }), limit: PAGE },
  })
  const items = data?.items ?? []
  const open = items.find((fact) => keyOf(fact) === search.fact)
  return (
    <EvidenceFrame title={say('evidence.facts')} description={say('evidence.facts-about')}>
      <FactFilters />
      <div>
        <DataTable
          id="facts"
          label={say('evidence.facts')}
          items={data?.items}
          keyOf={keyOf}
          columns={useFactColumns((fact) => change({ fact: keyOf(fact) }))}
          loading={isLoading}
          error={error}
          retry={refetch}
          empty={<Empty title={say('evidence.no-facts')} />}
          csv={{ href: csvHref('/facts', filters) }}
        />
        <CursorPager
          cursor={cursor}
          next={data?.next}
          shown={items.length}
          total={data?.total}
          label={say('evidence.pages-facts')}
        />
      </div>
      {open !== undefined && <FactDetail fact={open} onClose={() => change({ fact: undefined })} />}
    </EvidenceFrame>
  )
}

function keyOf(fact: Fact): string {
  return [fact.dataset, fact.key, fact.from, fact.sha256.slice(0, 12), fact.row].join(' ')
}

function FactFilters() {
  const say = useWords()
  const { data } = useRead('/evidence')
  const datasets = (data?.datasets ?? []).filter(({ facts }) => facts > 0)
  const options = datasets.map(({ dataset, text }) => ({ value: dataset, label: capital(text) }))
  return (
    <FilterBar names={FILTERS}>
      <SelectFilter
        name="dataset"
        label={say('evidence.dataset')}
        all={say('evidence.all-datasets')}
        options={options}
      />
      <TextFilter name="owner" label={say('evidence.owner')} />
      <DayFilter name="from" label={say('evidence.from')} />
      <DayFilter name="to" label={say('evidence.to')} />
      <TextFilter name="file" label={say('evidence.file')} />
      <TextFilter name="row" label={say('evidence.row')} />
      <TextFilter name="text" label={say('evidence.text')} />
    </FilterBar>
  )
}

function useFactColumns(open: (fact: Fact) => void): Column<Fact>[] {
  const say = useWords()
  const datasetName = useDatasetNames()
  const plain = (id: 'owner' | 'file' | 'row'): Column<Fact> => ({
    id,
    header: say(`evidence.${id}`),
    cell: (fact) => <OneLine text={fact[id]} />,
    sort: (a, b) => (a[id] < b[id] ? -1 : a[id] > b[id] ? 1 : 0),
  })
  const day = (id: 'from' | 'to'): Column<Fact> => ({
    id,
    header: say(`evidence.${id}`),
    cell: (fact) => (
      <span className="nowrap">
        <DateText date={fact[id]} />
      </span>
    ),
    sort: (a, b) => (a[id] < b[id] ? -1 : 1),
  })
  return [
    {
      id: 'key',
      header: say('evidence.fact'),
      cell: (fact) => (
        <button type="button" className="link-button" onClick={() => open(fact)}>
          <OneLine text={fact.key} />
        </button>
      ),
      sort: (a, b) => (a.key < b.key ? -1 : 1),
      isRowHeader: true,
    },
    {
      id: 'dataset',
      header: say('evidence.dataset'),
      cell: (fact) => datasetName(fact.dataset),
      sort: (a, b) => (a.dataset < b.dataset ? -1 : 1),
      width: 150,
    },
    day('from'),
    { ...day('to'), isHidden: true },
    {
      id: 'values',
      header: say('evidence.values'),
      cell: (fact) => <ValuesInShort values={fact.values} />,
    },
    plain('owner'),
    {
      id: 'grade',
      header: say('evidence.grade'),
      cell: (fact) => say(`evidence.grade.${fact.grade}`),
      sort: (a, b) => (a.grade < b.grade ? -1 : 1),
    },
    { ...plain('file'), isHidden: true },
    { ...plain('row'), isHidden: true },
  ]
}

/** The first values that a fact holds; the rest is in its detail. */
function ValuesInShort({ values }: { values: Fact['values'] }) {
  const entries = Object.entries(values).filter(([, value]) => value !== null && value !== '')
  return <OneLine isLong text={entries.map(([name, value]) => `${name}: ${valueText(value)}`).join(' · ')} />
}
