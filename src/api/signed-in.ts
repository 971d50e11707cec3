import type { Session } from '../identity/index.ts'
import { type Asked, type Who, whoOf } from './asked.ts'
import { Refused } from './refused.ts'

/** Whoever asks with a session of their own; a token cannot be used to get at what would outlast it. */
export function signedInOf(asked: Pick<Asked, 'who'>): Who & { session: Session } {
  const who = whoOf(asked as Asked)
  if (!who.session) throw new Refused(403, 'session-needed')
  return { ...who, session: who.session }
}
