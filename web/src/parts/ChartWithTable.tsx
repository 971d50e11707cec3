import { type ReactNode, useId, useState } from 'react'
import { useWords } from '../frame/words.tsx'

/** What a chart with its table takes. */
export interface ChartWithTableProps {
  title: string
  /** What the chart shows, in a sentence or two: also what a screen reader hears instead of the drawing. */
  description: string
  chart: ReactNode
  /** The same numbers as a table. */
  table: { columns: readonly string[]; rows: readonly (readonly ReactNode[])[] }
}

/** A chart and the table with the same numbers; the reader chooses which is shown. */
export function ChartWithTable({ title, description, chart, table }: ChartWithTableProps) {
  const t = useWords()
  const id = useId()
  const [isTable, setTable] = useState(false)
  return (
    <figure className="cv-chart" aria-labelledby={id}>
      <figcaption>
        <div>
          <h3 id={id}>{title}</h3>
          <p>{description}</p>
        </div>
        <button type="button" className="cv-button" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {t('chart.as-table')}
        </button>
      </figcaption>
      {isTable ? <PlainTable label={title} {...table} /> : chart}
    </figure>
  )
}

/** A small table without any tools. */
export function PlainTable(props: {
  label: string
  columns: readonly string[]
  rows: readonly (readonly ReactNode[])[]
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="cv-scroll" aria-label={props.label} tabIndex={0}>
      <table className="cv-plain-table">
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name and keep their order
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={props.columns[column]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
