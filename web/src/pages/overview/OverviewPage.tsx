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
      {isUndecided(data) ? <Welcome /> : null}
      <Tiles tiles={data.tiles} />
      <div className="cv-overview-pair">
        {customer ? null : <Decisions decisions={data.decisions} />}
        <Changes since={data.since} changes={data.changes} />
      </div>
      <ClauseTable clauses={clauses} />
    </div>
  )
}

/** Nothing decides a clause yet. Declarations of the text itself may already reach to some day. */
function isUndecided({ evidenceThrough, summary }: Shape<'Overview'>): boolean {
  const { met, atRisk, breached, waived, undetermined } = summary
  return evidenceThrough === null || (undetermined > 0 && met + atRisk + breached + waived === 0)
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
