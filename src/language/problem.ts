import type { Message } from './message.ts'
import type { Span } from './span.ts'

/**
 * Something wrong with an input. Readers return all of them beside what they could read; they never stop at the first.
 * `code` is also the id of its message; `fix` says what the person can do.
 */
export interface Problem {
  code: string
  where: Span
  message: Message
  fix?: Message
}
