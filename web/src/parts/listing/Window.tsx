import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useWords } from '../../frame/index.ts'
import './listing.css'

/** A window over the page that is only read; the browser keeps the focus inside and Escape closes it. */
export function Window({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const say = useWords()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const opener = document.activeElement
    const open = dialog.current
    open?.showModal()
    return () => {
      open?.close()
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className="cv-dialog window"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <h2 id={id} className="anywhere">
        {title}
      </h2>
      {children}
      <div className="cv-actions cv-dialog-actions">
        <button type="button" className="cv-button" onClick={onClose}>
          {say('listing.close')}
        </button>
      </div>
    </dialog>
  )
}
