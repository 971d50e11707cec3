import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useWords } from '../frame/words.tsx'
import { Fault } from './notes.tsx'

/** What a question takes. */
export interface ConfirmProps {
  title: string
  children?: ReactNode
  /** What the button that does it says. */
  action: string
  /** It takes something away. */
  isDangerous?: boolean
  isBusy?: boolean
  /** What is still missing before it can be done. */
  isDisabled?: boolean
  fault?: unknown
  onConfirm: () => void
  onCancel: () => void
}

/** Asks before something is done, in the browser's own dialog: it keeps the focus inside and gives it back. */
export function Confirm(props: ConfirmProps) {
  const t = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const opener = document.activeElement
    const shown = dialog.current
    shown?.showModal()
    return () => {
      shown?.close()
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className="cv-dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        props.onCancel()
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          props.onConfirm()
        }}
      >
        <h2 id={id}>{props.title}</h2>
        {props.children}
        {props.fault ? <Fault error={props.fault} /> : null}
        <div className="cv-actions cv-dialog-actions">
          <button type="button" className="cv-button" onClick={props.onCancel}>
            {t('parts.cancel')}
          </button>
          <button
            type="submit"
            className={props.isDangerous ? 'cv-button cv-button-danger' : 'cv-button cv-button-primary'}
            disabled={props.isBusy || props.isDisabled}
          >
            {props.action}
          </button>
        </div>
      </form>
    </dialog>
  )
}
