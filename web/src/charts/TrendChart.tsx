import { useCallback } from 'react'
import { type Format, useFormat, useLanguage, useWords } from '../frame/index.ts'
import { ChartWithTable, VERDICTS, Verdict } from '../parts/index.ts'
import { PlotChart } from './PlotChart.tsx'
import type * as PlotLibrary from './plot-library.ts'
import { type Drawn, drawn, spanOfMonths, type TrendPoint } from './trend.ts'
import { VerdictStrip } from './VerdictStrip.tsx'
import './trend-chart.css'

type Library = typeof PlotLibrary

/** Measure against target over month ends, each month on the ground of its verdict; without a measure the verdicts alone. */
export function TrendChart({ points }: { points: readonly TrendPoint[] }) {
  const words = useWords()
  const format = useFormat()
  const description = useDescription(points)
  const measured = points.some(({ value }) => value !== null)
  const table = {
    columns: [
      words('chart.month-end'),
      words('chart.verdict'),
      ...(measured ? [words('chart.measured'), words('chart.promised')] : []),
    ],
    rows: points
      .toReversed()
      .map((point) => [
        format.date(point.on),
        <Verdict key="verdict" verdict={point.verdict} />,
        ...(measured ? [figure(point.value, point.unit, format), figure(point.target, point.unit, format)] : []),
      ]),
  }
  const chart = measured ? <Measures points={points} label={description} /> : <Verdicts points={points} />
  return <ChartWithTable title={words('chart.trend')} description={description} chart={chart} table={table} />
}

function useDescription(points: readonly TrendPoint[]): string {
  const words = useWords()
  const format = useFormat()
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return ''
  const ends = { from: format.month(first.on), to: format.month(last.on) }
  if (points.every(({ value }) => value === null)) return words('chart.trend.verdicts', ends)
  const now = words('chart.trend.now', {
    value: figure(last.value, last.unit, format),
    target: figure(last.target, last.unit, format),
    verdict: words(`verdict.${last.verdict}`),
  })
  return `${words('chart.trend.about', ends)} ${now}`
}

/** A figure with its unit: a currency's code makes it money. */
function figure(value: string | null, unit: string | null, format: Format): string {
  if (value === null) return '–'
  if (unit !== null && /^[A-Z]{3}$/.test(unit)) return format.money({ amount: value, currency: unit })
  return unit === 'percent' ? format.percent(value) : format.number(value)
}

function Verdicts({ points }: { points: readonly TrendPoint[] }) {
  return (
    <div className="trend-verdicts">
      <VerdictStrip points={points} />
      <Legend points={points} lines={false} />
    </div>
  )
}

function Measures({ points, label }: { points: readonly TrendPoint[]; label: string }) {
  const { locale } = useLanguage()
  const words = useWords()
  const format = useFormat()
  const draw = useCallback(
    (plot: Library, width: number) =>
      optionsOf(plot, width, points, {
        locale,
        name: (point) =>
          `${format.date(point.on)}: ${figure(point.value, point.unit, format)} · ${words(`verdict.${point.verdict}`)}`,
      }),
    [points, locale, words, format],
  )
  return (
    <>
      <PlotChart label={label} draw={draw} />
      <Legend points={points} lines />
    </>
  )
}

function Legend({ points, lines }: { points: readonly TrendPoint[]; lines: boolean }) {
  const words = useWords()
  const present = VERDICTS.filter((verdict) => points.some((point) => point.verdict === verdict))
  return (
    <ul className="trend-legend" aria-label={words('chart.legend')}>
      {lines && <li className="trend-legend-measured">{words('chart.measured')}</li>}
      {lines && <li className="trend-legend-promised">{words('chart.promised')}</li>}
      {present.map((verdict) => (
        <li key={verdict}>
          <Verdict verdict={verdict} />
        </li>
      ))}
    </ul>
  )
}

interface Spoken {
  locale: string
  name: (point: TrendPoint) => string
}

function optionsOf(plot: Library, width: number, points: readonly TrendPoint[], { locale, name }: Spoken) {
  const data = drawn(points)
  const { from, to } = spanOfMonths(data)
  const years = new Intl.DateTimeFormat(locale, { month: 'short', year: '2-digit', timeZone: 'UTC' })
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 2 })
  const percent = points.some(({ unit }) => unit === 'percent')
  const figures = percent ? new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }) : short
  return {
    height: Math.round(Math.min(280, Math.max(200, width * 0.38))),
    marginLeft: 58,
    marginRight: 14,
    marginBottom: 34,
    style: { background: 'transparent', color: 'currentColor', fontSize: '12px', overflow: 'visible' },
    x: {
      type: 'utc' as const,
      domain: [from, to],
      label: null,
      ticks: width < 420 ? 4 : 8,
      tickFormat: (day: Date) => years.format(day),
    },
    y: { label: null, nice: true, grid: true, tickFormat: (value: number) => figures.format(value) },
    marks: marksOf(plot, data, name),
  }
}

function marksOf(plot: Library, data: readonly Drawn[], name: (point: TrendPoint) => string) {
  const bands = VERDICTS.map((verdict) =>
    plot.rect(
      data.filter((each) => each.point.verdict === verdict),
      { x1: 'begins', x2: 'ends', fill: `var(--cv-${verdict}-soft)` },
    ),
  )
  const signs = VERDICTS.map((verdict) =>
    plot.dot(
      data.filter((each) => each.point.verdict === verdict && each.value !== undefined),
      {
        x: 'ends',
        y: 'value',
        r: 3.4,
        symbol: SYMBOLS[verdict],
        fill: `var(--cv-${verdict})`,
        stroke: 'var(--cv-surface)',
        strokeWidth: 1,
        title: (each: Drawn) => name(each.point),
      },
    ),
  )
  return [
    ...bands,
    plot.line(data, { x: 'ends', y: 'target', curve: 'step-before', stroke: 'currentColor', strokeDasharray: '5 4' }),
    plot.line(data, { x: 'ends', y: 'value', stroke: 'var(--cv-accent)', strokeWidth: 2 }),
    ...signs,
  ]
}

// A shape for each verdict, so that colour is never alone.
const SYMBOLS = {
  breached: 'cross',
  'at-risk': 'triangle',
  undetermined: 'diamond',
  'not-due': 'circle',
  met: 'square',
  waived: 'star',
} as const
