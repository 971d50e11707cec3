import { useLocation } from '@tanstack/react-router'
import { Component, type ComponentType, type ReactNode, Suspense, useEffect } from 'react'
import { Fault, Loading } from '../parts/notes.tsx'
import { NotAllowedPage } from './NotAllowedPage.tsx'
import type { PageManifest } from './page.ts'
import { useSession } from './session.tsx'
import { useWords } from './words.tsx'

/** One page inside the frame: whether it may be opened, its name, what is shown while it loads and when it breaks. */
export function PageBoundary({ manifest, page: Page }: { manifest: PageManifest; page: ComponentType }) {
  const t = useWords()
  const session = useSession()
  const path = useLocation({ select: (location) => location.pathname })
  useEffect(() => {
    document.title = [t(manifest.title), session.agreement?.title, 'Convenio'].filter(Boolean).join(' · ')
  }, [t, manifest.title, session.agreement?.title])
  if (!manifest.open && manifest.allows?.(session) === false) return <NotAllowedPage />
  return (
    <Boundary key={path}>
      <Suspense fallback={<Loading />}>
        <Page />
      </Suspense>
    </Boundary>
  )
}

/** A page that breaks takes nothing else down. */
class Boundary extends Component<{ children: ReactNode }, { problem: unknown }> {
  override state: { problem: unknown } = { problem: undefined }

  static getDerivedStateFromError(problem: unknown) {
    return { problem: problem ?? new Error('unknown') }
  }

  override render() {
    if (this.state.problem === undefined) return this.props.children
    return <Fault error={this.state.problem} retry={() => location.reload()} />
  }
}
