import type { Shape } from '@client'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { Link, useFormat, useRead, useSearchState, useWords } from '../../frame/index.ts'
import { Tick } from '../../parts/field/Field.tsx'
import { type Column, DataTable, Empty } from '../../parts/index.ts'
import { CursorPager, useCursor } from '../../parts/listing/CursorPager.tsx'
import { FilterBar, SelectFilter, TextFilter } from '../../parts/listing/filters.tsx'
import { EvidenceFrame } from './EvidenceFrame.tsx'
import { RecentJobs } from './RecentJobs.tsx'
import { useSources } from './SourceField.tsx'
import { sentBack } from './tally.ts'

type ImportLine = Shape<'ImportLine'>
const PAGE = 25

/** Everything that was imported, newest first. */
export default function ImportsPage() {
  const say = useWords()
  const [search, change] = useSearchState()
  const cursor = useCursor()
  const query = {
    ...sentBack('source', search.source),
    ...sentBack('text', search.text),
    ...(search.rejected === 'yes' ? { rejected: 'yes' as const } : {}),
    ...sentBack('cursor', cursor.cursor),
    limit: PAGE,
  }
  const { data, error, isLoading, refetch } = useRead('/imports', { query })
  const columns = useImportColumns()
  return (
    <EvidenceFrame title={say('evidence.imports')} description={say('evidence.imports-about')}>
      <FilterBar names={['source', 'text', 'rejected']}>
        <SourceFilter />
        <TextFilter name="text" label={say('evidence.text')} />
        <Tick
          label={say('evidence.only-rejected')}
          checked={search.rejected === 'yes'}
          onChange={(checked) => change({ rejected: checked ? 'yes' : undefined, cursor: undefined })}
        />
      </FilterBar>
      <div>
        <DataTable
          id="imports"
          label={say('evidence.imports')}
          items={data?.items}
          columns={columns}
          loading={isLoading}
          error={error}
          retry={refetch}
          empty={<Empty title={say('evidence.no-imports')} />}
          csv={{ fileName: 'imports.csv' }}
        />
        <CursorPager
          cursor={cursor}
          next={data?.next}
          shown={data?.items.length ?? 0}
          total={data?.total}
          label={say('evidence.pages-imports')}
        />
      </div>
      <RecentJobs />
    </EvidenceFrame>
  )
}

function SourceFilter() {
  const say = useWords()
  const options = useSources().map(({ id, text }) => ({ value: id, label: text }))
  return (
    <SelectFilter name="source" label={say('evidence.source')} all={say('evidence.all-sources')} options={options} />
  )
}

function useImportColumns(): Column<ImportLine>[] {
  const say = useWords()
  const { number, date, dateTime } = useFormat()
  const text = (id: string, header: string, of: (item: ImportLine) => string): Column<ImportLine> => ({
    ...{ id, header, csv: of, cell: of },
    sort: (a, b) => (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : 0),
  })
  const count = (id: keyof ImportLine['tally']): Column<ImportLine> => ({
    id,
    isNumber: true,
    header: say(`evidence.tally.${id}`),
    cell: ({ tally }) => number(tally[id]),
    sort: (a, b) => a.tally[id] - b.tally[id],
    csv: ({ tally }) => String(tally[id]),
  })
  return [
    {
      ...text('label', say('evidence.import'), ({ label }) => label),
      isRowHeader: true,
      width: 260,
      cell: (item) => <Link to={`/evidence/imports/${encodeURIComponent(item.id)}`}>{item.label}</Link>,
    },
    { ...text('source', say('evidence.source'), ({ sourceText }) => sourceText), width: 170 },
    {
      ...text('received', say('evidence.received'), ({ receivedAt }) => receivedAt),
      cell: ({ receivedAt }) => <span className="nowrap">{date(receivedAt)}</span>,
    },
    {
      ...text('recorded', say('evidence.recorded'), ({ recordedAt }) => recordedAt),
      isHidden: true,
      cell: ({ recordedAt }) => dateTime(recordedAt),
    },
    {
      id: 'state',
      width: 170,
      header: say('evidence.state'),
      cell: (item) => <ImportState item={item} />,
      csv: ({ retractedAt }) => retractedAt ?? '',
    },
    count('read'),
    count('kept'),
    { ...count('duplicate'), isHidden: true },
    { ...count('superseded'), isHidden: true },
    count('rejected'),
    { ...text('actor', say('evidence.by'), ({ actor }) => actor), isHidden: true },
  ]
}

/** Whether the import stands, stands with rejected rows, or was taken back. */
export function ImportState({ item }: { item: ImportLine }) {
  const say = useWords()
  const { date } = useFormat()
  if (item.retractedAt !== null)
    return (
      <StatusIndicator type="stopped" wrapText={false}>
        {say('evidence.taken-back-on', { day: date(item.retractedAt) })}
      </StatusIndicator>
    )
  if (item.tally.rejected > 0)
    return (
      <StatusIndicator type="warning" wrapText={false}>
        {say('evidence.stands-rejected', { count: item.tally.rejected })}
      </StatusIndicator>
    )
  return (
    <StatusIndicator type="success" wrapText={false}>
      {say('evidence.stands')}
    </StatusIndicator>
  )
}
