import { useWords } from '../frame/words.tsx'
import { PAGE_SIZE, type TableState } from './table-rows.ts'

/** The pages of a table; nothing when one page holds all. */
export function TablePages(props: { page: number; count: number; label: string; state: TableState }) {
  const t = useWords()
  const { page, count, state } = props
  const last = Math.ceil(count / PAGE_SIZE)
  if (last <= 1) return null
  const step = (to: number, label: string, sign: string) => (
    <button
      type="button"
      className="cv-button"
      disabled={to < 1 || to > last}
      aria-label={label}
      onClick={() => state.change({ page: to })}
    >
      {sign}
    </button>
  )
  return (
    <nav className="cv-pages" aria-label={t('table.pages', { table: props.label })}>
      {step(page - 1, t('table.page-before'), '‹')}
      <span aria-live="polite">{t('table.page', { page, last })}</span>
      {step(page + 1, t('table.page-after'), '›')}
    </nav>
  )
}
