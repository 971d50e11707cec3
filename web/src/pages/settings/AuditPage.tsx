import { csvHref, useFormat, useRead, useSearchState, useWords } from '../../frame/index.ts'
import type { ReadData } from '../../frame/reading.ts'
import { type Column, DataTable, Empty, PageHead } from '../../parts/index.ts'
import { Copied } from '../../parts/listing/Copied.tsx'
import { CursorPager, useCursor } from '../../parts/listing/CursorPager.tsx'
import { FilterBar, TextFilter } from '../../parts/listing/filters.tsx'
import { Pairs } from '../../parts/listing/Pairs.tsx'
import { shown } from '../../parts/listing/shown.ts'
import { Window } from '../../parts/listing/Window.tsx'
import { Chain } from './Chain.tsx'
import './settings.css'

type Entry = ReadData<'/audit'>['items'][number]
const PAGE = 25

/** Everything that was done, newest first, and whether the chain of entries holds. */
export default function AuditPage() {
  const say = useWords()
  const [search, change] = useSearchState()
  const cursor = useCursor()
  const filters = {
    ...(search.action ? { action: search.action } : {}),
    ...(search.actor ? { actor: search.actor } : {}),
  }
  const { data, error, isLoading, refetch } = useRead('/audit', {
    query: { ...filters, ...(cursor.cursor === undefined ? {} : { cursor: cursor.cursor }), limit: PAGE },
  })
  const open = data?.items.find(({ seq }) => String(seq) === search.entry)
  const columns = useAuditColumns((entry) => change({ entry: String(entry.seq) }))
  return (
    <div className="cv-stack">
      <PageHead title={say('settings.audit')} description={say('settings.audit-about')} />
      <Chain />
      <FilterBar names={['action', 'actor']}>
        <TextFilter name="action" label={say('settings.action')} />
        <TextFilter name="actor" label={say('settings.actor')} />
      </FilterBar>
      <div>
        <DataTable
          id="audit"
          label={say('settings.audit')}
          items={data?.items}
          columns={columns}
          keyOf={({ seq }) => String(seq)}
          loading={isLoading}
          error={error}
          retry={refetch}
          empty={<Empty title={say('settings.no-entries')} />}
          csv={{ href: csvHref('/audit', filters) }}
        />
        <CursorPager
          cursor={cursor}
          next={data?.next}
          shown={data?.items.length ?? 0}
          total={data?.total}
          label={say('settings.pages-audit')}
        />
      </div>
      {open !== undefined && <EntryDetail entry={open} onClose={() => change({ entry: undefined })} />}
    </div>
  )
}

function useAuditColumns(open: (entry: Entry) => void): Column<Entry>[] {
  const say = useWords()
  const { dateTime } = useFormat()
  const text = (id: 'action' | 'subject'): Column<Entry> => ({
    id,
    header: say(`settings.${id}`),
    cell: (entry) => <span className="anywhere">{shown(entry[id])}</span>,
    sort: (a, b) => (a[id] < b[id] ? -1 : a[id] > b[id] ? 1 : 0),
  })
  return [
    {
      id: 'seq',
      header: say('settings.seq'),
      cell: (entry) => (
        <button
          type="button"
          className="link-button"
          aria-label={say('settings.open-entry', { seq: entry.seq })}
          onClick={() => open(entry)}
        >
          {entry.seq}
        </button>
      ),
      sort: (a, b) => a.seq - b.seq,
      isRowHeader: true,
    },
    {
      id: 'at',
      header: say('settings.at'),
      cell: ({ at }) => dateTime(at),
      sort: (a, b) => (a.at < b.at ? -1 : 1),
    },
    {
      id: 'actor',
      header: say('settings.actor'),
      cell: ({ actorText }) => shown(actorText),
      sort: (a, b) => (a.actorText < b.actorText ? -1 : 1),
    },
    text('action'),
    text('subject'),
    {
      id: 'hash',
      header: say('settings.hash'),
      cell: ({ hash }) => <code>{hash.slice(0, 12)}…</code>,
    },
  ]
}

function EntryDetail({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const say = useWords()
  const { dateTime } = useFormat()
  return (
    <Window title={say('settings.entry', { seq: entry.seq })} onClose={onClose}>
      <Pairs
        pairs={[
          [say('settings.at'), dateTime(entry.at)],
          [
            say('settings.actor'),
            entry.actor === entry.actorText ? shown(entry.actor) : `${shown(entry.actorText)} (${shown(entry.actor)})`,
          ],
          [say('settings.action'), shown(entry.action)],
          [say('settings.subject'), shown(entry.subject)],
        ]}
      />
      <h3>{say('settings.detail')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keys */}
      <pre className="audit-detail" tabIndex={0}>
        {shown(JSON.stringify(entry.detail, null, 2))}
      </pre>
      <h3>{say('settings.hash')}</h3>
      <Copied text={entry.hash} />
    </Window>
  )
}
