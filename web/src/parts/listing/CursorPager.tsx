import { useState } from 'react'
import { useSearchState, useWords } from '../../frame/index.ts'
import './listing.css'

/** Where one is in a list that the server gives page by page. */
export interface Cursor {
  /** As the read takes it; undefined on the first page. */
  cursor: string | undefined
  /** Pages before this one, as far as one came along them. */
  trail: readonly string[]
  turn: (cursor: string | undefined, trail: readonly string[]) => void
}

/** The place in a list, kept in the address under a name of its own. */
export function useCursor(name = 'cursor'): Cursor {
  const [search, change] = useSearchState()
  const [trail, setTrail] = useState<readonly string[]>([])
  const cursor = search[name]
  return {
    cursor,
    // Without a cursor this is the first page, however one got there: such as by another filter.
    trail: cursor === undefined ? [] : trail,
    turn: (to, past) => {
      setTrail(past)
      change({ [name]: to })
    },
  }
}

interface CursorPagerProps {
  cursor: Cursor
  /** Undefined while the page loads, null on the last page. */
  next: string | null | undefined
  shown: number
  total: number | null | undefined
  label: string
}

/** Previous and next page of a list, and how many there are. */
export function CursorPager({ cursor, next, shown, total, label }: CursorPagerProps) {
  const say = useWords()
  const { cursor: here, trail, turn } = cursor
  if (here === undefined && !next && (total ?? 0) <= shown) return null
  const known = typeof total === 'number'
  const isLost = here !== undefined && trail.length === 0
  return (
    <nav aria-label={label} className="pager">
      <button
        type="button"
        className="cv-button"
        disabled={here === undefined}
        onClick={() => turn(trail.at(-1) || undefined, trail.slice(0, -1))}
      >
        <span aria-hidden="true">‹</span> {say(isLost ? 'listing.first' : 'listing.previous')}
      </button>
      <button
        type="button"
        className="cv-button"
        disabled={!next}
        onClick={() => next && turn(next, [...trail, here ?? ''])}
      >
        {say('listing.next')} <span aria-hidden="true">›</span>
      </button>
      <span className="quiet" role="status">
        {known ? say('listing.shown-of', { count: shown, total }) : say('listing.shown', { count: shown })}
      </span>
    </nav>
  )
}
