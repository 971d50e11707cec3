import type { Shape } from '@client'
import { useMemo } from 'react'
import { compareDecimals, csvHref, Link, useSearchState, useWords } from '../../frame/index.ts'
import {
  ClauseLink,
  type Column,
  DataTable,
  Empty,
  MoneyText,
  PageHead,
  StaleNote,
  type TableFilter,
} from '../../parts/index.ts'
import { SeveritySign } from '../../parts/severity/SeveritySign.tsx'
import { useAllFindings } from './all-findings.ts'
import { FindingDetail } from './FindingDetail.tsx'
import './findings.css'

type Finding = Shape<'Finding'>

const SEVERITIES = ['error', 'warning', 'info'] as const
const CONFIDENCES = ['proved', 'computed', 'heuristic'] as const

/** Everything that contradicts, is missing or does not add up, worst first. */
export default function FindingsPage() {
  const t = useWords()
  const [search, change] = useSearchState()
  const { items, data, error, isLoading, isStale, isPart, refetch } = useAllFindings()
  const chosen = items?.find((finding) => finding.fingerprint === search.finding)
  const { severity, family, confidence, text } = search
  return (
    <>
      <PageHead
        title={t('findings.title')}
        description={data ? t('findings.summary', data.summary) : t('findings.about')}
        actions={<Link to="/agreement">{t('findings.in-text')}</Link>}
      />
      <StaleNote isStale={isStale || isPart} />
      <div className={chosen ? 'findings-columns findings-columns-open' : 'findings-columns'}>
        {chosen && <FindingDetail finding={chosen} close={() => change({ finding: undefined })} />}
        <DataTable
          id=""
          label={t('findings.title')}
          items={items}
          columns={useColumns(chosen?.fingerprint)}
          filters={useFilters(items)}
          empty={<Empty title={t('findings.none')} />}
          csv={{ href: csvHref('/findings', { severity, family, confidence, text }) }}
          loading={isLoading}
          error={error}
          retry={refetch}
          keyOf={(finding) => finding.fingerprint}
        />
      </div>
      {search.finding && items && !isPart && !chosen && <p role="status">{t('findings.gone')}</p>}
    </>
  )
}

function useFilters(items: readonly Finding[] | undefined): TableFilter<Finding>[] {
  const t = useWords()
  const families = useMemo(() => [...new Set(items?.map((finding) => finding.family))].sort(), [items])
  return [
    {
      id: 'severity',
      label: t('findings.severity'),
      of: (finding) => finding.severity,
      show: (value) => t(`severity.${value}`),
      options: SEVERITIES,
    },
    {
      id: 'family',
      label: t('findings.family'),
      of: (finding) => finding.family,
      show: (value) => familyInWords(value, t),
      options: families,
    },
    {
      id: 'confidence',
      label: t('findings.confidence'),
      of: (finding) => finding.confidence,
      show: (value) => t(`findings.confidence.${value}`),
      options: CONFIDENCES,
    },
  ]
}

/** A family of checks in words; a family that a later issue adds is shown by its id. */
export function familyInWords(family: string, t: (id: string) => string): string {
  const id = `findings.family.${family}`
  const words = t(id)
  return words === id ? family : words
}

function useColumns(chosen: string | undefined): Column<Finding>[] {
  const t = useWords()
  const [search] = useSearchState()
  return [
    {
      id: 'severity',
      header: t('findings.severity'),
      cell: (finding) => (
        <span className={`findings-severity findings-${finding.severity}`}>
          <SeveritySign severity={finding.severity} /> {t(`severity.${finding.severity}`)}
        </span>
      ),
      sort: (a, b) => rank(SEVERITIES, a.severity) - rank(SEVERITIES, b.severity),
      csv: (finding) => finding.severity,
    },
    {
      id: 'message',
      header: t('findings.message'),
      cell: (finding) => (
        <Link
          to={`/findings?${new URLSearchParams({ ...search, finding: finding.fingerprint })}`}
          aria-current={finding.fingerprint === chosen ? 'true' : undefined}
        >
          {finding.message}
        </Link>
      ),
      text: (finding) => `${finding.message} ${finding.title} ${finding.code} ${finding.rule} ${finding.clause ?? ''}`,
      csv: (finding) => finding.message,
      isRowHeader: true,
      width: 260,
    },
    {
      id: 'money',
      header: t('findings.money'),
      cell: (finding) => <MoneyText money={finding.money} />,
      sort: compareMoney,
      csv: (finding) => (finding.money ? `${finding.money.amount} ${finding.money.currency}` : ''),
      isHidden: chosen !== undefined,
      isNumber: true,
    },
    {
      id: 'clause',
      header: t('findings.clause'),
      cell: (finding) => (finding.clause ? <ClauseLink id={finding.clause} /> : '–'),
      sort: (a, b) => (a.clause ?? '').localeCompare(b.clause ?? ''),
      csv: (finding) => finding.clause ?? '',
      isHidden: chosen !== undefined,
    },
    {
      id: 'place',
      header: t('findings.line'),
      cell: (finding) => (
        <Link
          to={`/agreement?finding=${finding.fingerprint}`}
          aria-label={t('findings.line.open', { line: finding.primary.line })}
        >
          {finding.primary.line}
        </Link>
      ),
      sort: (a, b) => a.primary.line - b.primary.line || a.primary.column - b.primary.column,
      csv: (finding) => String(finding.primary.line),
      isNumber: true,
    },
    ...useFurtherColumns(chosen !== undefined),
  ]
}

function useFurtherColumns(isBesideDetail: boolean): Column<Finding>[] {
  const t = useWords()
  return [
    {
      id: 'family',
      header: t('findings.family'),
      cell: (finding) => familyInWords(finding.family, t),
      sort: (a, b) => familyInWords(a.family, t).localeCompare(familyInWords(b.family, t)),
      csv: (finding) => finding.family,
      isHidden: isBesideDetail,
    },
    {
      id: 'confidence',
      header: t('findings.confidence'),
      cell: (finding) => t(`findings.confidence.${finding.confidence}`),
      sort: (a, b) => rank(CONFIDENCES, a.confidence) - rank(CONFIDENCES, b.confidence),
      csv: (finding) => finding.confidence,
      isHidden: isBesideDetail,
    },
    {
      id: 'code',
      header: t('findings.code'),
      cell: (finding) => <code>{finding.code}</code>,
      sort: (a, b) => a.code.localeCompare(b.code),
      csv: (finding) => finding.code,
      isHidden: true,
    },
    {
      id: 'fix',
      header: t('findings.fix'),
      cell: (finding) => finding.fix,
      csv: (finding) => finding.fix,
      isHidden: true,
    },
  ]
}

function rank<T>(order: readonly T[], value: T): number {
  return order.indexOf(value)
}

/** By amount within a currency; what has no amount is least. */
function compareMoney({ money: a }: Finding, { money: b }: Finding): number {
  if (!a || !b) return (a ? 1 : 0) - (b ? 1 : 0)
  return a.currency.localeCompare(b.currency) || compareDecimals(a.amount, b.amount)
}
