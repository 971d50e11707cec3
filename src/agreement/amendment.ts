import type { IsoDate, Span } from '../language/index.ts'

/** A clause that an amendment adds. */
export interface AddedClause {
  kind: string
  title: string
  force: 'obligation' | 'target' | 'estimate' | 'statement'
  obligor: 'partner' | 'provider' | 'both' | 'none'
  beneficiary: 'partner' | 'provider' | 'both' | 'none'
  terms: Record<string, unknown>
}

/** One change and what became of it. `overlaps` names the amendment that changes the same term on the same day. */
export interface AmendmentChange {
  clause: string
  term?: string
  was?: unknown
  becomes?: unknown
  ends?: true
  adds?: AddedClause
  span: Span
  outcome: 'applied' | 'pending' | 'unknown-clause' | 'stale-original' | 'invalid'
  overlaps?: string
  /** The value that the text held when `was` did not match it. */
  found?: unknown
}

/** An amendment with what it did. */
export interface Amendment {
  id: string
  title?: string
  file: string
  effective: IsoDate
  recorded: IsoDate
  signed?: { on: IsoDate; by: string[] }
  span: Span
  changes: AmendmentChange[]
}
