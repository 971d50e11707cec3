import 'virtual:theme.css'
import './styles/font.css'
import './styles/base.css'
import './styles/frame.css'
import './styles/parts.css'
import './styles/table.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { CloudscapeWords } from './frame/CloudscapeWords.tsx'
import { askIn, ServerFault } from './frame/client.ts'
import { makeRouter } from './frame/router.tsx'
import { askSessionAgain, fetchSession } from './frame/session.tsx'
import { startTheme } from './frame/theme.ts'
import { firstLanguage, loadWords, WordsProvider } from './frame/words.tsx'

const REFUSED = 401
const language = firstLanguage()

startTheme()
document.documentElement.lang = language
askIn(language)

const queries: QueryClient = new QueryClient({
  defaultOptions: {
    // The browser's own opinion of the connection says nothing of a server on the same machine or network.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 60_000,
      retry: (count, problem) =>
        count < 2 && problem instanceof ServerFault && (problem.status === 0 || problem.status >= 502),
      refetchOnWindowFocus: false,
    },
  },
})
queries.getQueryCache().subscribe(({ type, query }) => {
  const refused = query.state.error instanceof ServerFault && query.state.error.status === REFUSED
  if (type === 'updated' && refused && query.queryKey[0] === 'read') askSessionAgain(queries)
})

void start()

/** The first question to the server and the words travel at the same time. */
async function start(): Promise<void> {
  const asked = queries.prefetchQuery({
    queryKey: ['session'],
    queryFn: fetchSession,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [words] = await Promise.all([loadWords(language), asked])
  const place = document.getElementById('root')
  if (!place) throw new Error('The page has no root')
  const router = makeRouter()
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <WordsProvider language={language} words={words}>
          <CloudscapeWords>
            <RouterProvider router={router} />
          </CloudscapeWords>
        </WordsProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}
