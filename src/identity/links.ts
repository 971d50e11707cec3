import { isRefused, type Refused, refuse } from './fault.ts'
import { actorOf, change, type IdentityDb, type IdentityParts, moment, recordsOf } from './parts.ts'
import type { Passwords } from './passwords.ts'
import { addPerson, faultsOf, lockAdministrators, readPeople } from './people.ts'
import { foldEmail, type Person } from './person.ts'
import { digestOf, newSecret } from './secrets.ts'

/** What a one-time link is for. */
export type LinkKind = 'first-administrator' | 'invitation' | 'password-reset'

const HOUR_MS = 3600 * 1000
const LASTS_MS: Record<LinkKind, number> = {
  'first-administrator': 24 * HOUR_MS,
  invitation: 7 * 24 * HOUR_MS,
  'password-reset': HOUR_MS,
}

/** A link as it is shown once: only its digest is kept. */
export interface NewLink {
  kind: LinkKind
  secret: string
  expiresAt: string
}

/** Who the first administrator says they are. */
export interface FirstAdministrator {
  name: string
  email: string
  password: string
  language?: Person['language'] | undefined
}

/** Links that work once. */
export class Links {
  readonly #parts: IdentityParts
  readonly #passwords: Passwords

  constructor(parts: IdentityParts, passwords: Passwords) {
    this.#parts = parts
    this.#passwords = passwords
  }

  /**
   * The link by which an installation gets its first administrator: made at each start of a server while no administrator has a way to
   * sign in; the one of the start before no longer works. Undefined when there is somebody.
   */
  firstAdministrator(): Promise<NewLink | undefined> {
    return change(this.#parts, 'server', async (db, tell) => {
      if (await this.#hasAdministrator(db)) return undefined
      const link = await this.#make(db, 'first-administrator', null)
      await tell('link-made', 'first-administrator')
      return link
    })
  }

  /** A link by which a person sets a password: the first one or another. An older one of theirs no longer works. */
  make(by: string, person: string, kind: 'invitation' | 'password-reset'): Promise<NewLink | Refused> {
    return change(this.#parts, by, async (db, tell): Promise<NewLink | Refused> => {
      const known = (await readPeople(db, this.#parts.ledger.agreement, { id: person }))[0]
      if (!known) return refuse('unknown', 'no-such-person')
      if (known.disabled) return refuse('conflict', 'person-disabled')
      const link = await this.#make(db, kind, person)
      await tell('link-made', person, { kind })
      return link
    })
  }

  /** What a link is for and whom, without using it. */
  async look(secret: string): Promise<{ kind: LinkKind; person?: Person } | Refused> {
    const { agreement } = this.#parts.ledger
    const db = recordsOf(this.#parts)
    const row = await db
      .selectFrom('one_time_links')
      .select(['kind', 'person'])
      .where('hash', '=', digestOf(secret))
      .where('agreement', '=', agreement)
      .where('used_at', 'is', null)
      .where('expires_at', '>', moment(this.#parts))
      .executeTakeFirst()
    if (!row) return refuse('denied', 'link-over')
    const person = row.person === null ? undefined : (await readPeople(db, agreement, { id: row.person }))[0]
    if (row.person !== null && (!person || person.disabled)) return refuse('denied', 'link-over')
    return { kind: row.kind as LinkKind, ...(person ? { person } : {}) }
  }

  /** Makes the first administrator of whoever holds the link. Of two who use it at once one comes first. */
  async becomeAdministrator(secret: string, said: FirstAdministrator): Promise<Person | Refused> {
    const { agreement } = this.#parts.ledger
    const newPerson = { ...said, roles: ['administrator'] as const }
    const prepared = await this.#passwords.prepare(said.password, said)
    const faults = [...faultsOf(newPerson), ...(isRefused(prepared) ? prepared.faults : [])]
    if (faults.length > 0 || isRefused(prepared)) return { refused: 'input', faults }
    const outcome = await change(this.#parts, 'first-administrator', async (db, tell): Promise<Person | Refused> => {
      const used = await this.#use(db, secret, ['first-administrator'])
      if (!used || (await this.#hasAdministrator(db))) return refuse('denied', 'link-over')
      const id = (await addPerson(this.#parts, db, newPerson)) ?? (await this.#raise(db, said.email))
      await this.#passwords.put(db, id, prepared.hash)
      await tell('person-added', id, { roles: ['administrator'], by: 'first-administrator' })
      return (await readPeople(db, agreement, { id }))[0] as Person
    })
    if (!isRefused(outcome)) this.#parts.memory.forget(outcome.id)
    return outcome
  }

  /** Sets the password of the person whose link it is; all their sessions end. */
  async setPassword(secret: string, password: string): Promise<Person | Refused> {
    const { agreement } = this.#parts.ledger
    const seen = await this.look(secret)
    if (isRefused(seen)) return seen
    if (!seen.person) return refuse('denied', 'link-over')
    const { person } = seen
    const prepared = await this.#passwords.prepare(password, person)
    if (isRefused(prepared)) return prepared
    const outcome = await change(this.#parts, actorOf(person), async (db, tell): Promise<Person | Refused> => {
      const used = await this.#use(db, secret, ['invitation', 'password-reset'])
      const current = (await readPeople(db, agreement, { id: person.id }))[0]
      if (!used || !current || current.disabled) return refuse('denied', 'link-over')
      await this.#passwords.put(db, person.id, prepared.hash)
      await tell('password-changed', person.id, { by: used.kind })
      return (await readPeople(db, agreement, { id: person.id }))[0] as Person
    })
    this.#parts.memory.forget(person.id)
    return outcome
  }

  async #make(db: IdentityDb, kind: LinkKind, person: string | null): Promise<NewLink> {
    const secret = newSecret(this.#parts.random)
    const expiresAt = moment(this.#parts, LASTS_MS[kind])
    await this.#void(db, person)
    const row = { hash: digestOf(secret), kind, person, expires_at: expiresAt, used_at: null }
    await db
      .insertInto('one_time_links')
      .values({ ...row, agreement: this.#parts.ledger.agreement, created_at: moment(this.#parts) })
      .execute()
    return { kind, secret, expiresAt }
  }

  // One statement finds and uses it, so that a second who comes at the same time finds nothing.
  #use(db: IdentityDb, secret: string, kinds: readonly LinkKind[]) {
    const now = moment(this.#parts)
    return db
      .updateTable('one_time_links')
      .set({ used_at: now })
      .where('hash', '=', digestOf(secret))
      .where('agreement', '=', this.#parts.ledger.agreement)
      .where('kind', 'in', kinds)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .returning(['kind', 'person'])
      .executeTakeFirst()
  }

  async #void(db: IdentityDb, person: string | null): Promise<void> {
    await db
      .deleteFrom('one_time_links')
      .where('agreement', '=', this.#parts.ledger.agreement)
      .where('person', person === null ? 'is' : '=', person)
      .where('used_at', 'is', null)
      .execute()
  }

  async #hasAdministrator(db: IdentityDb): Promise<boolean> {
    const { agreement } = this.#parts.ledger
    const ids = await lockAdministrators(db, agreement)
    const people = await Promise.all(ids.map(async (id) => (await readPeople(db, agreement, { id }))[0]))
    return people.some((each) => each && (each.signIn.password || each.signIn.oidc || each.signIn.passkeys > 0))
  }

  // Somebody was added under this email and has never been able to sign in as administrator: whoever sees the server's output may be them.
  async #raise(db: IdentityDb, email: string): Promise<string> {
    const row = await db
      .updateTable('people')
      .set({ roles: '["administrator"]', customers: '[]', disabled: false })
      .where('agreement', '=', this.#parts.ledger.agreement)
      .where('email', '=', foldEmail(email))
      .returning('id')
      .executeTakeFirstOrThrow()
    return row.id
  }
}
