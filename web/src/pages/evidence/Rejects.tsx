import type { Shape } from '@client'
import { csvHref, useRead, useWords } from '../../frame/index.ts'
import { DataTable, Empty } from '../../parts/index.ts'
import { CursorPager, useCursor } from '../../parts/listing/CursorPager.tsx'
import { shown } from '../../parts/listing/shown.ts'
import { sentBack } from './tally.ts'

const PAGE = 25

interface Reject {
  file: string
  row: number
  reasons: string[]
  raw: string | null
}

/** Rows that were rejected, with their reasons and their bytes as delivered. */
export function Rejects({ item }: { item: Shape<'ImportLine'> }) {
  const say = useWords()
  const cursor = useCursor('rejects')
  const { data, error, isLoading, refetch } = useRead('/imports/{id}/rejects', {
    params: { id: item.id },
    query: { limit: PAGE, ...sentBack('cursor', cursor.cursor) },
    enabled: item.tally.rejected > 0,
  })
  return (
    <div>
      <DataTable<Reject>
        id="rejects"
        title={say('evidence.rejected-rows')}
        {...(item.tally.rejected > 0 ? { description: say('evidence.rejected-help') } : {})}
        items={item.tally.rejected > 0 ? data?.items : []}
        loading={isLoading}
        error={error}
        retry={refetch}
        columns={[
          {
            id: 'place',
            width: 220,
            isRowHeader: true,
            header: say('evidence.file-row'),
            cell: ({ file, row }) => say('evidence.row-of', { file, row }),
            sort: (a, b) => (a.file === b.file ? a.row - b.row : a.file < b.file ? -1 : 1),
          },
          {
            id: 'reasons',
            width: 220,
            header: say('evidence.reasons'),
            cell: ({ reasons }) => <Reasons reasons={reasons} />,
          },
          {
            id: 'raw',
            header: say('evidence.as-delivered'),
            cell: ({ raw }) => <AsDelivered raw={raw} />,
          },
        ]}
        empty={<Empty title={say('evidence.nothing-rejected')} />}
        csv={{ href: csvHref(`/imports/${encodeURIComponent(item.id)}/rejects`) }}
      />
      <CursorPager
        cursor={cursor}
        next={data?.next}
        shown={data?.items.length ?? 0}
        total={data?.total}
        label={say('evidence.pages-rejects')}
      />
    </div>
  )
}

function Reasons({ reasons }: { reasons: readonly string[] }) {
  return (
    <ul className="plain-list">
      {[...new Set(reasons)].map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  )
}

function AsDelivered({ raw }: { raw: string | null }) {
  const say = useWords()
  if (raw === null) return <em>{say('evidence.erased')}</em>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keys
    <pre className="as-delivered" tabIndex={0}>
      {shown(raw)}
    </pre>
  )
}
