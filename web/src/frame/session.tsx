import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import { answerOf, client, keepCsrf, type ServerFault } from './client.ts'
import type { Session } from './page.ts'

const Signed = createContext<Session | undefined>(undefined)
const KEY = ['session']

/** Asks who is signed in. */
export async function fetchSession(): Promise<Session> {
  const session = answerOf<Session>(await client.GET('/api/v1/session'))
  keepCsrf(session.csrf)
  return session
}

/** The session as the server tells it; asked for once and again when the server refuses. */
export function useSessionQuery() {
  return useQuery<Session, ServerFault>({ queryKey: KEY, queryFn: fetchSession, staleTime: Number.POSITIVE_INFINITY })
}

/** Makes the session known to the pages. */
export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <Signed.Provider value={session}>{children}</Signed.Provider>
}

/** Who is signed in, and in what. */
export function useSession(): Session {
  const session = useContext(Signed)
  if (!session) throw new Error('The session is asked for outside of SessionProvider')
  return session
}

/** Whether the person has a right: `can('amend')`. */
export function useCan(): (right: string) => boolean {
  const { rights } = useSession()
  return (right) => rights.includes(right)
}

/** Takes up a session that a sign-in gave; nothing read for somebody else stays. */
export function useEnter(): (session: Session) => void {
  const queries = useQueryClient()
  return (session) => {
    keepCsrf(session.csrf)
    queries.removeQueries({ queryKey: ['read'] })
    queries.setQueryData(KEY, session)
  }
}

/** Asks anew who is signed in, such as after the server refused. */
export function askSessionAgain(queries: QueryClient): void {
  void queries.invalidateQueries({ queryKey: KEY })
}

/** Leaves: the session ends on the server and nothing that was read stays in the page. */
export function useLeave(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    try {
      await client.DELETE('/api/v1/session')
    } catch {
      // Without a connection the session stays, and the frame says that the server does not answer.
      return
    }
    queries.removeQueries({ queryKey: ['read'] })
    await queries.invalidateQueries({ queryKey: KEY })
  }
}
