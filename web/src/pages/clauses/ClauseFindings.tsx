import type { Shape } from '@client'
import { Link, useWords } from '../../frame/index.ts'
import { placeHref, placeText } from '../../parts/clause/places.ts'
import { MoneyText } from '../../parts/index.ts'

/** What the checks say of the clause, each with its place, its other ends and how to mend it. */
export function ClauseFindings({ findings }: { findings: readonly Shape<'Finding'>[] }) {
  const words = useWords()
  return (
    <section className="clause-card" aria-labelledby="clause-findings">
      <h2 id="clause-findings">
        {words('clauses.findings')} <span className="cv-count">({findings.length})</span>
      </h2>
      {findings.length === 0 && <p className="clauses-quiet">{words('clauses.findings.none')}</p>}
      <ul className="clause-findings">
        {findings.map((finding) => (
          <OneFinding key={finding.fingerprint} finding={finding} />
        ))}
      </ul>
    </section>
  )
}

function OneFinding({ finding }: { finding: Shape<'Finding'> }) {
  const words = useWords()
  const { severity, confidence, code, title, message, fix, money, primary, related, fingerprint, waived } = finding
  return (
    <li className={`clause-finding clause-finding-${severity}`}>
      <h3>
        <Link to={`/agreement?finding=${encodeURIComponent(fingerprint)}`}>{title}</Link>
      </h3>
      <p className="clauses-quiet">
        {words(`clauses.severity.${severity}`)} · {words(`clauses.confidence.${confidence}`)} · <code>{code}</code> ·{' '}
        <Link to={placeHref(primary)}>{placeText(primary)}</Link>
      </p>
      <p>{message}</p>
      {money !== null && (
        <p>
          {words('clauses.money')}: <MoneyText money={money} />
        </p>
      )}
      {fix !== '' && <p>{fix}</p>}
      {related.length > 0 && (
        <ul>
          {related.map(({ span, label }) => (
            <li key={`${span.line}:${span.column} ${label}`}>
              <Link to={placeHref(span)}>{placeText(span)}</Link> {label}
            </li>
          ))}
        </ul>
      )}
      {waived !== null && (
        <p className="clauses-quiet">{words('clauses.finding.waived', { by: waived.by, reason: waived.reason })}</p>
      )}
    </li>
  )
}
