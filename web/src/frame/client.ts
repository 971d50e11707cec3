import { convenioClient, type Shape } from '@client'

/** Something the server refused or could not do, as a person reads it. */
export class ServerFault extends Error {
  readonly status: number
  readonly detail: string
  /** Everything wrong with the input, each with its place. */
  readonly errors: readonly { place: string; message: string }[]

  constructor(problem: Partial<Shape<'Problem'>>, status: number) {
    super(problem.title ?? '')
    this.name = 'ServerFault'
    this.status = status
    this.detail = problem.detail ?? ''
    this.errors = problem.errors ?? []
  }
}

/** No answer at all: the connection or the server is gone. */
export const NO_ANSWER = 0

const safe = new Set(['GET', 'HEAD'])
let csrf: string | undefined
let language = 'en'
const lost = new Set<(isLost: boolean) => void>()

/** Remembers the token that every write sends back. */
export function keepCsrf(token: string | null): void {
  csrf = token ?? undefined
}

/** In which language the server answers. */
export function askIn(chosen: string): void {
  language = chosen
}

/** Hears whether the server answers. */
export function onConnection(hear: (isLost: boolean) => void): () => void {
  lost.add(hear)
  return () => void lost.delete(hear)
}

/** Tells everybody who hears. */
export function tellConnection(isLost: boolean): void {
  for (const hear of lost) hear(isLost)
}

/** The headers of a write that the typed client does not make, such as an upload. */
export function writeHeaders(): Record<string, string> {
  return {
    'accept-language': language,
    'idempotency-key': newKey(),
    ...(csrf === undefined ? {} : { 'x-csrf-token': csrf }),
  }
}

/** The typed client of the server that gave these pages. */
export const client = convenioClient({ server: location.origin, fetch: send })

async function send(request: Request): Promise<Response> {
  request.headers.set('accept-language', language)
  if (!safe.has(request.method)) {
    if (csrf !== undefined) request.headers.set('x-csrf-token', csrf)
    if (!request.headers.has('idempotency-key')) request.headers.set('idempotency-key', newKey())
  }
  try {
    const response = await fetch(request)
    tellConnection(false)
    return response
  } catch (problem) {
    if (request.signal.aborted) throw problem
    tellConnection(true)
    throw new ServerFault({}, NO_ANSWER)
  }
}

/** What the client gave, or the fault it met. */
export function answerOf<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.response.ok) return answer.data as T
  throw new ServerFault(problemIn(answer.error), answer.response.status)
}

function problemIn(error: unknown): Partial<Shape<'Problem'>> {
  return typeof error === 'object' && error !== null ? (error as Partial<Shape<'Problem'>>) : {}
}

// `crypto.randomUUID` exists only on secure origins, and a trial may run on plain HTTP in a company's network.
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
