import { type Refused as IdentityRefused, isRefused } from '../identity/index.ts'
import type { Param, Speaker } from '../language/index.ts'

/** One thing wrong with a request, and the part of it that is meant. */
export interface RefusedPart {
  place: string
  message: string
}

/** Ends a request with a status and words of ours: `api.<code>` is the title, `api.<code>.detail` what to do. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly params: Record<string, Param>
  readonly parts: readonly RefusedPart[]
  readonly retryAfterSeconds: number | undefined

  constructor(
    status: number,
    code: string,
    more: { params?: Record<string, Param>; parts?: readonly RefusedPart[]; retryAfterSeconds?: number } = {},
  ) {
    super(code)
    this.status = status
    this.code = code
    this.params = more.params ?? {}
    this.parts = more.parts ?? []
    this.retryAfterSeconds = more.retryAfterSeconds
  }
}

/** A refusal for a thing that is not there, or not for whoever asks: the two look the same. */
export function notFound(): Refused {
  return new Refused(404, 'not-found')
}

const STATUS = { input: 400, denied: 403, unknown: 404, conflict: 409, locked: 429, unavailable: 503 } as const

/** What identity refused, as HTTP has it: every reason with the field it is about. */
export function identityRefused({ refused, faults, retryAfterSeconds }: IdentityRefused, speak: Speaker): Refused {
  const parts = faults.map(({ field, message }) => ({
    place: field ? `body.${field}` : 'body',
    message: speak.say(message),
  }))
  return new Refused(STATUS[refused], refused === 'locked' ? 'locked' : 'identity', {
    parts,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })
}

/** What was asked of identity; ends the request when it was refused. */
export function accepted<T extends object>(answer: T | IdentityRefused, speak: Speaker): T {
  if (isRefused(answer)) throw identityRefused(answer, speak)
  return answer
}
