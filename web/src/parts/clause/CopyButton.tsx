import { useState } from 'react'
import { useWords } from '../../frame/words.tsx'

/** Copies a text; `label` says what, `children` is what the button shows. */
export function CopyButton({ text, label, children }: { text: string; label: string; children?: string }) {
  const words = useWords()
  const [outcome, setOutcome] = useState<'copied' | 'not-copied'>()
  const copy = async (): Promise<void> => {
    setOutcome((await copied(text)) ? 'copied' : 'not-copied')
    setTimeout(() => setOutcome(undefined), SHOWN_MS)
  }
  return (
    <span className="clause-copy">
      <button
        type="button"
        className={children === undefined ? 'clause-copy-icon' : 'cv-button'}
        aria-label={children === undefined ? label : undefined}
        title={label}
        onClick={() => void copy()}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d={outcome === 'copied' ? DONE : SHEETS} fill="none" stroke="currentColor" strokeWidth="1.4" />
        </svg>
        {children}
      </button>
      <span role="status" className={outcome === 'not-copied' ? undefined : 'cv-sr'}>
        {outcome === undefined ? '' : words(`clause.${outcome}`)}
      </span>
    </span>
  )
}

const SHOWN_MS = 2500
const SHEETS = 'M5.5 5.5h8v8h-8z M10.5 5.5v-3h-8v8h3'
const DONE = 'M3 8.5l3.2 3.2L13 4.8'

// The clipboard exists on secure origins alone; a server in a company's network may be plain HTTP.
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copiedFromField(text)
  }
}

function copiedFromField(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'cv-sr'
  document.body.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  return done
}
