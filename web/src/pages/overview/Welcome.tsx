import type { Shape } from '@client'
import { useId } from 'react'
import { Link, useCan, useRead, useSession, useWords } from '../../frame/index.ts'

const FIRST = 5

/** An installation without evidence: what to bring first, because it decides the most clauses. */
export function Welcome() {
  const t = useWords()
  const can = useCan()
  const id = useId()
  const { customer } = useSession()
  const evidence = useRead('/evidence', { enabled: !customer })
  if (customer) return null
  const wanted = evidence.data ? mostWanted(evidence.data.clauses) : []
  return (
    <section className="cv-section cv-welcome" aria-labelledby={id}>
      <h2 id={id}>{t('overview.welcome')}</h2>
      <p>{t('overview.welcome.detail')}</p>
      <ol className="cv-list">
        {wanted.map((need) => (
          <li key={need.dataset}>
            <b>{need.text}</b> <span className="cv-quiet">{t('overview.decides', { count: need.clauses })}</span>
            <br />
            {need.how}
          </li>
        ))}
      </ol>
      <p className="cv-actions">
        {can('import') ? (
          <Link to="/evidence/imports" className="cv-button cv-button-primary">
            {t('overview.bring-files')}
          </Link>
        ) : null}
        <Link to="/agreement" className="cv-button">
          {t('overview.read-agreement')}
        </Link>
        <Link to="/evidence" className="cv-button">
          {t('overview.all-needs')}
        </Link>
      </p>
    </section>
  )
}

interface Wanted {
  dataset: string
  text: string
  how: string
  clauses: number
}

function mostWanted(clauses: Shape<'EvidenceStates'>['clauses']): Wanted[] {
  const wanted = new Map<string, Wanted>()
  for (const clause of clauses) {
    for (const { dataset, text, how } of clause.needs) {
      const known = wanted.get(dataset) ?? { dataset, text, how, clauses: 0 }
      wanted.set(dataset, { ...known, clauses: known.clauses + 1 })
    }
  }
  return [...wanted.values()].sort((a, b) => b.clauses - a.clauses).slice(0, FIRST)
}
