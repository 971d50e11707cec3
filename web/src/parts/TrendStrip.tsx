import type { Shape } from '@client'
import { useFormat } from '../frame/format.ts'
import { useWords } from '../frame/words.tsx'

type Point = Shape<'ClauseLine'>['trend'][number]

const STEP = 7
const HEIGHT = 18
// The worse, the taller: so the strip is read without colours, too.
const HEIGHTS: Record<Shape<'Verdict'>, number> = {
  breached: 18,
  'at-risk': 13,
  undetermined: 9,
  'not-due': 3,
  met: 6,
  waived: 4,
}

/** Verdicts at the last month ends as a strip, with what it says in words. */
export function TrendStrip({ points }: { points: readonly Point[] }) {
  const t = useWords()
  const format = useFormat()
  const last = points.at(-1)
  if (!last) return <>–</>
  const before = points.findLastIndex((point) => point.verdict !== last.verdict)
  const since = points[before + 1]
  const words =
    before < 0 || !since
      ? t('trend.always', { verdict: t(`verdict.${last.verdict}`), count: points.length })
      : t('trend.since', { verdict: t(`verdict.${last.verdict}`), date: format.month(since.on) })
  return (
    <span className="cv-trend">
      <svg
        role="img"
        aria-label={words}
        viewBox={`0 0 ${points.length * STEP} ${HEIGHT}`}
        width={points.length * STEP}
        height={HEIGHT}
      >
        <title>
          {points.map((point) => `${format.shortDate(point.on)}: ${t(`verdict.${point.verdict}`)}`).join('\n')}
        </title>
        {points.map((point, at) => (
          <rect
            key={point.on}
            className={`cv-trend-${point.verdict}`}
            x={at * STEP}
            y={HEIGHT - HEIGHTS[point.verdict]}
            width={STEP - 2}
            height={HEIGHTS[point.verdict]}
            rx="1"
          />
        ))}
      </svg>
      {since && before >= 0 ? (
        <span className="cv-cell-note">{t('trend.from', { date: format.shortMonth(since.on) })}</span>
      ) : null}
    </span>
  )
}
