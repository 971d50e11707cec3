import type { TraceNode } from './trace.ts'

// One stroke drawing for each kind, 16 by 16, so that kind is never told by colour or word alone.
const DRAWINGS: Record<TraceNode['kind'], string> = {
  verdict: 'M8 1.5l5.5 2v4c0 3.5-2.3 5.8-5.5 7-3.2-1.2-5.5-3.5-5.5-7v-4z M5.5 8l2 2 3-4',
  clause: 'M4 1.5h6l2.5 2.5v10.5H4z M6 7h4.5 M6 9.5h4.5 M6 12h3',
  formula: 'M3 4.5h4 M5 2.5v4 M9.5 4.5h4 M3.6 10.1l2.8 2.8 M6.4 10.1l-2.8 2.8 M9.5 10.5h4 M9.5 12.7h4',
  input: 'M2 4.5h12v7H2z M5 7v2',
  evidence: 'M2.5 3h11v10h-11z M2.5 6.3h11 M2.5 9.6h11 M6.2 3v10',
  fact: 'M8 1.8a6.2 6.2 0 100 12.4A6.2 6.2 0 008 1.8z M1.8 8h12.4 M8 1.8c3.6 3.4 3.6 9 0 12.4 M8 1.8c-3.6 3.4-3.6 9 0 12.4',
  rule: 'M8 2v12 M4.5 14h7 M3 4.5h10 M3 4.5L1.5 9h3z M13 4.5L11.5 9h3z',
  missing: 'M8 1.8a6.2 6.2 0 100 12.4A6.2 6.2 0 008 1.8z M6.2 6.2a1.9 1.9 0 113 1.6c-.8.5-1.2.9-1.2 1.7 M8 11.6v.2',
}

/** The drawing of a kind of node; its word stands beside it. */
export function KindIcon({ kind }: { kind: TraceNode['kind'] }) {
  return (
    <svg className={`why-icon why-icon-${kind}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={DRAWINGS[kind]} fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinejoin="round" />
    </svg>
  )
}
