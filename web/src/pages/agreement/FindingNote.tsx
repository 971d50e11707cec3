import { memo } from 'react'
import { Link, useCan, useWords } from '../../frame/index.ts'
import { endsOf, type Finding } from '../../parts/document/document.ts'
import { MoneyText } from '../../parts/index.ts'
import { SeveritySign } from '../../parts/severity/SeveritySign.tsx'
import type { DocumentActions } from './DocumentBlock.tsx'

/** A finding in the margin: short until it is chosen, then with its ends, what mends it and where to go on. */
export const FindingNote = memo(function FindingNote({
  finding,
  selected,
  actions,
}: {
  finding: Finding
  selected: boolean
  actions: DocumentActions
}) {
  const t = useWords()
  return (
    <li
      className={`agreement-note severity-${finding.severity}${selected ? ' agreement-note-selected' : ''}`}
      data-at={finding.primary.line}
    >
      <button
        type="button"
        id={`finding-${finding.fingerprint}`}
        className="agreement-note-head"
        aria-expanded={selected}
        onClick={() => actions.select(selected ? undefined : finding.fingerprint)}
      >
        <SeveritySign severity={finding.severity} />
        <span className="agreement-note-text">
          <span className="cv-sr">{t(`severity.${finding.severity}`)}: </span>
          <span className={selected ? undefined : 'agreement-note-short'}>{finding.message}</span>
        </span>
      </button>
      {selected && <NoteBody finding={finding} actions={actions} />}
    </li>
  )
})

function NoteBody({ finding, actions }: { finding: Finding; actions: DocumentActions }) {
  const t = useWords()
  const can = useCan()
  const ends = endsOf(finding)
  return (
    <div className="agreement-note-body">
      <p>
        <strong>{t('agreement.fix')}</strong> {finding.fix}
      </p>
      {finding.money && (
        <p>
          <strong>{t('agreement.money')}</strong> <MoneyText money={finding.money} />
        </p>
      )}
      {finding.waived && (
        <p>
          {t('agreement.waived', { by: finding.waived.by, reason: finding.waived.reason, until: finding.waived.until })}
        </p>
      )}
      {ends.length > 1 && (
        <ol className="agreement-ends" aria-label={t('agreement.ends')}>
          {ends.map((end) => (
            <li key={end.at}>
              {end.span.file === finding.primary.file ? (
                <button type="button" className="agreement-link" onClick={() => actions.jump(end.at)}>
                  {t('agreement.end.line', { line: end.span.line, label: end.label || t('agreement.end.own') })}
                </button>
              ) : (
                `${end.label} (${end.span.file}:${end.span.line})`
              )}
            </li>
          ))}
        </ol>
      )}
      <div className="agreement-card-links">
        <Link to={`/findings?finding=${finding.fingerprint}`}>{t('agreement.to-finding')}</Link>
        {finding.clause && can('amend') && (
          <Link to={`/drafts/new?clause=${encodeURIComponent(finding.clause)}`}>{t('agreement.to-draft')}</Link>
        )}
      </div>
    </div>
  )
}
