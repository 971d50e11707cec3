import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react'
import './field.css'

/** What ties a control to its label, its description and its fault. */
export interface ControlProps {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

interface FieldProps {
  label: ReactNode
  description?: ReactNode
  /** What is wrong with it; empty when nothing is. */
  fault?: string | undefined
  children: (control: ControlProps) => ReactNode
}

/** A control with its label, its description and what is wrong with it, tied together for screen readers too. */
export function Field({ label, description, fault, children }: FieldProps) {
  const id = useId()
  const told = [description ? `${id}-about` : '', fault ? `${id}-fault` : ''].filter((each) => each !== '').join(' ')
  const control = { id, 'aria-describedby': told || undefined, 'aria-invalid': fault ? (true as const) : undefined }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {description ? (
        <div id={`${id}-about`} className="field-about">
          {description}
        </div>
      ) : null}
      {children(control)}
      {fault ? <FaultText id={`${id}-fault`} fault={fault} /> : null}
    </div>
  )
}

interface FieldSetProps {
  label: ReactNode
  description?: ReactNode
  fault?: string | undefined
  children: ReactNode
}

/** Several controls that answer one question, such as boxes to tick. */
export function FieldSet({ label, description, fault, children }: FieldSetProps) {
  const id = useId()
  const told = [description ? `${id}-about` : '', fault ? `${id}-fault` : ''].filter((each) => each !== '').join(' ')
  return (
    <fieldset
      className="field"
      aria-describedby={told || undefined}
      data-faulty={fault ? true : undefined}
      tabIndex={fault ? -1 : undefined}
    >
      <legend>{label}</legend>
      {description ? (
        <div id={`${id}-about`} className="field-about">
          {description}
        </div>
      ) : null}
      {children}
      {fault ? <FaultText id={`${id}-fault`} fault={fault} /> : null}
    </fieldset>
  )
}

function FaultText({ id, fault }: { id: string; fault: string }) {
  return (
    <div id={id} className="field-fault">
      <span aria-hidden="true">▲</span> {fault}
    </div>
  )
}

interface TickProps {
  label: ReactNode
  description?: ReactNode
  checked: boolean
  disabled?: boolean
  onChange: (checked: boolean) => void
}

/** One box to tick. */
export function Tick({ label, description, checked, disabled, onChange }: TickProps) {
  const id = useId()
  return (
    <div className="tick">
      <input
        type="checkbox"
        id={id}
        checked={checked}
        disabled={disabled}
        aria-describedby={description ? `${id}-about` : undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {description ? (
          <div id={`${id}-about`} className="field-about">
            {description}
          </div>
        ) : null}
      </div>
    </div>
  )
}

/** Puts the focus on the first field with a fault whenever a form was refused once more. */
export function useFaultFocus(refused: number): RefObject<HTMLDivElement | null> {
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (refused === 0) return
    form.current?.querySelector<HTMLElement>('[aria-invalid=true], [data-faulty=true]')?.focus()
  }, [refused])
  return form
}

interface Placed {
  errors: readonly { place: string; message: string }[]
}

/** What the server says of one field of the body; places end in the field's name. */
export function faultAt(fault: Placed | null, name: string): string | undefined {
  const found = (fault?.errors ?? []).filter(({ place }) =>
    place
      .split(/[./[\]]+/)
      .filter(Boolean)
      .includes(name),
  )
  return found.length === 0 ? undefined : found.map(({ message }) => message).join(' ')
}

/** Whether the server names only fields of this form, so that nothing is left to say above it. */
export function isPlaced(fault: Placed | null, names: readonly string[]): boolean {
  const errors = fault?.errors ?? []
  return (
    errors.length > 0 && errors.every((each) => names.some((name) => faultAt({ errors: [each] }, name) !== undefined))
  )
}
