import type { paths } from '@client'
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answerOf, client, NO_ANSWER, ServerFault } from './client.ts'
import { useDates } from './places.tsx'
import { readSearch } from './search.ts'
import { useLanguage } from './words.tsx'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type Short<P> = P extends `/api/v1${infer Rest}` ? Rest : never
type Operation<P, M extends Method> = `/api/v1${P & string}` extends infer Full
  ? Full extends keyof paths
    ? paths[Full][M]
    : never
  : never
type Having<M extends Method> = { [P in keyof paths]: paths[P][M] extends object ? Short<P> : never }[keyof paths]
type Parameters<O, Part extends string> = O extends { parameters: { [K in Part]?: infer Value } } ? Value : never
type Success<O> = O extends { responses: infer R }
  ? { [S in keyof R]: S extends 200 | 201 | 202 | 204 ? ContentOf<R[S]> : never }[keyof R]
  : never
type ContentOf<R> = R extends { content: { 'application/json': infer Json } } ? Json : undefined
type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer Json } } } ? Json : never

/** A path that can be read, below `/api/v1`. */
export type ReadPath = Having<'get'>

/** What reading a path gives. */
export type ReadData<P extends ReadPath> = Success<Operation<P, 'get'>>

/** What a read may be given; the dates and the language are added to it. */
export interface ReadOptions<P extends ReadPath> {
  params?: Parameters<Operation<P, 'get'>, 'path'>
  query?: NonNullable<Parameters<Operation<P, 'get'>, 'query'>>
  /** False: not asked yet. */
  enabled?: boolean
  /** Asked again after so many milliseconds, for as long as the page is open. */
  refetchEvery?: number | undefined
}

/** What a read came to. While a new date loads, `data` is that of the old one and `isStale` is true. */
export interface Reading<T> {
  data: T | undefined
  error: ServerFault | null
  isLoading: boolean
  isStale: boolean
  refetch: () => void
}

type Loose = (path: string, options: unknown) => Promise<{ data?: unknown; error?: unknown; response: Response }>

/** Reads from the server as of the day that the address names, and again whenever something changed there. */
export function useRead<P extends ReadPath>(path: P, options: ReadOptions<P> = {}): Reading<ReadData<P>> {
  const { params, query, enabled = true, refetchEvery } = options
  const { inQuery } = useDates()
  const { language } = useLanguage()
  const full = present({ ...inQuery, language, ...(query as Record<string, unknown> | undefined) })
  const found = useQuery<ReadData<P>, ServerFault>({
    queryKey: ['read', path, params ?? null, full],
    queryFn: async ({ signal }) =>
      answerOf(
        await (client.GET as unknown as Loose)(`/api/v1${path}`, { params: { path: params, query: full }, signal }),
      ) as ReadData<P>,
    placeholderData: (previous, before) => (isSamePlace(before?.queryKey, path, params) ? previous : undefined),
    enabled,
    ...(refetchEvery === undefined ? {} : { refetchInterval: refetchEvery }),
  })
  return {
    data: found.data,
    error: found.error,
    isLoading: found.isPending && enabled,
    isStale: found.isPlaceholderData || (found.isError && found.data !== undefined),
    refetch: () => void found.refetch(),
  }
}

/** Another day's or filter's answer may stand in until the new one is here; that of another thing may not. */
function isSamePlace(key: readonly unknown[] | undefined, path: string, params: unknown): boolean {
  return key !== undefined && key[1] === path && JSON.stringify(key[2]) === JSON.stringify(params ?? null)
}

function present(query: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''))
}

/** Everything that was read is asked again; the pages keep what they show until it is here. */
export function readAgain(queries: QueryClient, path?: string): void {
  void queries.invalidateQueries({ queryKey: path === undefined ? ['read'] : ['read', path] })
}

type WriteMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type WritePath<M extends WriteMethod> = Having<Lowercase<M>>
type WriteOperation<M extends WriteMethod, P> = Operation<P, Lowercase<M>>

/** What a write is given. */
export interface WriteOptions<M extends WriteMethod, P> {
  params?: Parameters<WriteOperation<M, P>, 'path'>
  query?: NonNullable<Parameters<WriteOperation<M, P>, 'query'>>
  body?: BodyOf<WriteOperation<M, P>>
}

/** What a write came to: never thrown, because a refusal is an answer. */
export type Written<T> = { ok: true; data: T } | { ok: false; fault: ServerFault }

/** A write with its state. Afterwards everything that was read is asked again. */
export interface Writing<M extends WriteMethod, P> {
  write: (options?: WriteOptions<M, P>) => Promise<Written<Success<WriteOperation<M, P>>>>
  isPending: boolean
  fault: ServerFault | null
  reset: () => void
}

/** Writes to the server: `const { write, isPending, fault } = useWrite('POST', '/waivers')`. */
export function useWrite<M extends WriteMethod, P extends WritePath<M>>(
  method: M,
  path: P,
  settings: { keepsReadings?: boolean } = {},
): Writing<M, P> {
  type Data = Success<WriteOperation<M, P>>
  const queries = useQueryClient()
  const { language } = useLanguage()
  const mutation = useMutation<Data, ServerFault, WriteOptions<M, P>>({
    mutationFn: async ({ params, query, body }) => {
      const call = (client as unknown as Record<string, Loose>)[method] as Loose
      const readsLanguage = query === undefined ? {} : { language }
      return answerOf(
        await call(`/api/v1${path}`, { params: { path: params, query: { ...readsLanguage, ...query } }, body }),
      ) as Data
    },
    onSuccess: () => {
      if (!settings.keepsReadings) readAgain(queries)
    },
  })
  return {
    write: async (options = {}) => {
      try {
        return { ok: true, data: await mutation.mutateAsync(options) }
      } catch (problem) {
        return { ok: false, fault: faultOf(problem) }
      }
    },
    isPending: mutation.isPending,
    fault: mutation.error,
    reset: mutation.reset,
  }
}

/** Any failure as a fault. */
export function faultOf(problem: unknown): ServerFault {
  return problem instanceof ServerFault ? problem : new ServerFault({}, NO_ANSWER)
}

/** The address of the same list as CSV, with the same filters and the dates of this page's address. */
export function csvHref(path: string, query: Record<string, string | undefined> = {}): string {
  const { 'as-of': asOf, 'known-at': knownAt } = readSearch(location.search)
  const full = present({ 'as-of': asOf, 'known-at': knownAt, language: document.documentElement.lang, ...query })
  return `/api/v1${path}?${new URLSearchParams({ ...(full as Record<string, string>), format: 'csv' })}`
}
