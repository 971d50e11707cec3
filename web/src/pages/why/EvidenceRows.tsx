import { useWords } from '../../frame/index.ts'
import { BulkRows } from './BulkRows.tsx'
import { Records } from './Records.tsx'
import type { TraceNode } from './trace.ts'

/** Where a fact came from, as a node of a trace says. */
export type Origin = NonNullable<TraceNode['evidence']>

/** The evidence itself: the records that a fact was read from, or the rows behind a sum. */
export function EvidenceRows({ origin, field }: { origin: Origin; field: string | undefined }) {
  const words = useWords()
  const summed = origin.rows !== undefined && origin.row === undefined
  const title = words(summed ? 'why.rows-behind' : 'why.the-row')
  return (
    <div className="why-evidence">
      <h3>{title}</h3>
      {summed ? <BulkRows origin={origin} label={title} /> : <Records origin={origin} label={title} field={field} />}
    </div>
  )
}
