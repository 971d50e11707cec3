import type { Shape } from '@client'
import { useWords } from '../frame/words.tsx'

type VerdictName = Shape<'Verdict'>

// Drawn in a box of 16 by 16; the shape alone tells them apart.
const SHAPES: Record<VerdictName, string> = {
  breached: 'M5 5l6 6M11 5l-6 6',
  'at-risk': 'M8 4.5v4.2M8 11.2v.3',
  undetermined: 'M6.2 6.2a1.9 1.9 0 1 1 2.6 1.9c-.6.3-.8.6-.8 1.2M8 11.4v.2',
  'not-due': 'M8 4.6V8l2.2 1.6',
  met: 'M4.8 8.3l2.2 2.2 4.3-4.8',
  waived: 'M5 8h6',
}

/** Verdicts from worst to best, as lists order them. */
export const VERDICTS: readonly VerdictName[] = ['breached', 'at-risk', 'undetermined', 'not-due', 'met', 'waived']

/** The sign of a verdict, without its word. */
export function VerdictSign({ verdict }: { verdict: VerdictName }) {
  return (
    <svg className={`cv-sign cv-sign-${verdict}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      {verdict === 'at-risk' ? <path className="cv-sign-ground" d="M8 1.2 15.2 14H.8z" /> : null}
      {verdict === 'breached' ? <path className="cv-sign-ground" d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" /> : null}
      {verdict !== 'at-risk' && verdict !== 'breached' ? (
        <circle className="cv-sign-ground" cx="8" cy="8" r="7" />
      ) : null}
      <path className="cv-sign-mark" d={SHAPES[verdict]} />
    </svg>
  )
}

/** A verdict: sign and word, never colour alone. */
export function Verdict({ verdict }: { verdict: VerdictName }) {
  const t = useWords()
  return (
    <span className={`cv-verdict cv-verdict-${verdict}`}>
      <VerdictSign verdict={verdict} />
      {t(`verdict.${verdict}`)}
    </span>
  )
}
