import { Outlet } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Fault, Loading } from '../parts/notes.tsx'
import { SessionProvider, useSessionQuery } from './session.tsx'
import { hasChosenLanguage, useLanguage } from './words.tsx'

/** Asks who is signed in before anything is shown. */
export function Entrance() {
  const { data: session, error, refetch } = useSessionQuery()
  const { language, speak } = useLanguage()
  const own = session?.person?.language
  useEffect(() => {
    if (own && own !== language && !hasChosenLanguage()) void speak(own)
  }, [own, language, speak])
  if (session) {
    return (
      <SessionProvider session={session}>
        <Outlet />
      </SessionProvider>
    )
  }
  return (
    <main className="cv-main cv-alone">
      {error ? <Fault error={error} retry={() => void refetch()} /> : <Loading />}
    </main>
  )
}
