import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'

/** What a menu takes. */
export interface MenuProps {
  /** What its button shows. */
  button: ReactNode
  /** What its button says when it shows no words. */
  label?: string
  className?: string
  /** To which side of the button the panel is aligned. */
  align?: 'start' | 'end'
  children: ReactNode | ((close: () => void) => ReactNode)
}

/** A button that opens a small panel; Escape, a click elsewhere and leaving it close the panel. */
export function Menu({ button, label, className, align = 'start', children }: MenuProps) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const place = useRef<HTMLDivElement>(null)
  const close = () => setOpen(false)
  useEffect(() => {
    if (!isOpen) return
    const outside = (event: Event) => {
      if (event.target instanceof Node && !place.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
    }
  }, [isOpen])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isOpen) return
    event.stopPropagation()
    close()
    place.current?.querySelector('button')?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears Escape from the controls inside
    <div className="cv-menu" ref={place} onKeyDown={onKeyDown}>
      <button
        type="button"
        className={className ?? 'cv-button'}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!isOpen)}
      >
        {button}
      </button>
      {isOpen ? (
        <div className={`cv-menu-panel cv-menu-${align}`} id={id}>
          {typeof children === 'function' ? children(close) : children}
        </div>
      ) : null}
    </div>
  )
}
