import type { Shape } from '@client'
import type { TraceNode } from './trace.ts'

/** What is marked in the clause's words: the chosen node's place as long as it lies in them, else the first place of the trace. */
export function markedSpan({ clause, words, trace }: Shape<'Why'>, node: TraceNode): Shape<'Span'> {
  const shown = new Set(words.map(({ line }) => line))
  const inWords = (span: Shape<'Span'> | undefined) => span?.file === clause.span.file && shown.has(span.line)
  const spans = [node.span, ...trace.children.map((child) => child.span)]
  return spans.find(inWords) ?? clause.span
}
