import type { Shape } from '@client'
import { type ReactNode, useMemo } from 'react'
import { useWords } from '../../frame/index.ts'
import {
  type AgreementDocument,
  SEVERITIES,
  type Severity,
  VERDICTS,
  type VerdictName,
} from '../../parts/document/document.ts'
import { VerdictSign } from '../../parts/index.ts'
import { SeveritySign } from '../../parts/severity/SeveritySign.tsx'

type FamilyName = Shape<'Family'>

const FAMILIES: readonly FamilyName[] = ['commercial', 'service', 'programme', 'governance', 'compliance', 'terms']
const FIRST_SEVERITIES: readonly Severity[] = ['error', 'warning']
const NONE = 'none'

/** What is shown in colour and in the margin; no verdict or family chosen means all. */
export interface ShownFilters {
  verdicts: readonly VerdictName[]
  families: readonly FamilyName[]
  severities: readonly Severity[]
}

/** The filters as the address names them. Remarks are left out of the margin until they are asked for. */
export function filtersIn(search: Record<'verdicts' | 'families' | 'severities', string | undefined>): ShownFilters {
  const chosen = <T extends string>(text: string | undefined, of: readonly T[]) => {
    const names = text?.split(',') ?? []
    return of.filter((each) => names.includes(each))
  }
  return {
    verdicts: chosen(search.verdicts, VERDICTS),
    families: chosen(search.families, FAMILIES),
    severities: search.severities === undefined ? FIRST_SEVERITIES : chosen(search.severities, SEVERITIES),
  }
}

/** The legend, which is also the filter: verdicts, families and severities, each with its number. */
export function DocumentFilters({
  document,
  filters,
  change,
}: {
  document: AgreementDocument
  filters: ShownFilters
  change: (change: Record<string, string | undefined>) => void
}) {
  const t = useWords()
  const count = useMemo(() => countsOf(document), [document])
  const toggle = <T extends string>(name: string, chosen: readonly T[], each: T, none?: string) => {
    const next = chosen.includes(each) ? chosen.filter((other) => other !== each) : [...chosen, each]
    change({ [name]: next.length > 0 ? next.join(',') : none })
  }
  return (
    <div className="agreement-filters">
      <Group label={t('agreement.filter.verdicts')}>
        {VERDICTS.filter((each) => count.get(each)).map((each) => (
          <Pill
            key={each}
            pressed={filters.verdicts.includes(each)}
            onClick={() => toggle('verdicts', filters.verdicts, each)}
            tone={`verdict-${each}`}
          >
            <VerdictSign verdict={each} /> {t(`verdict.${each}`)}{' '}
            <span className="agreement-count">{count.get(each)}</span>
          </Pill>
        ))}
      </Group>
      <Group label={t('agreement.filter.families')}>
        {FAMILIES.filter((each) => count.get(each)).map((each) => (
          <Pill
            key={each}
            pressed={filters.families.includes(each)}
            onClick={() => toggle('families', filters.families, each)}
          >
            {t(`family.${each}`)} <span className="agreement-count">{count.get(each)}</span>
          </Pill>
        ))}
      </Group>
      <Group label={t('agreement.filter.severities')}>
        {SEVERITIES.filter((each) => count.get(each)).map((each) => (
          <Pill
            key={each}
            pressed={filters.severities.includes(each)}
            onClick={() => toggle('severities', filters.severities, each, NONE)}
            tone={`severity-${each}`}
          >
            <SeveritySign severity={each} /> {t(`severity.${each}`)}{' '}
            <span className="agreement-count">{count.get(each)}</span>
          </Pill>
        ))}
      </Group>
    </div>
  )
}

function countsOf(document: AgreementDocument): Map<string, number> {
  const count = new Map<string, number>()
  const add = (name: string) => count.set(name, (count.get(name) ?? 0) + 1)
  for (const clause of document.clauses) {
    add(clause.verdict)
    add(clause.family)
  }
  for (const finding of document.findings) add(finding.severity)
  return count
}

function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="agreement-filter">
      <legend>{label}</legend>
      <div className="agreement-pills">{children}</div>
    </fieldset>
  )
}

function Pill({
  pressed,
  onClick,
  tone = '',
  children,
}: {
  pressed: boolean
  onClick: () => void
  tone?: string
  children: ReactNode
}) {
  return (
    <button type="button" className={`agreement-pill ${tone}`} aria-pressed={pressed} onClick={onClick}>
      {children}
    </button>
  )
}
