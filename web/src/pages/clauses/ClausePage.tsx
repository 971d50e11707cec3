import type { Shape } from '@client'
import { useState } from 'react'
import { TrendChart } from '../../charts/TrendChart.tsx'
import { Link, useCan, usePathParams, useRead, useWords } from '../../frame/index.ts'
import { ClauseWords } from '../../parts/clause/ClauseWords.tsx'
import { placeHref, placeText } from '../../parts/clause/places.ts'
import { clausePath, Empty, Family, Fault, Loading, PageHead, StaleNote } from '../../parts/index.ts'
import { ClauseFindings } from './ClauseFindings.tsx'
import { Needs } from './Needs.tsx'
import { Stands } from './Stands.tsx'
import { Terms } from './Terms.tsx'
import { Waiver } from './Waiver.tsx'
import './clause.css'

type ClauseDetail = Shape<'ClauseDetail'>

/** One clause: its words and terms, where it stands and stood, what it needs, what is said of it. */
export default function ClausePage() {
  const words = useWords()
  const { kind = '', name = '' } = usePathParams()
  const { data, error, isLoading, isStale, refetch } = useRead('/clauses/{kind}/{name}', { params: { kind, name } })
  if (error?.status === 404)
    return (
      <>
        <PageHead title={words('clauses.one')} />
        <Empty title={words('clauses.no-clause', { id: `${kind}/${name}` })}>{words('clauses.no-clause.how')}</Empty>
      </>
    )
  return (
    <>
      <PageHead
        title={data?.title ?? words('clauses.one')}
        {...(data === undefined ? {} : { description: <About clause={data} />, actions: <Actions clause={data} /> })}
      />
      <StaleNote isStale={isStale} />
      {error && !data && <Fault error={error} retry={refetch} />}
      {isLoading && !data && <Loading />}
      {data && <Detail key={data.id} clause={data} params={{ kind, name }} />}
    </>
  )
}

function About({ clause }: { clause: ClauseDetail }) {
  const words = useWords()
  const side = (name: string) => words(`clauses.side.${name}`)
  return (
    <>
      {clause.kindText} · <Family family={clause.family} /> ·{' '}
      {clause.obligor === 'none'
        ? words(`clauses.force.${clause.force}`)
        : words('clauses.owed', {
            force: words(`clauses.force.${clause.force}`),
            obligor: side(clause.obligor),
            beneficiary: side(clause.beneficiary),
          })}{' '}
      · {words(`clauses.lifecycle.${clause.lifecycle}`)}
    </>
  )
}

function Actions({ clause }: { clause: ClauseDetail }) {
  const words = useWords()
  const can = useCan()
  return (
    <>
      <Link to={clausePath(clause.id, 'why')} className="cv-button cv-button-primary">
        {words('clauses.why')}
      </Link>
      {can('amend') && (
        <Link to={`/drafts/new?clause=${encodeURIComponent(clause.id)}`} className="cv-button">
          {words('clauses.draft')}
        </Link>
      )}
    </>
  )
}

function Detail({ clause, params }: { clause: ClauseDetail; params: { kind: string; name: string } }) {
  return (
    <div className="clause">
      <div className="clause-columns">
        <div className="clause-column">
          <Stands clause={clause} />
          <Trend params={params} />
          <Needs needs={clause.needs} missing={clause.missing} />
        </div>
        <div className="clause-column">
          <Words clause={clause} />
          <Terms terms={clause.terms} />
          <ClauseFindings findings={clause.findings} />
          <Waiver clause={clause} />
        </div>
      </div>
    </div>
  )
}

function Words({ clause }: { clause: ClauseDetail }) {
  const words = useWords()
  const [marked, setMarked] = useState<Shape<'Span'>>()
  const spans = clause.terms.flatMap(({ span }) => (span === null ? [] : [span]))
  return (
    <section className="clause-card" aria-labelledby="clause-words">
      <h2 id="clause-words">{words('clauses.words')}</h2>
      <ClauseWords lines={clause.words} span={marked ?? spans[0]} />
      {spans.length > 1 && (
        <p className="clauses-quiet">
          {clause.terms.map((term) =>
            term.span === null ? null : (
              <button
                key={term.nameText}
                type="button"
                className="clause-mark"
                aria-pressed={(marked ?? spans[0]) === term.span}
                onClick={() => setMarked(term.span ?? undefined)}
              >
                {term.nameText}
              </button>
            ),
          )}
        </p>
      )}
      <p className="clauses-quiet">
        {clause.section.join(' › ')} · <code>{placeText(clause.span)}</code>
      </p>
      <p>
        <Link to={placeHref(clause.span)}>{words('clauses.in-the-agreement')}</Link>
      </p>
      {clause.amendedBy.length > 0 && <p>{words('clauses.amended-by', { amendments: clause.amendedBy.join(', ') })}</p>}
    </section>
  )
}

function Trend({ params }: { params: { kind: string; name: string } }) {
  const words = useWords()
  const { data, error, isLoading, refetch } = useRead('/trend/{kind}/{name}', { params })
  if (data && data.points.length > 0) return <TrendChart points={data.points} />
  return (
    <section className="clause-card" aria-label={words('clauses.trend')}>
      {error && <Fault error={error} retry={refetch} />}
      {isLoading && <Loading />}
      {data && <Empty title={words('clauses.no-trend')} />}
    </section>
  )
}
