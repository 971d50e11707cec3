import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useSearchState, useWords } from '../../frame/index.ts'
import { Field } from '../field/Field.tsx'
import './listing.css'

/** How long a person pauses before what they typed is searched for. */
const PAUSE_MS = 400

/** Filters in a row, and a button that takes them all away. */
export function FilterBar({ names, children }: { names: readonly string[]; children: ReactNode }) {
  const say = useWords()
  const [search, change] = useSearchState()
  const set = names.some((name) => search[name] !== undefined)
  const none = Object.fromEntries(names.map((name) => [name, undefined]))
  return (
    <search className="filter-bar" aria-label={say('listing.filters')}>
      {children}
      {set && (
        <button type="button" className="cv-button" onClick={() => change({ ...none, cursor: undefined })}>
          {say('listing.no-filter')}
        </button>
      )}
    </search>
  )
}

/** A text in the address; it is searched for once the person pauses. */
export function TextFilter({ name, label }: { name: string; label: string }) {
  const [search, change] = useSearchState()
  const told = search[name] ?? ''
  const [text, setText] = useState(told)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => setText(told), [told])
  useEffect(() => () => clearTimeout(timer.current), [])
  const type = (value: string) => {
    setText(value)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => change({ [name]: value.trim() || undefined, cursor: undefined }), PAUSE_MS)
  }
  return (
    <Field label={label}>
      {(control) => (
        <input
          {...control}
          type="search"
          className="cv-input"
          value={text}
          onChange={(event) => type(event.target.value)}
        />
      )}
    </Field>
  )
}

/** A day in the address. */
export function DayFilter({ name, label }: { name: string; label: string }) {
  const [search, change] = useSearchState()
  return (
    <Field label={label}>
      {(control) => (
        <input
          {...control}
          type="date"
          className="cv-input"
          value={search[name] ?? ''}
          onChange={(event) => change({ [name]: event.target.value || undefined, cursor: undefined })}
        />
      )}
    </Field>
  )
}

interface SelectFilterProps {
  name: string
  label: string
  /** What choosing none means; absent when one has to be chosen. */
  all?: string
  options: readonly { value: string; label: string }[]
  /** What is shown when the address names none. */
  fallback?: string | undefined
}

/** One of several in the address. */
export function SelectFilter({ name, label, all, options, fallback }: SelectFilterProps) {
  const [search, change] = useSearchState()
  const chosen = search[name] ?? fallback ?? ''
  const known = chosen === '' || options.some(({ value }) => value === chosen)
  return (
    <Field label={label}>
      {(control) => (
        <select
          {...control}
          className="cv-input"
          value={chosen}
          onChange={(event) => change({ [name]: event.target.value || undefined, cursor: undefined })}
        >
          {all !== undefined && <option value="">{all}</option>}
          {!known && <option value={chosen}>{chosen}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
