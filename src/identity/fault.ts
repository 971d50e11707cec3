import { type Message, message, type Param } from '../language/index.ts'

/** What kind of refusal it is; whoever speaks HTTP makes a status of it. */
export type RefusalKind = 'input' | 'denied' | 'unknown' | 'conflict' | 'locked' | 'unavailable'

/** One thing that stood against it, and the field of the input it is about. */
export interface IdentityFault {
  message: Message
  field?: string
}

/** Nothing was done, and why: all reasons, never only the first. */
export interface Refused {
  refused: RefusalKind
  faults: readonly IdentityFault[]
  /** How long to wait before trying again, when that is what it takes. */
  retryAfterSeconds?: number
}

/** True when the answer is a refusal. */
export function isRefused(answer: object): answer is Refused {
  return 'refused' in answer
}

/** A refusal for one reason. */
export function refuse(kind: RefusalKind, id: string, params: Record<string, Param> = {}): Refused {
  return { refused: kind, faults: [{ message: message(`identity/${id}`, params) }] }
}

/** One fault of a field. */
export function faultOf(field: string, id: string, params: Record<string, Param> = {}): IdentityFault {
  return { field, message: message(`identity/${id}`, params) }
}
