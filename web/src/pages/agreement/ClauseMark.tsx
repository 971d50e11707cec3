import { type FocusEvent, memo, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Link, useCan, useRead, useWords } from '../../frame/index.ts'
import type { PlacedClause } from '../../parts/document/document.ts'
import { ClauseLink, Family, Verdict, VerdictSign, WhyLink } from '../../parts/index.ts'

const OPEN_AFTER_MS = 500
const CLOSE_AFTER_MS = 200
const CARD_WIDTH = 340
const EDGE = 8

/** The card of one clause, and what its place has to do so that it opens. */
export interface ClauseCardState {
  open: boolean
  place: { onMouseEnter: () => void; onMouseLeave: () => void }
  anchor: React.RefObject<HTMLButtonElement | null>
  card: React.RefObject<HTMLDivElement | null>
  show: () => void
  hide: () => void
  changed: (open: boolean) => void
}

/** Opens a clause's card a moment after the pointer rests on its place, at once for keyboard and touch. */
export function useClauseCard(): ClauseCardState {
  const [open, setOpen] = useState(false)
  const anchor = useRef<HTMLButtonElement>(null)
  const card = useRef<HTMLDivElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const show = useCallback(() => {
    clearTimeout(timer.current)
    setOpen(true)
  }, [])
  useLayoutEffect(() => {
    if (!open || !card.current || !anchor.current || card.current.matches(':popover-open')) return
    putBeside(card.current, anchor.current)
    card.current.showPopover()
  }, [open])
  const hide = useCallback(() => {
    clearTimeout(timer.current)
    if (card.current?.matches(':popover-open')) card.current.hidePopover()
    setOpen(false)
  }, [])
  const onMouseEnter = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = setTimeout(show, OPEN_AFTER_MS)
  }, [show])
  const onMouseLeave = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = setTimeout(hide, CLOSE_AFTER_MS)
  }, [hide])
  useEffect(() => () => clearTimeout(timer.current), [])
  return { open, place: { onMouseEnter, onMouseLeave }, anchor, card, show, hide, changed: setOpen }
}

/** Below its anchor, or above it where there is no room; never beyond the window. */
function putBeside(card: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect()
  const width = Math.min(CARD_WIDTH, window.innerWidth - 2 * EDGE)
  const below = at.bottom + 220 < window.innerHeight
  card.style.width = `${width}px`
  card.style.left = `${Math.max(EDGE, Math.min(at.left, window.innerWidth - width - EDGE))}px`
  card.style.top = below ? `${at.bottom + 2}px` : 'auto'
  card.style.bottom = below ? 'auto' : `${window.innerHeight - at.top + 2}px`
}

/** The sign of a clause in the text: its verdict, and on hover or focus what it is and where to read more. */
export const ClauseMark = memo(function ClauseMark({
  clause,
  state,
  shown,
}: {
  clause: PlacedClause
  state: ClauseCardState
  shown: boolean
}) {
  const t = useWords()
  const leave = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget as Node | null)) state.hide()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that the focus left what stands inside.
    <span className="agreement-clause-mark" onBlur={leave}>
      <button
        type="button"
        ref={state.anchor}
        className={shown ? `agreement-mark-button verdict-${clause.verdict}` : 'agreement-mark-button verdict-quiet'}
        aria-label={t('agreement.mark', { title: clause.title, verdict: t(`verdict.${clause.verdict}`) })}
        aria-expanded={state.open}
        onFocus={(event) => event.currentTarget.matches(':focus-visible') && state.show()}
        onClick={state.show}
      >
        <VerdictSign verdict={clause.verdict} />
      </button>
      {state.open && (
        <div
          ref={state.card}
          popover="auto"
          className="agreement-card"
          onToggle={(event) => state.changed(event.newState === 'open')}
        >
          <ClauseCard clause={clause} />
        </div>
      )}
    </span>
  )
})

function ClauseCard({ clause }: { clause: PlacedClause }) {
  const t = useWords()
  const can = useCan()
  return (
    <div className="agreement-card-body">
      <div className="agreement-card-title">{clause.title}</div>
      <div className="agreement-card-facts">
        <Verdict verdict={clause.verdict} />
        <Family family={clause.family} />
        {!clause.counted && <span>{t('agreement.not-counted')}</span>}
      </div>
      <ClauseReason id={clause.id} />
      {clause.amendedBy.length > 0 && (
        <div>
          <Link to="/versions">{t('agreement.amended-by', { names: clause.amendedBy.join(', ') })}</Link>
        </div>
      )}
      <div className="agreement-card-links">
        <ClauseLink id={clause.id}>{t('agreement.to-clause')}</ClauseLink>
        <WhyLink id={clause.id}>{t('agreement.to-why')}</WhyLink>
        {can('amend') && (
          <Link to={`/drafts/new?clause=${encodeURIComponent(clause.id)}`}>{t('agreement.to-draft')}</Link>
        )}
      </div>
    </div>
  )
}

function ClauseReason({ id }: { id: string }) {
  const [kind = '', ...name] = id.split('/')
  const { data } = useRead('/clauses/{kind}/{name}', { params: { kind, name: name.join('/') } })
  return <div className="agreement-card-reason">{data?.reason ?? '…'}</div>
}
