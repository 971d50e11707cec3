import { type IdentityDb, type IdentityParts, moment, recordsOf } from './parts.ts'
import { digestOf } from './secrets.ts'

/** Keeps what belongs to a challenge until it comes back, under its digest. */
export async function keepChallenge(
  parts: IdentityParts,
  { challenge, purpose, value, lastsMs }: { challenge: string; purpose: string; value: string; lastsMs: number },
): Promise<void> {
  await recordsOf(parts)
    .insertInto('challenges')
    .values({
      hash: digestOf(challenge),
      agreement: parts.ledger.agreement,
      purpose,
      value,
      expires_at: moment(parts, lastsMs),
    })
    .execute()
}

/** Gives what was kept, once: of two who bring the same challenge the second finds nothing. */
export async function takeChallenge(
  parts: IdentityParts,
  challenge: string,
  purpose: string,
  db: IdentityDb = recordsOf(parts),
): Promise<string | undefined> {
  const row = await db
    .deleteFrom('challenges')
    .where('hash', '=', digestOf(challenge))
    .where('agreement', '=', parts.ledger.agreement)
    .where('purpose', '=', purpose)
    .returning(['value', 'expires_at'])
    .executeTakeFirst()
  return row && row.expires_at > moment(parts) ? row.value : undefined
}
