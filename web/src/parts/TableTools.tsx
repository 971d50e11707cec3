import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useNarrow } from '../frame/narrow.ts'
import { useWords } from '../frame/words.tsx'
import { Menu } from './Menu.tsx'
import { type Column, csvOf, type TableFilter, type TableState, valuesOf } from './table-rows.ts'

interface ToolsProps<T> {
  title?: string
  description?: ReactNode
  items: readonly T[]
  chosen: readonly T[]
  columns: readonly Column<T>[]
  visible: readonly Column<T>[]
  filters: readonly TableFilter<T>[]
  state: TableState
  csv?: { href: string } | { fileName: string }
  actions?: ReactNode
  isPlain?: boolean
}

const TYPING_MS = 250

/** What stands above a table: its name and count, filters, columns, export. */
export function TableTools<T>(props: ToolsProps<T>) {
  const t = useWords()
  const isNarrow = useNarrow()
  const { title, items, chosen, state, filters, isPlain } = props
  const count = chosen.length === items.length ? `${items.length}` : `${chosen.length}/${items.length}`
  return (
    <div className="cv-table-tools">
      <div className="cv-table-head">
        {title ? (
          <h2>
            {title} <span className="cv-count">({count})</span>
          </h2>
        ) : null}
        <div className="cv-actions">
          {props.actions}
          {isPlain ? null : <ColumnChoice columns={props.columns} visible={props.visible} state={state} />}
          {props.csv ? <Export {...props} csv={props.csv} /> : null}
        </div>
      </div>
      {props.description ? <div className="cv-table-description">{props.description}</div> : null}
      {isPlain ? null : (
        <div className="cv-table-filters">
          {props.columns.some((column) => column.text) ? <TextFilter state={state} /> : null}
          {filters.map((filter) => (
            <FilterChoice key={filter.id} filter={filter} items={items} state={state} />
          ))}
          {isNarrow ? <SortChoice columns={props.columns} state={state} /> : null}
          <span className="cv-sr" role="status">
            {t('table.found', { count: chosen.length })}
          </span>
        </div>
      )}
    </div>
  )
}

function TextFilter({ state }: { state: TableState }) {
  const t = useWords()
  const [text, setText] = useState(state.text)
  const sent = useRef(state.text)
  useEffect(() => {
    if (state.text !== sent.current) setText(state.text)
    sent.current = state.text
  }, [state.text])
  useEffect(() => {
    if (text === sent.current) return
    const timer = setTimeout(() => {
      sent.current = text
      state.change({ text })
    }, TYPING_MS)
    return () => clearTimeout(timer)
  }, [text, state])
  return (
    <input
      type="search"
      className="cv-input"
      aria-label={t('table.search')}
      placeholder={t('table.search')}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  )
}

function FilterChoice<T>({ filter, items, state }: { filter: TableFilter<T>; items: readonly T[]; state: TableState }) {
  const t = useWords()
  const chosen = state.filters[filter.id] ?? []
  const counts = new Map<string, number>()
  for (const item of items) for (const value of valuesOf(filter, item)) counts.set(value, (counts.get(value) ?? 0) + 1)
  const found = filter.options ?? [...counts.keys()].sort((a, b) => show(a).localeCompare(show(b)))
  const options = [...found, ...chosen.filter((value) => !found.includes(value))]
  function show(value: string): string {
    return filter.show?.(value) ?? value
  }
  const toggle = (value: string) =>
    state.change({
      filter: {
        id: filter.id,
        values: chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value],
      },
    })
  return (
    <Menu
      className={chosen.length > 0 ? 'cv-button cv-button-chosen' : 'cv-button'}
      button={
        <>
          {filter.label}
          {chosen.length > 0 ? `: ${chosen.map(show).join(', ')}` : ''} <span aria-hidden="true">▾</span>
        </>
      }
    >
      <fieldset className="cv-choices">
        <legend className="cv-sr">{filter.label}</legend>
        {options.map((value) => (
          <label key={value}>
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
            <span>{show(value)}</span>
            <span className="cv-count">{counts.get(value) ?? 0}</span>
          </label>
        ))}
        {chosen.length > 0 ? (
          <button
            type="button"
            className="cv-button"
            onClick={() => state.change({ filter: { id: filter.id, values: [] } })}
          >
            {t('table.clear-one')}
          </button>
        ) : null}
      </fieldset>
    </Menu>
  )
}

function ColumnChoice<T>(props: { columns: readonly Column<T>[]; visible: readonly Column<T>[]; state: TableState }) {
  const t = useWords()
  const shown = props.visible.map((column) => column.id)
  const toggle = (id: string) => {
    const next = props.columns.map((column) => column.id).filter((each) => shown.includes(each) !== (each === id))
    const usual = props.columns.filter((column) => !column.isHidden).map((column) => column.id)
    props.state.change({ columns: next.join() === usual.join() || next.length === 0 ? undefined : next })
  }
  return (
    <Menu button={t('table.columns')} align="end">
      <fieldset className="cv-choices">
        <legend className="cv-sr">{t('table.columns')}</legend>
        {props.columns.map((column) => (
          <label key={column.id}>
            <input type="checkbox" checked={shown.includes(column.id)} onChange={() => toggle(column.id)} />
            <span>{column.header}</span>
          </label>
        ))}
      </fieldset>
    </Menu>
  )
}

/** Cards have no heads to click, so the order is chosen from a list. */
function SortChoice<T>({ columns, state }: { columns: readonly Column<T>[]; state: TableState }) {
  const t = useWords()
  const id = useId()
  const sortable = columns.filter((column) => column.sort)
  if (sortable.length === 0) return null
  const value = state.sort === undefined ? '' : `${state.sort}${state.isDescending ? ':desc' : ''}`
  const choose = (text: string) => {
    const [column, order] = text.split(':')
    state.change({ sort: { column: column || undefined, isDescending: order === 'desc' } })
  }
  return (
    <span className="cv-field-inline">
      <label htmlFor={id}>{t('table.sort')}</label>
      <select id={id} className="cv-input" value={value} onChange={(event) => choose(event.target.value)}>
        <option value="">{t('table.sort-usual')}</option>
        {sortable.flatMap((column) => [
          <option key={column.id} value={column.id}>{`${column.header} ↑`}</option>,
          <option key={`${column.id}:desc`} value={`${column.id}:desc`}>{`${column.header} ↓`}</option>,
        ])}
      </select>
    </span>
  )
}

function Export<T>(props: ToolsProps<T> & { csv: { href: string } | { fileName: string } }) {
  const t = useWords()
  const { csv, chosen, columns } = props
  if ('href' in csv) {
    return (
      <a className="cv-button" href={csv.href} download>
        {t('table.csv')}
      </a>
    )
  }
  return (
    <button type="button" className="cv-button" onClick={() => save(csv.fileName, csvOf(chosen, columns))}>
      {t('table.csv')}
    </button>
  )
}

function save(fileName: string, text: string): void {
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  URL.revokeObjectURL(address)
}
