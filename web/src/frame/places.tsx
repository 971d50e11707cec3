import { type AnyRouter, useLocation, useParams } from '@tanstack/react-router'
import { type AnchorHTMLAttributes, type MouseEvent, type ReactNode, useMemo } from 'react'
import { readSearch, type Search, withDates, writeSearch } from './search.ts'
import { useSession } from './session.tsx'

let current: AnyRouter | undefined

/** The router that `go` uses. */
export function goBy(router: AnyRouter): void {
  current = router
}

/** Opens a page, keeping the dates. */
export function go(path: string, how: { replaces?: boolean } = {}): void {
  const history = router().history
  const href = withDates(path, readSearch(history.location.search))
  if (how.replaces) history.replace(href)
  else history.push(href)
}

function router(): AnyRouter {
  if (!current) throw new Error('No router yet')
  return current
}

function changeSearch(change: Record<string, string | undefined>, replaces: boolean): void {
  const { history } = router()
  const { pathname, search, hash } = history.location
  const href = `${pathname}${writeSearch({ ...readSearch(search), ...change })}${hash}`
  if (replaces) history.replace(href, history.location.state)
  else history.push(href)
}

function useSearch(): Search {
  const text = useLocation({ select: (location) => location.searchStr })
  return useMemo(() => readSearch(text), [text])
}

/** The day asked about and whose knowledge is used, as the address says. */
export interface Dates {
  asOf: string
  knownAt: string | undefined
  today: string
  /** Whether the address asks for another day, or for what was known on another day. */
  isTravelling: boolean
  /** Undefined: back to today. */
  setAsOf: (day: string | undefined) => void
  setKnownAt: (day: string | undefined) => void
  backToToday: () => void
  /** As the server takes them; what the address does not say is left to the server. */
  inQuery: { 'as-of'?: string; 'known-at'?: string }
}

/** The dates that the address names; every page follows them. */
export function useDates(): Dates {
  const search = useSearch()
  const { today } = useSession()
  const [asOf, knownAt] = [search['as-of'], search['known-at']]
  return {
    asOf: asOf ?? today,
    knownAt,
    today,
    isTravelling: (asOf !== undefined && asOf !== today) || knownAt !== undefined,
    setAsOf: (day) => changeSearch({ 'as-of': day === today ? undefined : day }, false),
    setKnownAt: (day) => changeSearch({ 'known-at': day }, false),
    backToToday: () => changeSearch({ 'as-of': undefined, 'known-at': undefined }, false),
    inQuery: { ...(asOf ? { 'as-of': asOf } : {}), ...(knownAt ? { 'known-at': knownAt } : {}) },
  }
}

/** The filters of a page: they live in the address alone. A change replaces the address; `undefined` takes a filter away. */
export function useSearchState(): [Search, (change: Record<string, string | undefined>) => void] {
  const { 'as-of': _asOf, 'known-at': _knownAt, ...own } = useSearch()
  return [own, (change) => changeSearch(change, true)]
}

/** What the page's path names, such as `kind` and `name` of `/clauses/$kind/$name`. */
export function usePathParams(): Record<string, string> {
  return useParams({ strict: false }) as Record<string, string>
}

/** Makes addresses that keep the dates, for components that take an `href`. */
export function useHref(): (path: string) => string {
  const search = useSearch()
  return (path) => withDates(path, search)
}

/** What a link takes. */
export interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** A path inside the application, with its own search parameters. */
  to: string
  children: ReactNode
}

/** A link inside the application; it keeps the dates that are looked at. */
export function Link({ to, children, className, onClick, ...rest }: LinkProps) {
  const href = useHref()(to)
  return (
    <a {...rest} className={className ?? 'cv-link'} href={href} onClick={(event) => openHere(event, href, onClick)}>
      {children}
    </a>
  )
}

function openHere(
  event: MouseEvent<HTMLAnchorElement>,
  href: string,
  onClick?: (event: MouseEvent<HTMLAnchorElement>) => void,
): void {
  onClick?.(event)
  const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0
  if (event.defaultPrevented || elsewhere || event.currentTarget.target === '_blank') return
  event.preventDefault()
  router().history.push(href)
}
