import type { Shape } from '@client'
import { useEffect, useState } from 'react'
import { Link, useFormat, useRead, useWords } from '../../frame/index.ts'
import { Empty, Fault, Loading } from '../../parts/index.ts'
import type { Origin } from './EvidenceRows.tsx'
import { isDecimal } from './exact.ts'
import { cellText, RowsPages, RowsTable } from './RowsTable.tsx'
import { isWanted, rowsWanted } from './rows-wanted.ts'

type Fact = Shape<'Fact'>

const MOST_FACTS = 500
const MOST_PAGES = 20
/** So many records are shown one by one; more of them as a table. */
const ONE_BY_ONE = 2

/** The records of the file and rows that a fact names. */
export function Records({ origin, label, field }: { origin: Origin; label: string; field: string | undefined }) {
  const words = useWords()
  const { found, error, isLoading, refetch } = useRecords(origin)
  if (error) return <Fault error={error} retry={refetch} />
  if (isLoading) return <Loading />
  if (found.length === 0) return <Empty title={words('why.no-row')} />
  const wanted = rowsWanted(origin.row)
  const all = new URLSearchParams({
    dataset: origin.dataset,
    ...(origin.file === undefined ? {} : { file: origin.file }),
  })
  return (
    <>
      {wanted && 'several' in wanted && (
        <p className="why-quiet">
          {words('why.derived', { count: wanted.several })}{' '}
          <Link to={`/evidence/facts?${all}`}>{words('why.facts-page')}</Link>
        </p>
      )}
      {found.length <= ONE_BY_ONE ? (
        found.map((fact) => <Record key={keyOf(fact)} fact={fact} used={field} />)
      ) : (
        <RecordTable facts={found} label={label} />
      )}
    </>
  )
}

function keyOf({ key, from, to, import: by }: Fact): string {
  return [key, from, to, by].join(' ')
}

/** The facts of the file, read on page by page until the rows that are wanted are among them. */
function useRecords(origin: Origin) {
  const { dataset, file, row, sha256 } = origin
  const wanted = rowsWanted(row)
  const [place, setPlace] = useState<{ cursor: string | undefined; page: number }>({ cursor: undefined, page: 1 })
  const { cursor, page } = place
  const one = wanted && 'named' in wanted && wanted.named.size === 1 ? row : undefined
  const { data, error, isLoading, refetch } = useRead('/facts', {
    query: {
      dataset,
      limit: MOST_FACTS,
      ...(file === undefined ? {} : { file }),
      ...(one === undefined ? {} : { row: one }),
      ...(cursor === undefined ? {} : { cursor }),
    },
  })
  const found = (data?.items ?? []).filter(
    (fact) => isWanted(fact.row, wanted) && (sha256 === undefined || fact.sha256 === sha256),
  )
  const next = data?.next ?? undefined
  const goesOn = data !== undefined && found.length === 0 && next !== undefined && page < MOST_PAGES
  useEffect(() => {
    if (goesOn && next !== cursor) setPlace({ cursor: next, page: page + 1 })
  }, [goesOn, next, cursor, page])
  return { found, error: data ? null : error, isLoading: isLoading || goesOn, refetch }
}

function Record({ fact, used }: { fact: Fact; used: string | undefined }) {
  const words = useWords()
  const about = useAbout(fact)
  return (
    <table className="why-record">
      <caption>{fact.key === '' ? fact.dataset : fact.key}</caption>
      <tbody>
        {Object.entries(fact.values).map(([field, value]) => (
          <tr key={field} className={field === used ? 'why-used' : undefined}>
            <th scope="row">
              <code>{field}</code>
            </th>
            <td className={isDecimal(value) ? 'why-number' : undefined}>{cellText(value)}</td>
          </tr>
        ))}
      </tbody>
      <tbody className="why-about">
        {about.map(([name, text]) => (
          <tr key={name}>
            <th scope="row">{words(name)}</th>
            <td>{text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function useAbout({ from, to, receivedAt, grade, owner }: Fact): [name: string, text: string][] {
  const words = useWords()
  const format = useFormat()
  const about: [string, string][] = [
    ['why.when', from === to ? format.date(to) : `${format.date(from)} – ${format.date(to)}`],
    ['why.received', receivedAt === '' ? '' : format.date(receivedAt)],
    ['why.grade', words(`why.grade.${grade}`)],
    ['why.owner', owner],
  ]
  return about.filter(([, text]) => text !== '')
}

const PAGE = 20

function RecordTable({ facts, label }: { facts: readonly Fact[]; label: string }) {
  const words = useWords()
  const [start, setStart] = useState(0)
  const shown = facts.slice(start, start + PAGE)
  const fields = [...new Set(facts.flatMap(({ values }) => Object.keys(values)))]
  const [day, row] = [words('why.when'), words('why.row')]
  return (
    <>
      <RowsTable
        label={label}
        columns={[row, day, ...fields]}
        rows={shown.map((fact) => ({ ...fact.values, [day]: fact.to, [row]: fact.row }))}
      />
      <RowsPages
        first={start + 1}
        count={shown.length}
        total={facts.length}
        before={start === 0 ? undefined : () => setStart(Math.max(0, start - PAGE))}
        after={start + PAGE >= facts.length ? undefined : () => setStart(start + PAGE)}
      />
    </>
  )
}
