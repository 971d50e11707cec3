import { useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Menu } from '../parts/Menu.tsx'
import { dayAfter, daysBetween, earliest, latest, monthAfter, monthsBetween } from './days.ts'
import { useFormat } from './format.ts'
import { Icon } from './Icon.tsx'
import { type Dates, useDates } from './places.tsx'
import { useRead } from './reading.ts'
import { useWords } from './words.tsx'

interface Term {
  start: string
  end: string
}

const SETTLE_MS = 300

/** Travels through the agreement's life: all pages follow the day chosen here. */
export function DateBar() {
  const t = useWords()
  const dates = useDates()
  const term = useTerm(dates)
  const format = useFormat()
  const [day, choose] = useSettledDay(dates)
  return (
    <section className="cv-dates" aria-label={t('dates.label')} data-travelling={dates.isTravelling || undefined}>
      <div className="cv-dates-row">
        <label className="cv-dates-day">
          <Icon name="calendar" />
          <span>{t('dates.as-of')}</span>
          <input
            type="date"
            className="cv-input"
            value={day}
            min={term.start}
            max={term.end}
            onChange={(event) => event.target.value && choose(event.target.value)}
          />
        </label>
        {term.isKnown ? (
          <DaySlider term={term} day={day} today={dates.today} choose={choose} />
        ) : (
          <div className="cv-slider" />
        )}
        <KnownAt dates={dates} />
      </div>
      <div className="cv-dates-note">
        <p role="status">{noteOf(dates, t, format.date)}</p>
        {dates.isTravelling ? (
          <button type="button" className="cv-button" onClick={dates.backToToday}>
            {t('dates.today')}
          </button>
        ) : null}
      </div>
    </section>
  )
}

function noteOf(dates: Dates, t: ReturnType<typeof useWords>, show: (day: string) => string): string {
  const { asOf, today, knownAt } = dates
  const away = daysBetween(asOf, today)
  const notes: string[] = []
  if (away > 0) notes.push(t('dates.past', { date: show(asOf), days: away }))
  if (away < 0) notes.push(t('dates.ahead', { date: show(asOf), days: -away }))
  if (knownAt) notes.push(t('dates.known', { date: show(knownAt) }))
  return notes.join(' ')
}

/** The day shown follows the hand at once; the pages follow once it rests, so that dragging asks for nothing in between. */
function useSettledDay(dates: Dates): [string, (day: string) => void] {
  const [day, setDay] = useState(dates.asOf)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => setDay(dates.asOf), [dates.asOf])
  useEffect(() => () => clearTimeout(timer.current), [])
  return [
    day,
    (next) => {
      clearTimeout(timer.current)
      setDay(next)
      timer.current = setTimeout(() => dates.setAsOf(next), SETTLE_MS)
    },
  ]
}

/** The agreement's term as the overview told it; asked for once. */
function useTerm(dates: Dates): Term & { isKnown: boolean } {
  const queries = useQueryClient()
  const known = queries.getQueryData<Term>(['term'])
  const { data, isLoading } = useRead('/overview', { enabled: known === undefined })
  const term = known ?? data?.term
  useEffect(() => {
    if (data?.term) queries.setQueryData(['term'], data.term)
  }, [data?.term, queries])
  const { asOf, today } = dates
  const [start, end] = term ? [term.start, term.end] : [monthAfter(today, -12), today]
  return { start: earliest(asOf, start), end: latest(asOf, today, end), isKnown: term !== undefined || !isLoading }
}

interface SliderProps {
  term: Term
  day: string
  today: string
  choose: (day: string) => void
}

function DaySlider({ term, day, today, choose }: SliderProps) {
  const t = useWords()
  const format = useFormat()
  const length = Math.max(1, daysBetween(term.start, term.end))
  const at = (each: string) => `${(100 * daysBetween(term.start, each)) / length}%`
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'PageUp' && event.key !== 'PageDown') return
    event.preventDefault()
    const next = monthAfter(day, event.key === 'PageUp' ? 1 : -1)
    choose(latest(term.start, earliest(next, term.end)))
  }
  return (
    <div className="cv-slider">
      <div className="cv-slider-marks" aria-hidden="true">
        {monthsBetween(term.start, term.end).map((month) => (
          <i key={month} className={month.endsWith('-01-01') ? 'cv-mark-year' : ''} style={{ left: at(month) }}>
            {month.endsWith('-01-01') ? <b>{month.slice(0, 4)}</b> : null}
          </i>
        ))}
        {today >= term.start && today <= term.end ? <i className="cv-mark-today" style={{ left: at(today) }} /> : null}
      </div>
      <input
        type="range"
        min={0}
        max={length}
        step={1}
        value={daysBetween(term.start, day)}
        aria-label={t('dates.slider')}
        aria-valuetext={format.date(day)}
        onKeyDown={onKeyDown}
        onChange={(event) => choose(dayAfter(term.start, event.target.valueAsNumber))}
      />
      <div className="cv-slider-ends" aria-hidden="true">
        <span>{format.shortDate(term.start)}</span>
        <span>{format.shortDate(term.end)}</span>
      </div>
    </div>
  )
}

function KnownAt({ dates }: { dates: Dates }) {
  const t = useWords()
  return (
    <Menu
      button={t('dates.knowledge')}
      align="end"
      className={dates.knownAt ? 'cv-button cv-button-chosen' : 'cv-button'}
    >
      <div className="cv-field">
        <label>
          <span>{t('dates.known-at')}</span>
          <input
            type="date"
            className="cv-input"
            max={dates.today}
            value={dates.knownAt ?? ''}
            onChange={(event) => dates.setKnownAt(event.target.value || undefined)}
          />
        </label>
        <p className="cv-quiet cv-small">{t('dates.known-at.detail')}</p>
        {dates.knownAt ? (
          <button type="button" className="cv-button" onClick={() => dates.setKnownAt(undefined)}>
            {t('dates.known-now')}
          </button>
        ) : null}
      </div>
    </Menu>
  )
}
