import { shown } from './shown.ts'
import './listing.css'

/** A long text in one line; all of it is shown while one points at it, and said to screen readers. */
export function OneLine({ text, isLong = false }: { text: string; isLong?: boolean }) {
  const safe = shown(text)
  return (
    <span className={isLong ? 'one-line one-line-long' : 'one-line'} title={safe}>
      {safe}
    </span>
  )
}
