import type { Shape } from '@client'
import { useEffect, useRef } from 'react'
import { Link, useCan, useRead, useWords } from '../../frame/index.ts'
import { type Block, type End, endsOf } from '../../parts/document/document.ts'
import { InlineText } from '../../parts/document/InlineText.tsx'
import { type QuotedLine, quote } from '../../parts/document/quote.ts'
import { ClauseLink, DateText, Fault, Loading, MoneyText } from '../../parts/index.ts'
import { SeveritySign } from '../../parts/severity/SeveritySign.tsx'
import { familyInWords } from './FindingsPage.tsx'

type Finding = Shape<'Finding'>

/** One finding: what is wrong, why it matters, the lines it speaks of, and what mends it. */
export function FindingDetail({ finding, close }: { finding: Finding; close: () => void }) {
  const t = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another finding takes the reader to its beginning.
  useEffect(() => {
    heading.current?.focus()
  }, [finding.fingerprint])
  return (
    <section className="findings-detail" aria-labelledby="finding-title">
      <div className="findings-detail-head">
        <h2 id="finding-title" ref={heading} tabIndex={-1}>
          <span className={`findings-severity findings-${finding.severity}`}>
            <SeveritySign severity={finding.severity} /> {t(`severity.${finding.severity}`)}
          </span>
          <span className="findings-detail-title">{finding.title}</span>
        </h2>
        <button type="button" className="cv-button" onClick={close}>
          {t('findings.close')}
        </button>
      </div>
      <p className="findings-message">{finding.message}</p>
      {finding.waived && <Waived waived={finding.waived} />}
      <Places finding={finding} />
      <h3>{t('findings.fix')}</h3>
      <p>{finding.fix}</p>
      <h3>{t('findings.explain')}</h3>
      <p className="findings-explain">{finding.explain}</p>
      <Facts finding={finding} />
      <Ways finding={finding} />
    </section>
  )
}

function Waived({ waived }: { waived: NonNullable<Finding['waived']> }) {
  const t = useWords()
  return (
    <p className="findings-waived">
      {t('findings.waived', { by: waived.by, reason: waived.reason })} <DateText date={waived.until} />
    </p>
  )
}

function Places({ finding }: { finding: Finding }) {
  const t = useWords()
  const { data, error, refetch } = useRead('/agreement')
  const ends = endsOf(finding)
  return (
    <>
      <h3>{t('findings.places', { count: ends.length })}</h3>
      {error && !data && <Fault error={error} retry={refetch} />}
      {!data && !error && <Loading />}
      {data && (
        <ol className="findings-places" lang={data.language}>
          {ends.map((end) => (
            <PlaceEntry key={end.at} end={end} blocks={data.blocks} />
          ))}
        </ol>
      )}
    </>
  )
}

function PlaceEntry({ end, blocks }: { end: End; blocks: readonly Block[] }) {
  const t = useWords()
  const lines = quote(blocks, end)
  return (
    <li>
      <div className="findings-place-head">
        {lines.length > 0 ? (
          <Link to={`/agreement?line=${end.span.line}`}>{t('findings.at-line', { line: end.span.line })}</Link>
        ) : (
          <span>{`${end.span.file}:${end.span.line}`}</span>
        )}
        {end.label && <span>{end.label}</span>}
      </div>
      {lines.map((line) => (
        <QuotedRow key={line.line} line={line} />
      ))}
    </li>
  )
}

function QuotedRow({ line }: { line: QuotedLine }) {
  return (
    <blockquote className="findings-quote">
      {line.pieces.map((piece, column) => (
        <span key={piece.at} className="findings-piece">
          {line.columns[column] && <span className="findings-column">{line.columns[column]}</span>}
          <span>
            <InlineText text={piece.text} marks={piece.marks} />
          </span>
        </span>
      ))}
    </blockquote>
  )
}

function Facts({ finding }: { finding: Finding }) {
  const t = useWords()
  return (
    <dl className="findings-facts">
      {finding.money && (
        <div>
          <dt>{t('findings.money')}</dt>
          <dd>
            <MoneyText money={finding.money} />
          </dd>
        </div>
      )}
      {finding.clause && (
        <div>
          <dt>{t('findings.clause')}</dt>
          <dd>
            <ClauseLink id={finding.clause} />
          </dd>
        </div>
      )}
      <div>
        <dt>{t('findings.confidence')}</dt>
        <dd>
          {t(`findings.confidence.${finding.confidence}`)} – {t(`findings.confidence.${finding.confidence}.means`)}
        </dd>
      </div>
      <div>
        <dt>{t('findings.family')}</dt>
        <dd>{familyInWords(finding.family, t)}</dd>
      </div>
      <div>
        <dt>{t('findings.code')}</dt>
        <dd>
          <code>{finding.code}</code> ({finding.rule})
        </dd>
      </div>
    </dl>
  )
}

function Ways({ finding }: { finding: Finding }) {
  const t = useWords()
  const can = useCan()
  return (
    <div className="findings-ways">
      <Link to={`/agreement?finding=${finding.fingerprint}`}>{t('findings.show-in-text')}</Link>
      {finding.clause && can('amend') && (
        <Link to={`/drafts/new?clause=${encodeURIComponent(finding.clause)}`}>{t('findings.draft')}</Link>
      )}
    </div>
  )
}
