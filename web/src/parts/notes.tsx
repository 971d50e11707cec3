import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import type { ReactNode } from 'react'
import { NO_ANSWER, ServerFault } from '../frame/client.ts'
import { type Say, useWords } from '../frame/words.tsx'

/** A fault in words, with every place that is wrong, and a way to try again. */
export function Fault({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useWords()
  const { title, detail, errors } = faultInWords(error, t)
  return (
    <Alert
      type="error"
      header={title}
      action={retry ? <Button onClick={retry}>{t('parts.retry')}</Button> : undefined}
      statusIconAriaLabel={t('parts.error')}
    >
      {detail}
      {errors.length > 0 ? (
        <ul className="cv-list">
          {errors.map((each) => (
            <li key={`${each.place} ${each.message}`}>
              {each.place === '' ? null : <code>{each.place}</code>} {each.message}
            </li>
          ))}
        </ul>
      ) : null}
    </Alert>
  )
}

/** What a fault says: the server's own words where it gave some. */
export function faultInWords(
  error: unknown,
  t: Say,
): { title: string; detail: string; errors: readonly { place: string; message: string }[] } {
  if (!(error instanceof ServerFault)) return { title: t('fault.page'), detail: t('fault.page.detail'), errors: [] }
  const known = `fault.${error.status === NO_ANSWER ? 'connection' : error.status}`
  const ours =
    t(known) === known ? { title: t('fault.other'), detail: '' } : { title: t(known), detail: t(`${known}.detail`) }
  return { title: error.message || ours.title, detail: error.detail || ours.detail, errors: error.errors }
}

/** Nothing is here, and what to do about it. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="cv-empty">
      <p className="cv-empty-title">{title}</p>
      {children ? <div>{children}</div> : null}
      {action ? <div className="cv-empty-action">{action}</div> : null}
    </div>
  )
}

/** Something loads; said to screen readers too. */
export function Loading({ label }: { label?: string }) {
  const t = useWords()
  return (
    <div className="cv-loading" role="status">
      <span className="cv-spinner" aria-hidden="true" />
      {label ?? t('parts.loading')}
    </div>
  )
}

/** What is shown is of before, while the new is on its way. */
export function StaleNote({ isStale = true }: { isStale?: boolean }) {
  const t = useWords()
  return (
    <div className="cv-stale" role="status">
      {isStale ? (
        <span className="cv-stale-note">
          <span className="cv-spinner" aria-hidden="true" />
          {t('parts.stale')}
        </span>
      ) : null}
    </div>
  )
}
