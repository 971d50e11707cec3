import './sign-in.css'
import { type ReactNode, useId } from 'react'
import { Icon } from '../../frame/Icon.tsx'
import { useLanguage, useSession, useWords } from '../../frame/index.ts'

/** What stands around every way of coming in. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  const t = useWords()
  const { agreement, version } = useSession()
  const { language, speak } = useLanguage()
  const other = language === 'en' ? 'es' : 'en'
  return (
    <div className="cv-door">
      <header className="cv-door-head">
        <span className="cv-brand">
          <Icon name="brand" />
          Convenio
        </span>
        <p>{t('sign-in.claim')}</p>
      </header>
      <main className="cv-door-main">
        <h1>{title}</h1>
        {agreement ? <p className="cv-quiet">{agreement.title}</p> : null}
        {children}
        <footer className="cv-door-foot cv-quiet cv-small">
          <span>Convenio {version}</span>
          <button type="button" className="cv-button" lang={other} onClick={() => void speak(other)}>
            {t('frame.other-language')}
          </button>
        </footer>
      </main>
    </div>
  )
}

/** What a field takes. */
export interface FieldProps {
  label: string
  type: 'text' | 'email' | 'password'
  value: string
  onChange: (value: string) => void
  autoComplete: string
  hint?: string
  /** What the server says of it. */
  error?: string | undefined
  isReadOnly?: boolean
  maxLength?: number
}

/** A field with its label, its hint and its fault, which are read together. */
export function Field(props: FieldProps) {
  const id = useId()
  const notes = [props.hint ? `${id}-hint` : '', props.error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className="cv-field">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        className="cv-input"
        type={props.type}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        autoComplete={props.autoComplete}
        maxLength={props.maxLength ?? (props.type === 'password' ? 1024 : 200)}
        readOnly={props.isReadOnly ?? false}
        required
        spellCheck={false}
        {...(props.type === 'email' ? { inputMode: 'email' as const, autoCapitalize: 'none' } : {})}
        {...(notes === '' ? {} : { 'aria-describedby': notes })}
        {...(props.error ? { 'aria-invalid': true } : {})}
      />
      {props.hint ? (
        <span id={`${id}-hint`} className="cv-quiet cv-small">
          {props.hint}
        </span>
      ) : null}
      {props.error ? (
        <span id={`${id}-error`} className="cv-field-error cv-small">
          {props.error}
        </span>
      ) : null}
    </div>
  )
}
