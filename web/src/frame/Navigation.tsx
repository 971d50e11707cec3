import { useLocation } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { NavigationGroup, PageManifest, Session } from './page.ts'
import { Link } from './places.tsx'
import { useSession } from './session.tsx'
import { useWords } from './words.tsx'

const GROUPS: readonly NavigationGroup[] = ['standing', 'agreement', 'evidence', 'administration']

/** The pages at the side, in their groups; on a phone it is drawn over the page. */
export function Navigation(props: { manifests: readonly PageManifest[]; isOpen: boolean; onClose: () => void }) {
  const t = useWords()
  const session = useSession()
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    if (props.isOpen) nav.current?.querySelector('a')?.focus()
  }, [props.isOpen])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && props.isOpen) props.onClose()
  }
  return (
    <>
      {props.isOpen ? <div className="cv-curtain" onClick={props.onClose} aria-hidden="true" /> : null}
      <nav
        id="navigation"
        ref={nav}
        className={props.isOpen ? 'cv-navigation cv-navigation-open' : 'cv-navigation'}
        aria-label={t('frame.navigation')}
        onKeyDown={onKeyDown}
      >
        {GROUPS.map((group) => (
          <Group key={group} group={group} pages={pagesOf(group, props.manifests, session)} />
        ))}
      </nav>
    </>
  )
}

function pagesOf(group: NavigationGroup, manifests: readonly PageManifest[], session: Session): PageManifest[] {
  return manifests
    .filter((page) => page.navigation?.group === group && page.allows?.(session) !== false)
    .sort((a, b) => (a.navigation?.order ?? 0) - (b.navigation?.order ?? 0))
}

function Group({ group, pages }: { group: NavigationGroup; pages: readonly PageManifest[] }) {
  const t = useWords()
  const path = useLocation({ select: (location) => location.pathname })
  if (pages.length === 0) return null
  return (
    <div className="cv-navigation-group">
      <h2 id={`navigation-${group}`}>{t(`frame.group.${group}`)}</h2>
      <ul aria-labelledby={`navigation-${group}`}>
        {pages.map((page) => (
          <li key={page.id}>
            <Link to={page.path} className="cv-navigation-link" aria-current={isHere(page.path, path, pages)}>
              {t(page.title)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

// A page below another, such as the imports below the evidence, is marked alone when the navigation has it.
function isHere(page: string, path: string, pages: readonly PageManifest[]): 'page' | 'true' | undefined {
  if (page === path) return 'page'
  const holds = (each: string) => each !== '/' && (each === path || path.startsWith(`${each}/`))
  if (!holds(page)) return undefined
  return pages.some((other) => other.path.length > page.length && holds(other.path)) ? undefined : 'true'
}
