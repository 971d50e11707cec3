import type { Message, Param } from './message.ts'
import type { Span } from './span.ts'

/** Where a piece of evidence came from, down to the row. */
export interface EvidenceRef {
  dataset: string
  source: string
  file?: string
  row?: string
  /** How many rows it sums up, where it is a sum. */
  rows?: number
  sha256?: string
}

/** Where a fact about the world was read. */
export interface SourceRef {
  title: string
  url?: string
  readOn?: string
}

/**
 * Why a number or a verdict is what it is. The leaves are clause spans, evidence rows and sourced facts.
 * `clause`: words of the agreement. `formula`: arithmetic over the children. `input`: one value. `evidence`: one fact of
 * the ledger. `fact`: something about the world. `rule`: a rule of ours or of the supplement that decided. `missing`: what
 * is needed and not there.
 */
export interface TraceNode {
  kind: 'clause' | 'formula' | 'input' | 'evidence' | 'fact' | 'rule' | 'missing' | 'verdict'
  label: Message
  value?: Param
  span?: Span
  evidence?: EvidenceRef
  source?: SourceRef
  children: TraceNode[]
}

/** A trace node without ceremony. */
export function trace(kind: TraceNode['kind'], label: Message, more: Partial<TraceNode> = {}): TraceNode {
  return { kind, label, children: [], ...more }
}
