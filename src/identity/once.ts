import { type Refused, refuse } from './fault.ts'
import { type IdentityParts, moment, recordsOf } from './parts.ts'

const KEPT_MS = 24 * 3600 * 1000

/** A request that shall take effect once, however often it is sent. */
export interface KeyedRequest {
  /** What the sender made up for it. */
  key: string
  actor: string
  route: string
  /** A digest of all that the request says. */
  requestHash: string
}

/** What the work came to, now or when the request first came. */
export interface OnceAnswer<T> {
  answer: T
  replayed: boolean
}

/**
 * Does the work of a request once. The same request under the same key gets the first answer again for 24 hours; another request under
 * it is refused, and so is one that comes while the first is still at work. Work that throws leaves the key free.
 */
export async function once<T>(
  parts: IdentityParts,
  request: KeyedRequest,
  work: () => Promise<T>,
): Promise<OnceAnswer<T> | Refused> {
  if (!/^[\x21-\x7e]{1,200}$/.test(request.key)) return refuse('input', 'key-unreadable')
  const claimed = await claim(parts, request)
  if (claimed !== 'ours') {
    if (claimed.route !== request.route || claimed.request_hash !== request.requestHash)
      return refuse('conflict', 'key-used-otherwise')
    if (claimed.answer === null) return refuse('conflict', 'key-in-progress')
    return { answer: JSON.parse(claimed.answer) as T, replayed: true }
  }
  try {
    const answer = await work()
    await rowOf(parts, request).update({ answer: JSON.stringify(answer) })
    return { answer, replayed: false }
  } catch (error) {
    await rowOf(parts, request).remove()
    throw error
  }
}

type Row = { route: string; request_hash: string; answer: string | null }

// The primary key decides who came first; a row that is over is taken over by one of those who find it so.
async function claim(parts: IdentityParts, { key, actor, route, requestHash }: KeyedRequest): Promise<'ours' | Row> {
  const now = moment(parts)
  const row = { route, request_hash: requestHash, answer: null, created_at: now, expires_at: moment(parts, KEPT_MS) }
  const taken = await recordsOf(parts)
    .insertInto('idempotency_keys')
    .values({ agreement: parts.ledger.agreement, actor, key, ...row })
    .onConflict((conflict) =>
      conflict.columns(['agreement', 'actor', 'key']).doUpdateSet(row).where('idempotency_keys.expires_at', '<=', now),
    )
    .returning('key')
    .executeTakeFirst()
  if (taken) return 'ours'
  const found = await rowOf(parts, { key, actor }).read()
  // It was given free between the two looks: whoever sends it again finds it so.
  return found ?? { route, request_hash: requestHash, answer: null }
}

function rowOf(parts: IdentityParts, { key, actor }: Pick<KeyedRequest, 'key' | 'actor'>) {
  const db = recordsOf(parts)
  const { agreement } = parts.ledger
  return {
    read: (): Promise<Row | undefined> =>
      db
        .selectFrom('idempotency_keys')
        .select(['route', 'request_hash', 'answer'])
        .where('agreement', '=', agreement)
        .where('actor', '=', actor)
        .where('key', '=', key)
        .executeTakeFirst(),
    update: async (row: { answer: string }): Promise<void> => {
      await db
        .updateTable('idempotency_keys')
        .set(row)
        .where('agreement', '=', agreement)
        .where('actor', '=', actor)
        .where('key', '=', key)
        .execute()
    },
    remove: async (): Promise<void> => {
      await db
        .deleteFrom('idempotency_keys')
        .where('agreement', '=', agreement)
        .where('actor', '=', actor)
        .where('key', '=', key)
        .execute()
    },
  }
}
