import type { Asker } from '../evidence/ledger/asker.ts'
import { shortAddress, shortAgent } from './address.ts'
import { type Refused, refuse } from './fault.ts'
import { ShortMemory } from './memory.ts'
import { actorOf, asking, change, type IdentityDb, type IdentityParts, moment, recordsOf } from './parts.ts'
import { readPeople } from './people.ts'
import type { Person } from './person.ts'
import { derived, digestOf, newId, newSecret, sameText } from './secrets.ts'

/** Unused this long, a session is over. */
export const IDLE_MS = 8 * 3600 * 1000
/** However much it is used, a session lasts no longer. */
export const LONGEST_MS = 7 * 24 * 3600 * 1000
const TOLD_EVERY_MS = 60_000

/** By which way somebody signed in. */
export type SignInWay = 'password' | 'passkey' | 'oidc' | 'link'

/** A session as its person sees it. */
export interface Session {
  id: string
  person: string
  createdAt: string
  seenAt: string
  expiresAt: string
  way: SignInWay
  /** Shortened: enough to recognise, not to follow. */
  address: string
  agent: string
}

/** Somebody who is signed in. */
export interface SignedIn {
  person: Person
  session: Session
}

/** What a browser is given: the secret for its cookie, and the token that a page sends back with each change. */
export interface BegunSession extends SignedIn {
  cookie: string
  csrf: string
}

/** Sessions of browsers. */
export class Sessions {
  readonly memory = new ShortMemory<SignedIn>()
  readonly #parts: IdentityParts

  constructor(parts: IdentityParts) {
    this.#parts = parts
  }

  /** Begins a session for somebody who has just shown who they are; always a new secret, never one that was there before. */
  async begin(person: Person, from: { way: SignInWay; address: string; agent: string }): Promise<BegunSession> {
    const cookie = newSecret(this.#parts.random)
    const createdAt = moment(this.#parts)
    const session: Session = {
      id: newId(this.#parts.random),
      person: person.id,
      createdAt,
      seenAt: createdAt,
      expiresAt: moment(this.#parts, LONGEST_MS),
      way: from.way,
      address: shortAddress(from.address),
      agent: shortAgent(from.agent),
    }
    const row = { ...session, agreement: this.#parts.ledger.agreement, secret_hash: digestOf(cookie) }
    const { createdAt: created_at, seenAt: seen_at, expiresAt: expires_at, ...same } = row
    await change(this.#parts, actorOf(person), async (db, tell) => {
      await db
        .insertInto('sessions')
        .values({ ...same, created_at, seen_at, expires_at })
        .execute()
      await tell('sign-in', person.id, { way: from.way, address: session.address, agent: session.agent })
    })
    return { person, session, cookie, csrf: this.csrfOf(cookie) }
  }

  /**
   * Who a cookie's value belongs to; undefined when it is over, ended, unknown or its person disabled. Asks the database at most every
   * five seconds for each session, and writes that it is used at most once a minute.
   */
  async of(cookie: string): Promise<SignedIn | undefined> {
    if (!/^[\w-]{43}$/.test(cookie)) return undefined
    const hash = digestOf(cookie)
    const nowMs = Date.parse(this.#parts.now())
    const known = await this.memory.of(hash, nowMs, () => this.#read(hash))
    if (!known || known.person.disabled) return undefined
    const { session } = known
    const seenMs = Date.parse(session.seenAt)
    if (nowMs >= Date.parse(session.expiresAt) || nowMs - seenMs >= IDLE_MS) return undefined
    if (nowMs - seenMs >= TOLD_EVERY_MS) {
      session.seenAt = new Date(nowMs).toISOString()
      await recordsOf(this.#parts)
        .updateTable('sessions')
        .set({ seen_at: session.seenAt })
        .where('id', '=', session.id)
        .where('seen_at', '<', session.seenAt)
        .execute()
    }
    return known
  }

  /** The token that a page of this session sends with each change. It follows from the cookie, which no page of another site can read. */
  csrfOf(cookie: string): string {
    return derived(cookie, 'csrf')
  }

  /** Whether a token is the one of the session. */
  isCsrf(cookie: string, token: string): boolean {
    return sameText(this.csrfOf(cookie), token)
  }

  /** The sessions of a person, as whoever asks may see them; the latest used first. */
  list(asker: Asker, person: string): Promise<Session[]> {
    return asking(this.#parts, asker, async (db) => {
      const rows = await sessionRows(db)
        .where('agreement', '=', this.#parts.ledger.agreement)
        .where('person', '=', person)
        .where('expires_at', '>', moment(this.#parts))
        .where('seen_at', '>', moment(this.#parts, -IDLE_MS))
        .orderBy('seen_at', 'desc')
        .orderBy('id')
        .execute()
      return rows.map(sessionOfRow)
    })
  }

  /** Ends one session of a person. */
  async end(by: string, person: string, id: string): Promise<{ ended: number } | Refused> {
    const ended = await this.#end(by, person, id)
    return ended === 0 ? refuse('unknown', 'no-such-session') : { ended }
  }

  /** Ends all sessions of a person, but one if they want to keep that. */
  async endAll(by: string, person: string, but?: string): Promise<{ ended: number }> {
    return { ended: await this.#end(by, person, undefined, but) }
  }

  async #end(by: string, person: string, id?: string, but?: string): Promise<number> {
    const ended = await change(this.#parts, by, async (db, tell) => {
      let query = db
        .deleteFrom('sessions')
        .where('agreement', '=', this.#parts.ledger.agreement)
        .where('person', '=', person)
      if (id !== undefined) query = query.where('id', '=', id)
      if (but !== undefined) query = query.where('id', '<>', but)
      const { numDeletedRows } = await query.executeTakeFirst()
      if (numDeletedRows > 0n) await tell('sign-out', person, { sessions: Number(numDeletedRows) })
      return Number(numDeletedRows)
    })
    this.#parts.memory.forget(person)
    return ended
  }

  async #read(hash: string): Promise<SignedIn | undefined> {
    const db = recordsOf(this.#parts)
    const { agreement } = this.#parts.ledger
    const row = await sessionRows(db)
      .where('secret_hash', '=', hash)
      .where('agreement', '=', agreement)
      .executeTakeFirst()
    const person = row && (await readPeople(db, agreement, { id: row.person }))[0]
    return row && person ? { person, session: sessionOfRow(row) } : undefined
  }
}

function sessionRows(db: IdentityDb) {
  return db
    .selectFrom('sessions')
    .select(['id', 'person', 'created_at', 'seen_at', 'expires_at', 'way', 'address', 'agent'])
}

function sessionOfRow(row: Awaited<ReturnType<ReturnType<typeof sessionRows>['execute']>>[number]): Session {
  const { created_at: createdAt, seen_at: seenAt, expires_at: expiresAt, way, ...same } = row
  return { ...same, createdAt, seenAt, expiresAt, way: way as SignInWay }
}
