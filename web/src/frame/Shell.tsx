import { useLocation } from '@tanstack/react-router'
import { lazy, type ReactNode, type RefObject, Suspense, useEffect, useRef, useState } from 'react'
import { Loading } from '../parts/notes.tsx'
import { ConnectionNote } from './ConnectionNote.tsx'
import { DateBar } from './DateBar.tsx'
import { useLiveUpdates } from './events.ts'
import { Navigation } from './Navigation.tsx'
import type { PageManifest } from './page.ts'
import { useSession } from './session.tsx'
import { TopBar } from './TopBar.tsx'
import { useWords } from './words.tsx'

const SignIn = lazy(() => import('../pages/sign-in/SignInPage.tsx'))

/** The frame around every page; whoever is not signed in sees the sign-in in its place, at the same address. */
export function Shell({ manifests, children }: { manifests: readonly PageManifest[]; children: ReactNode }) {
  const { person } = useSession()
  if (person) return <Frame manifests={manifests}>{children}</Frame>
  return (
    <Suspense fallback={<Loading />}>
      <SignIn />
    </Suspense>
  )
}

function Frame({ manifests, children }: { manifests: readonly PageManifest[]; children: ReactNode }) {
  const t = useWords()
  const [isOpen, setOpen] = useState(false)
  const main = useRef<HTMLElement>(null)
  useLiveUpdates()
  useFocusOnArrival(main)
  const path = useLocation({ select: (location) => location.pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving at another page closes the navigation
  useEffect(() => setOpen(false), [path])
  return (
    <div className="cv-frame">
      <a className="cv-skip" href="#main">
        {t('frame.skip')}
      </a>
      <TopBar manifests={manifests} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
      <Navigation manifests={manifests} isOpen={isOpen} onClose={() => setOpen(false)} />
      <div className="cv-content">
        <DateBar />
        <ConnectionNote />
        <main id="main" className="cv-main" ref={main} tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  )
}

/** Whoever hears the pages hears that another one opened. */
function useFocusOnArrival(main: RefObject<HTMLElement | null>): void {
  const path = useLocation({ select: (location) => location.pathname })
  const before = useRef(path)
  useEffect(() => {
    if (before.current === path) return
    before.current = path
    main.current?.focus({ preventScroll: true })
  }, [path, main])
}
