import type { Shape } from '@client'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useFormat, useSearchState, useWords } from '../../frame/index.ts'
import { Tick } from '../../parts/field/Field.tsx'
import { ClauseLink, DataTable, Empty, Verdict } from '../../parts/index.ts'
import { capital } from '../../parts/listing/capital.ts'

type ClauseEvidence = Shape<'EvidenceStates'>['clauses'][number]

/** What each clause lacks and how to get it. Clauses that lack nothing are shown when asked for. */
export function MissingTable({ clauses }: { clauses: readonly ClauseEvidence[] }) {
  const say = useWords()
  const [search, change] = useSearchState()
  const all = search.clauses === 'all'
  const lacking = clauses.filter(({ missing }) => missing.length > 0)
  return (
    <DataTable
      id="missing"
      title={say('evidence.missing')}
      description={say('evidence.missing-count', { lacking: lacking.length, count: clauses.length })}
      items={all ? clauses : lacking}
      actions={
        <Tick
          label={say('evidence.all-clauses')}
          checked={all}
          onChange={(checked) => change({ clauses: checked ? 'all' : undefined })}
        />
      }
      columns={[
        {
          id: 'clause',
          isRowHeader: true,
          header: say('evidence.clause'),
          cell: (item) => <ClauseLink id={item.id}>{item.title}</ClauseLink>,
          sort: (a, b) => (a.title < b.title ? -1 : 1),
          text: (item) => `${item.title} ${item.id}`,
          csv: (item) => item.id,
        },
        {
          id: 'verdict',
          header: say('evidence.verdict'),
          cell: (item) => <Verdict verdict={item.verdict} />,
          sort: (a, b) => (a.verdict < b.verdict ? -1 : 1),
          csv: (item) => item.verdict,
        },
        {
          id: 'missing',
          header: say('evidence.what-lacks'),
          cell: (item) => <Lacking item={item} />,
          text: (item) => item.missing.join(' '),
          csv: (item) => item.missing.join('; '),
        },
        {
          id: 'how',
          header: say('evidence.how'),
          cell: (item) => <Needs item={item} />,
          text: (item) => item.needs.map(({ how }) => how).join(' '),
          csv: (item) => [...new Set(item.needs.map(({ how }) => how))].join('; '),
        },
      ]}
      empty={<Empty title={say('evidence.nothing-missing')} />}
      csv={{ fileName: 'missing.csv' }}
    />
  )
}

function Lacking({ item }: { item: ClauseEvidence }) {
  const say = useWords()
  const texts = [...new Set(item.missing)]
  if (texts.length === 0) return <StatusIndicator type="success">{say('evidence.lacks-nothing')}</StatusIndicator>
  if (texts.length === 1) return <>{texts[0]}</>
  return (
    <ul className="plain-list">
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
}

function Needs({ item }: { item: ClauseEvidence }) {
  const say = useWords()
  const format = useFormat()
  if (item.needs.length === 0) return <>{say('evidence.needs-nothing')}</>
  return (
    <details className="folded">
      <summary>{capital([...new Set(item.needs.map(({ text }) => text))].join(', '))}</summary>
      <ul className="plain-list">
        {item.needs.map(({ dataset, text, how, through }) => (
          <li key={dataset}>
            <strong>{capital(text)}.</strong>{' '}
            {through === null ? say('evidence.there-is-none') : say('evidence.there-is', { day: format.date(through) })}
            <div>{how}</div>
          </li>
        ))}
      </ul>
    </details>
  )
}
