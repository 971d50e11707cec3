import { useWords } from '../../frame/index.ts'
import type { End } from '../../parts/document/document.ts'
import type { DocumentActions } from './DocumentBlock.tsx'

/** At each end of the finding looked at: its number, and the way to the next end. */
export function EndButtons({ ends, actions }: { ends: readonly End[]; actions: DocumentActions }) {
  const t = useWords()
  return ends.map((end) => (
    <button
      key={end.at}
      type="button"
      id={`finding-end-${end.at}`}
      className={end.primary ? 'agreement-end' : 'agreement-end agreement-end-related'}
      title={end.label || t('agreement.end.own')}
      aria-label={t(end.of > 1 ? 'agreement.end' : 'agreement.end.only', {
        number: end.at + 1,
        of: end.of,
        label: end.label || t('agreement.end.own'),
      })}
      onClick={() => actions.jump((end.at + 1) % end.of)}
    >
      {end.at + 1}
      {end.of > 1 && <span aria-hidden="true"> →</span>}
    </button>
  ))
}
