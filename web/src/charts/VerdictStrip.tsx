import type { Shape } from '@client'
import { useFormat, useWords } from '../frame/index.ts'
import './verdict-strip.css'

/** A verdict on a day. */
export interface DatedVerdict {
  on: string
  verdict: Shape<'Verdict'>
}

/** Verdicts at month ends as a strip, oldest first; height tells them apart as well as colour. */
export function VerdictStrip({ points }: { points: readonly DatedVerdict[] }) {
  const words = useWords()
  const format = useFormat()
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return <span aria-hidden="true">–</span>
  const label = words('chart.strip', {
    from: format.month(first.on),
    to: format.month(last.on),
    course: courseOf(points)
      .map(({ verdict, count }) => words('chart.strip.run', { verdict: words(`verdict.${verdict}`), count }))
      .join(', '),
  })
  return (
    <span className="verdict-strip" role="img" aria-label={label} title={label}>
      {points.map(({ on, verdict }) => (
        <span key={on} className={`verdict-strip-part verdict-strip-${verdict}`} />
      ))}
    </span>
  )
}

/** The same verdict month after month, as one run. */
function courseOf(points: readonly DatedVerdict[]): { verdict: Shape<'Verdict'>; count: number }[] {
  const runs: { verdict: Shape<'Verdict'>; count: number }[] = []
  for (const { verdict } of points) {
    const last = runs.at(-1)
    if (last?.verdict === verdict) last.count += 1
    else runs.push({ verdict, count: 1 })
  }
  return runs
}
