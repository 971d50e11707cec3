import { shortAddress } from './address.ts'
import { type Refused, refuse } from './fault.ts'
import { change, type IdentityDb, type IdentityParts, moment } from './parts.ts'
import { foldEmail } from './person.ts'
import { digestOf } from './secrets.ts'

const FREE_FAILURES = 5
// A whole office may come from one address, and some of them will have forgotten their password on a Monday.
const FREE_FAILURES_OF_ADDRESS = 50
const FIRST_LOCK_S = 30
const LONGEST_LOCK_S = 3600
const FORGOTTEN_AFTER_MS = 24 * 3600 * 1000

/** An attempt that was let through. It counts as failed until `attemptSucceeded` takes it back. */
export interface Attempt {
  /** The counter of the email, for ways that name one. */
  email?: string
  address: string
}

/**
 * Counts an attempt before it is looked at, for its email and for where it comes from, so that many at once are no way round the lock.
 * What it answers is the same whether anybody has that email.
 */
export function countAttempt(
  parts: IdentityParts,
  from: { email?: string; address: string },
): Promise<Attempt | Refused> {
  const attempt: Attempt = { address: `address:${digestOf(placeOf(from.address))}` }
  if (from.email !== undefined) attempt.email = `email:${digestOf(foldEmail(from.email))}`
  return change(parts, 'sign-in', async (db, tell): Promise<Attempt | Refused> => {
    const now = moment(parts)
    const before = await lockCounters(parts, db, attempt, now)
    const until =
      before
        .map((each) => each.locked_until)
        .sort()
        .at(-1) ?? ''
    if (until > now) return lockedUntil(until, now)
    const begun: string[] = []
    for (const { subject, failures, last_at } of before) {
      const count = (Date.parse(now) - Date.parse(last_at) > FORGOTTEN_AFTER_MS ? 0 : failures) + 1
      const lockedS = lockSeconds(count, freeOf(subject))
      const lockedUntil = lockedS === 0 ? '' : new Date(Date.parse(now) + lockedS * 1000).toISOString()
      await setCounter(parts, db, subject, { failures: count, last_at: now, locked_until: lockedUntil })
      if (lockedS > 0) begun.push(subject.slice(0, 20))
    }
    if (begun.length > 0) await tell('sign-in-locked', begun.join(' '), { address: shortAddress(from.address) })
    return attempt
  })
}

/** Takes back what the email had failed: its own counter, and its share of where it came from, no more than that. */
export function attemptSucceeded(parts: IdentityParts, attempt: Attempt): Promise<void> {
  return change(parts, 'sign-in', async (db) => {
    const counters = await lockCounters(parts, db, attempt, moment(parts))
    const own = counters.find((each) => each.subject === attempt.email)?.failures ?? 1
    for (const { subject, failures } of counters) {
      const left = Math.max(0, failures - own)
      await setCounter(parts, db, subject, {
        failures: left,
        ...(lockSeconds(left, freeOf(subject)) === 0 ? { locked_until: '' } : {}),
      })
    }
  })
}

/** Tells the audit of an attempt that came to nothing; never what was typed. */
export function tellFailure(
  parts: IdentityParts,
  subject: string,
  failure: { way: string; why: string; address: string },
): Promise<void> {
  return change(parts, 'sign-in', (_, tell) =>
    tell('sign-in-failed', subject, { ...failure, address: shortAddress(failure.address) }),
  )
}

/** How long the lock lasts that the n-th failure in a row begins. */
export function lockSeconds(failures: number, free = FREE_FAILURES): number {
  if (failures < free) return 0
  return Math.min(LONGEST_LOCK_S, FIRST_LOCK_S * 2 ** Math.min(20, failures - free))
}

function freeOf(subject: string): number {
  return subject.startsWith('address:') ? FREE_FAILURES_OF_ADDRESS : FREE_FAILURES
}

// Whoever has one address of IPv6 has countless ones beside it.
function placeOf(address: string): string {
  return address.includes('.') ? address : shortAddress(address)
}

function lockedUntil(until: string, now: string): Refused {
  const seconds = Math.ceil((Date.parse(until) - Date.parse(now)) / 1000)
  return { ...refuse('locked', 'too-many-attempts', { seconds }), retryAfterSeconds: seconds }
}

// Always in the same order, so that two attempts never wait for each other.
async function lockCounters(parts: IdentityParts, db: IdentityDb, attempt: Attempt, now: string) {
  const { agreement } = parts.ledger
  const subjects = [attempt.address, ...(attempt.email === undefined ? [] : [attempt.email])].sort()
  await db
    .insertInto('sign_in_attempts')
    .values(subjects.map((subject) => ({ agreement, subject, failures: 0, locked_until: '', last_at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return db
    .selectFrom('sign_in_attempts')
    .selectAll()
    .where('agreement', '=', agreement)
    .where('subject', 'in', subjects)
    .orderBy('subject')
    .forUpdate()
    .execute()
}

async function setCounter(
  { ledger: { agreement } }: IdentityParts,
  db: IdentityDb,
  subject: string,
  row: { failures: number; last_at?: string; locked_until?: string },
): Promise<void> {
  await db
    .updateTable('sign_in_attempts')
    .set(row)
    .where('agreement', '=', agreement)
    .where('subject', '=', subject)
    .execute()
}
