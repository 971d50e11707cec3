import { randomBytes } from 'node:crypto'
import type { Ledger } from '../evidence/ledger/index.ts'
import { Drafts } from './drafts.ts'
import type { Refused } from './fault.ts'
import { Links } from './links.ts'
import { type KeyedRequest, type OnceAnswer, once } from './once.ts'
import { OpenId } from './openid.ts'
import { type IdentityParts, moment, recordsOf } from './parts.ts'
import { Passkeys } from './passkeys.ts'
import { type PasswordCost, Passwords } from './passwords.ts'
import { People } from './people.ts'
import type { Random } from './secrets.ts'
import { Sessions } from './sessions.ts'
import { Tokens } from './tokens.ts'

/** How identity is opened over a ledger. */
export interface IdentityOptions {
  /** ISO timestamp of this moment; the ledger's own unless told otherwise. */
  now?: () => string
  random?: Random
  /** How costly a password is to try; cheaper only in tests. */
  passwordCost?: PasswordCost
}

/** Who may sign in to an installation, and how. One object for each open ledger: what it remembers is forgotten when it changes something. */
export class Identity {
  readonly people: People
  readonly passwords: Passwords
  readonly links: Links
  readonly sessions: Sessions
  readonly tokens: Tokens
  readonly passkeys: Passkeys
  readonly openId: OpenId
  readonly drafts: Drafts
  readonly #parts: IdentityParts

  constructor(ledger: Ledger, { now = ledger.now, random = randomBytes, passwordCost }: IdentityOptions = {}) {
    const forget = (person: string): void => {
      this.sessions.memory.forget(person)
      this.tokens.memory.forget(person)
    }
    const parts: IdentityParts = { ledger, now, random, memory: { forget } }
    this.#parts = parts
    this.people = new People(parts)
    this.passwords = new Passwords(parts, passwordCost)
    this.links = new Links(parts, this.passwords)
    this.sessions = new Sessions(parts)
    this.tokens = new Tokens(parts)
    this.passkeys = new Passkeys(parts)
    this.openId = new OpenId(parts)
    this.drafts = new Drafts(parts)
  }

  /** Does the work of a request that carries an idempotency key once; see `once`. */
  once<T>(request: KeyedRequest, work: () => Promise<T>): Promise<OnceAnswer<T> | Refused> {
    return once(this.#parts, request, work)
  }

  /** Removes what is over: sessions, links, challenges, counters and idempotency keys. For the server to call now and then. */
  async sweep(): Promise<void> {
    const db = recordsOf(this.#parts)
    const { agreement } = this.#parts.ledger
    const now = moment(this.#parts)
    for (const table of ['sessions', 'one_time_links', 'challenges', 'idempotency_keys'] as const)
      await db.deleteFrom(table).where('agreement', '=', agreement).where('expires_at', '<', now).execute()
    await db
      .deleteFrom('sign_in_attempts')
      .where('agreement', '=', agreement)
      .where('last_at', '<', moment(this.#parts, -24 * 3600 * 1000))
      .execute()
  }
}
