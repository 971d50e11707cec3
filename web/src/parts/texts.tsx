import type { Shape } from '@client'
import type { ReactNode } from 'react'
import { useFormat } from '../frame/format.ts'
import { Link } from '../frame/places.tsx'
import { useWords } from '../frame/words.tsx'

/** A family of clauses in words. */
export function Family({ family }: { family: Shape<'Family'> }) {
  const t = useWords()
  return <>{t(`family.${family}`)}</>
}

/** Money, as the reader's country writes it. */
export function MoneyText({ money }: { money: Shape<'Money'> | null | undefined }) {
  const format = useFormat()
  return <span className="cv-number">{format.money(money)}</span>
}

/** A day, or a moment when it has a time. */
export function DateText({ date }: { date: string | null | undefined }) {
  const format = useFormat()
  if (!date) return <>–</>
  return (
    <time className="cv-number" dateTime={date}>
      {date.length > 10 ? format.dateTime(date) : format.date(date)}
    </time>
  )
}

/** The path of a clause's page or of its trace. */
export function clausePath(id: string, page: 'clauses' | 'why' = 'clauses'): string {
  const at = id.indexOf('/')
  const parts = at < 0 ? [id] : [id.slice(0, at), id.slice(at + 1)]
  return `/${[page, ...parts.map(encodeURIComponent)].join('/')}`
}

/** A clause by its id, such as `commitment/year-1`. */
export function ClauseLink({ id, children }: { id: string; children?: ReactNode }) {
  return <Link to={clausePath(id)}>{children ?? id}</Link>
}

/** Any number opens its trace. */
export function WhyLink({ id, children }: { id: string; children: ReactNode }) {
  const t = useWords()
  return (
    <Link to={clausePath(id, 'why')} className="cv-link cv-why" title={t('parts.why')}>
      {children}
    </Link>
  )
}
