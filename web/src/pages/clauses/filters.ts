import { type Say, useWords } from '../../frame/index.ts'
import { VERDICTS } from '../../parts/index.ts'
import type { TableFilter } from '../../parts/table-state.ts'
import { type ClauseLine, FAMILIES, isCounted } from './grouping.ts'

/** What the list may be filtered by; the ids are the server's, so that address and interface read alike. */
export function useClauseFilters(): TableFilter<ClauseLine>[] {
  return clauseFilters(useWords())
}

function clauseFilters(words: Say): TableFilter<ClauseLine>[] {
  const kinds = new Map<string, string>()
  return [
    {
      id: 'verdict',
      label: words('clauses.verdict'),
      of: ({ verdict }) => verdict,
      show: (verdict) => words(`verdict.${verdict}`),
      options: VERDICTS,
    },
    {
      id: 'family',
      label: words('clauses.family'),
      of: ({ family }) => family,
      show: (family) => words(`family.${family}`),
      options: FAMILIES,
    },
    {
      id: 'kind',
      label: words('clauses.kind'),
      of: ({ kind, kindText }) => {
        kinds.set(kind, kindText)
        return kind
      },
      show: (kind) => kinds.get(kind) ?? kind,
    },
    {
      id: 'force',
      label: words('clauses.force'),
      of: ({ force }) => force,
      show: (force) => words(`clauses.force.${force}`),
    },
    {
      id: 'obligor',
      label: words('clauses.obligor'),
      of: ({ obligor }) => obligor,
      show: (side) => words(`clauses.side.${side}`),
    },
    {
      id: 'counted',
      label: words('clauses.counted'),
      of: (clause) => (isCounted(clause) ? 'yes' : 'no'),
      show: (answer) => words(`clauses.counted.${answer}`),
      options: ['yes', 'no'],
    },
  ]
}
