import type { Shape } from '@client'
import { useId, useState } from 'react'
import { Link, useFormat, useWords } from '../../frame/index.ts'
import { MoneyText } from '../../parts/texts.tsx'
import { ownerInWords } from './owner.ts'

const FIRST = 5

/** What waits for a person, each with whose it is and by when. */
export function Decisions({ decisions }: { decisions: readonly Shape<'Decision'>[] }) {
  const t = useWords()
  const id = useId()
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? decisions : decisions.slice(0, FIRST)
  return (
    <section className="cv-section" aria-labelledby={id}>
      <h2 id={id}>
        {t('overview.decisions')} <span className="cv-count">({decisions.length})</span>
      </h2>
      {decisions.length === 0 ? <p className="cv-quiet">{t('overview.no-decisions')}</p> : null}
      <ul className="cv-entries">
        {shown.map((decision) => (
          <DecisionEntry key={`${decision.kind} ${decision.link} ${decision.text}`} decision={decision} />
        ))}
      </ul>
      {decisions.length > FIRST ? (
        <button type="button" className="cv-button" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('overview.fewer') : t('overview.all', { count: decisions.length })}
        </button>
      ) : null}
    </section>
  )
}

function DecisionEntry({ decision }: { decision: Shape<'Decision'> }) {
  const t = useWords()
  const format = useFormat()
  return (
    <li>
      <p>
        <Link to={decision.link}>{decision.text}</Link>
        {decision.money ? (
          <strong className="cv-entry-money">
            <MoneyText money={decision.money} />
          </strong>
        ) : null}
      </p>
      <p className="cv-quiet">{decision.detail}</p>
      <p className="cv-entry-facts">
        <span>{t(`overview.decision.${decision.kind}`)}</span>
        <span>{ownerInWords(decision.owner, t)}</span>
        {decision.by ? <span>{t('overview.by', { date: format.date(decision.by) })}</span> : null}
      </p>
    </li>
  )
}
