import { useCallback, useDeferredValue, useEffect, useMemo, useRef } from 'react'
import { Link, useCan, useRead, useSearchState, useWords } from '../../frame/index.ts'
import { Empty, Fault, Loading, PageHead, StaleNote } from '../../parts/index.ts'
import './agreement.css'
import './document-view.css'
import {
  type AgreementDocument,
  type Finding,
  type PlacedClause,
  type PlacedDocument,
  placeAll,
} from '../../parts/document/document.ts'
import { Contents } from './Contents.tsx'
import { DocumentFilters, filtersIn } from './DocumentFilters.tsx'
import { DocumentView } from './DocumentView.tsx'
import { showEnd, showFinding, showLine } from './showing.ts'

/** The agreement's own words, coloured by where each clause stands, with the findings in the margin. */
export default function AgreementPage() {
  const t = useWords()
  const { data, error, isLoading, isStale, refetch } = useRead('/agreement')
  return (
    <>
      <PageHead title={data?.title ?? t('agreement.title')} description={t('agreement.about')} actions={<Actions />} />
      <StaleNote isStale={isStale} />
      {error && !data && <Fault error={error} retry={refetch} />}
      {isLoading && !data && <Loading />}
      {data && data.blocks.length === 0 && <Empty title={t('agreement.empty')} />}
      {data && data.blocks.length > 0 && <Document document={data} />}
    </>
  )
}

function Actions() {
  const t = useWords()
  const can = useCan()
  return (
    <span className="agreement-actions">
      <Link to="/versions">{t('agreement.versions.title')}</Link>
      <Link to="/findings">{t('agreement.all-findings')}</Link>
      {can('amend') && <Link to="/drafts">{t('agreement.drafts')}</Link>}
    </span>
  )
}

function Document({ document: agreement }: { document: AgreementDocument }) {
  const t = useWords()
  const [search, change] = useSearchState()
  const placed = useMemo(() => placeAll(agreement), [agreement])
  const chosen = useMemo(
    () => filtersIn({ verdicts: search.verdicts, families: search.families, severities: search.severities }),
    [search.verdicts, search.families, search.severities],
  )
  // The buttons answer at once, and a long document follows.
  const filters = useDeferredValue(chosen)
  const isShown = useCallback(
    (clause: PlacedClause) =>
      (filters.verdicts.length === 0 || filters.verdicts.includes(clause.verdict)) &&
      (filters.families.length === 0 || filters.families.includes(clause.family)),
    [filters],
  )
  const shown = useMemo(
    () => inOrder(placed).filter((finding) => filters.severities.includes(finding.severity)),
    [placed, filters],
  )
  const selected = agreement.findings.find((finding) => finding.fingerprint === search.finding)
  const target = targetLine(agreement, search)
  const { actions, step } = useActions(change, shown, selected)
  useScrollTo(selected, target)
  return (
    <div className="agreement-page">
      <DocumentFilters document={agreement} filters={chosen} change={change} />
      <p role="status" className="agreement-shown">
        {t('agreement.shown', { shown: agreement.clauses.filter(isShown).length, of: agreement.clauses.length })}
      </p>
      <FindingSteps shown={shown} selected={selected} step={step} />
      {search.finding && !selected && <p role="status">{t('agreement.finding-gone')}</p>}
      <div className="agreement-columns">
        <Contents sections={placed.sections} />
        <DocumentView
          placed={placed}
          language={agreement.language}
          severities={filters.severities}
          selected={selected}
          target={target}
          isShown={isShown}
          actions={actions}
        />
      </div>
    </div>
  )
}

function inOrder(placed: PlacedDocument): Finding[] {
  const inText = placed.sections.flatMap((section) => section.blocks.flatMap((each) => each.findings))
  return [...inText, ...placed.elsewhere.findings]
}

function targetLine(agreement: AgreementDocument, search: Record<string, string>): number | undefined {
  if (search.clause) return agreement.clauses.find((clause) => clause.id === search.clause)?.span.line
  return search.line && /^\d{1,7}$/.test(search.line) ? Number(search.line) : undefined
}

/** Choosing and stepping. The actions stay the same object, so that choosing one finding draws only what changes. */
function useActions(
  change: (change: Record<string, string | undefined>) => void,
  shown: readonly Finding[],
  selected: Finding | undefined,
) {
  const latest = useRef(change)
  latest.current = change
  const select = useCallback(
    (finding: string | undefined) => latest.current({ finding, line: undefined, clause: undefined }),
    [],
  )
  const actions = useMemo(() => ({ select, jump: showEnd }), [select])
  const step = (by: number) => {
    const at = selected ? shown.indexOf(selected) : -1
    const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length
    select(shown[next]?.fingerprint)
  }
  return { actions, step }
}

function FindingSteps({
  shown,
  selected,
  step,
}: {
  shown: readonly Finding[]
  selected: Finding | undefined
  step: (by: number) => void
}) {
  const t = useWords()
  const at = selected ? shown.indexOf(selected) + 1 : 0
  if (shown.length === 0) return null
  return (
    <fieldset className="agreement-steps">
      <legend className="cv-sr">{t('agreement.steps')}</legend>
      <button type="button" className="agreement-pill" onClick={() => step(-1)}>
        <span aria-hidden="true">↑</span> <span className="agreement-step">{t('agreement.steps.previous')}</span>
      </button>
      <span role="status">
        {at > 0
          ? t('agreement.steps.at', { number: at, of: shown.length })
          : t('agreement.steps.of', { of: shown.length })}
      </span>
      <button type="button" className="agreement-pill" onClick={() => step(1)}>
        <span className="agreement-step">{t('agreement.steps.next')}</span> <span aria-hidden="true">↓</span>
      </button>
    </fieldset>
  )
}

function useScrollTo(selected: Finding | undefined, target: number | undefined): void {
  const fingerprint = selected?.fingerprint
  useEffect(() => {
    return fingerprint === undefined ? undefined : onceLaidOut(() => showFinding(fingerprint))
  }, [fingerprint])
  useEffect(() => {
    return target === undefined ? undefined : onceLaidOut(() => showLine(target))
  }, [target])
}

/** Notes find their places when the page is measured; where a line stands is known after that. */
function onceLaidOut(work: () => void): () => void {
  const frame = requestAnimationFrame(work)
  return () => cancelAnimationFrame(frame)
}
