import type { Shape } from '@client'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ReactNode } from 'react'
import { Link, useFormat, useWords } from '../../frame/index.ts'
import { type Column, DataTable, Empty } from '../../parts/index.ts'
import { capital } from '../../parts/listing/capital.ts'
import { freshness } from './measures.ts'

type Dataset = Shape<'EvidenceStates'>['datasets'][number]

const SIGNS = { none: 'stopped', fresh: 'success', ageing: 'pending', old: 'warning' } as const

/** Every dataset with how much there is of it, from when to when, how fresh and how good. */
export function DatasetTable({ datasets }: { datasets: readonly Dataset[] }) {
  const say = useWords()
  return (
    <DataTable
      id="datasets"
      title={say('evidence.datasets')}
      items={datasets}
      columns={useDatasetColumns()}
      empty={<Empty title={say('evidence.nothing')} />}
      csv={{ fileName: 'datasets.csv' }}
    />
  )
}

function useDatasetColumns(): Column<Dataset>[] {
  const say = useWords()
  const format = useFormat()
  const day = (id: 'from' | 'through'): Column<Dataset> => ({
    id,
    header: say(`evidence.${id}`),
    cell: (item) => (item[id] === null ? '–' : <span className="nowrap">{format.date(item[id])}</span>),
    sort: (a, b) => compare(a[id] ?? '', b[id] ?? ''),
    csv: (item) => item[id] ?? '',
  })
  const count = (id: 'facts' | 'rows', header: string, cell: (item: Dataset) => ReactNode): Column<Dataset> => ({
    ...{ id, header, cell, isNumber: true },
    sort: (a, b) => a[id] - b[id],
    csv: (item) => String(item[id]),
  })
  return [
    {
      id: 'dataset',
      isRowHeader: true,
      header: say('evidence.dataset'),
      cell: (item) => <DatasetLink item={item} />,
      sort: (a, b) => compare(a.text, b.text),
      text: (item) => item.text,
      csv: (item) => item.dataset,
    },
    {
      id: 'age',
      header: say('evidence.freshness'),
      cell: (item) => <Freshness age={item.age} />,
      sort: (a, b) => (a.age ?? Number.MAX_SAFE_INTEGER) - (b.age ?? Number.MAX_SAFE_INTEGER),
      csv: (item) => String(item.age ?? ''),
    },
    day('from'),
    day('through'),
    count('facts', say('evidence.facts'), (item) => format.number(item.facts)),
    count('rows', say('evidence.rows-short'), (item) => <RowsOf item={item} />),
    {
      id: 'grade',
      header: say('evidence.grade'),
      cell: (item) => (item.grade === null ? '–' : capital(say(`evidence.grade.${item.grade}`))),
      sort: (a, b) => compare(a.grade ?? '', b.grade ?? ''),
      csv: (item) => item.grade ?? '',
    },
  ]
}

function DatasetLink({ item }: { item: Dataset }) {
  if (item.facts === 0) return <>{capital(item.text)}</>
  return <Link to={`/evidence/facts?dataset=${encodeURIComponent(item.dataset)}`}>{capital(item.text)}</Link>
}

function RowsOf({ item }: { item: Dataset }) {
  const { number } = useFormat()
  if (item.rows === item.facts) return <>–</>
  return <Link to={`/evidence/rows?dataset=${encodeURIComponent(item.dataset)}`}>{number(item.rows)}</Link>
}

function Freshness({ age }: { age: number | null }) {
  const say = useWords()
  const state = freshness(age)
  return (
    <StatusIndicator type={SIGNS[state]} wrapText={false}>
      {say(`evidence.fresh.${state}`, { days: Math.max(0, age ?? 0) })}
    </StatusIndicator>
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
