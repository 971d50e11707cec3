import { type ReactNode, useEffect } from 'react'
import { useSession } from '../frame/session.tsx'

/** The head of a page: its only heading of the first level, what it is about, what can be done. */
export function PageHead({
  title,
  description,
  actions,
}: {
  title: string
  description?: ReactNode
  actions?: ReactNode
}) {
  const { agreement } = useSession()
  useEffect(() => {
    document.title = [title, agreement?.title, 'Convenio'].filter(Boolean).join(' · ')
  }, [title, agreement?.title])
  return (
    <header className="cv-page-head">
      <div>
        <h1 tabIndex={-1}>{title}</h1>
        {description ? <div className="cv-page-description">{description}</div> : null}
      </div>
      {actions ? <div className="cv-actions">{actions}</div> : null}
    </header>
  )
}
