import './overview.css'
import type { Shape } from '@client'
import { useEffect } from 'react'
import { useFormat, useRead, useSession, useWords } from '../../frame/index.ts'
import { Fault, Loading, StaleNote } from '../../parts/notes.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { Changes } from './Changes.tsx'
import { ClauseTable } from './ClauseTable.tsx'
import { Decisions } from './Decisions.tsx'
import { SummaryLinks } from './SummaryLinks.tsx'
import { Tiles } from './Tiles.tsx'
import { Welcome } from './Welcome.tsx'

/** Where the agreement stands: one sentence, the figures, what waits for a person, and every clause worst first. */
export default function OverviewPage() {
  const t = useWords()
  const { customer } = useSession()
  const overview = useRead('/overview')
  // Asked for at once and not only when the table is drawn.
  const clauses = useRead('/clauses', { query: { counted: 'yes', limit: 500 } })
  const { data, error } = overview
  if (!data) {
    return (
      <>
        <PageHead title={t('overview.title')} />
        {error ? <Fault error={error} retry={overview.refetch} /> : <Loading />}
      </>
    )
  }
  return (
    <div className="cv-stack">
      <StaleNote isStale={overview.isStale} />
      {error ? <Fault error={error} retry={overview.refetch} /> : null}
      <Head overview={data} />
      {data.evidenceThrough === null ? <Welcome /> : null}
      <Tiles tiles={data.tiles} />
      <div className="cv-overview-pair">
        {customer ? null : <Decisions decisions={data.decisions} />}
        <Changes since={data.since} changes={data.changes} />
      </div>
      <ClauseTable clauses={clauses} />
    </div>
  )
}

function Head({ overview }: { overview: Shape<'Overview'> }) {
  const t = useWords()
  const format = useFormat()
  const { customer } = useSession()
  useEffect(() => {
    document.title = [t('overview.title'), overview.agreement.title, 'Convenio'].join(' · ')
  }, [t, overview.agreement.title])
  return (
    <header className="cv-overview-head">
      <p className="cv-quiet">
        {t(customer ? 'overview.lead-customer' : 'overview.lead', {
          agreement: overview.agreement.title,
          date: format.date(overview.asOf),
        })}
      </p>
      <h1 className="cv-sentence">{overview.sentence}</h1>
      <SummaryLinks summary={overview.summary} />
    </header>
  )
}
