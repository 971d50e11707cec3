import { hash, parseOptions, verify } from '@node-rs/argon2'
import { attemptSucceeded, countAttempt, tellFailure } from './attempts.ts'
import { type Refused, refuse } from './fault.ts'
import { actorOf, change, type IdentityDb, type IdentityParts, moment, recordsOf } from './parts.ts'
import { passwordFaults } from './password-rules.ts'
import { readPeople } from './people.ts'
import { foldEmail, type Person } from './person.ts'
import { digestOf } from './secrets.ts'

/** How costly a password is to try: OWASP's parameters for argon2id. They stand in each hash, so older ones stay readable. */
export interface PasswordCost {
  memoryKib: number
  passes: number
  lanes: number
}

/** What is used unless a test wants it cheaper. */
export const PASSWORD_COST: PasswordCost = { memoryKib: 19_456, passes: 2, lanes: 1 }

/** Passwords of local accounts. */
export class Passwords {
  readonly #parts: IdentityParts
  readonly #cost: PasswordCost
  #dummy: Promise<string> | undefined

  constructor(parts: IdentityParts, cost: PasswordCost = PASSWORD_COST) {
    this.#parts = parts
    this.#cost = cost
  }

  /**
   * The person whose email and password these are. A wrong password, an unknown email, a disabled person and one without a password are
   * answered alike and take alike long; after several failures email and address are locked for a while, unknown ones too.
   */
  async signIn({
    email,
    password,
    address,
  }: {
    email: string
    password: string
    address: string
  }): Promise<Person | Refused> {
    const attempt = await countAttempt(this.#parts, { email, address })
    if ('refused' in attempt) return attempt
    // Made for the first who comes, whoever that is, so that making it tells nothing either.
    const dummy = await this.#dummyHash()
    const row = await passwordRow(this.#parts, email)
    const right = await this.#verify(row?.hash ?? dummy, password)
    if (!row?.hash || !right || row.disabled) {
      const subject = row?.person ?? `email:${digestOf(foldEmail(email)).slice(0, 12)}`
      await tellFailure(this.#parts, subject, { way: 'password', why: 'sign-in-failed', address })
      return refuse('denied', 'sign-in-failed')
    }
    await attemptSucceeded(this.#parts, attempt)
    if (this.#isOutdated(row.hash)) await this.#store(row.person, await this.#hash(password))
    return (await readPeople(recordsOf(this.#parts), this.#parts.ledger.agreement, { id: row.person }))[0] as Person
  }

  /** Changes one's own password; all sessions end, this one too. */
  async change(
    person: Person,
    given: { current?: string; next: string; address: string },
  ): Promise<{ changed: true } | Refused> {
    const faults = passwordFaults(given.next, person)
    if (faults.length > 0) return { refused: 'input', faults }
    if (person.signIn.password) {
      const right = await this.signIn({ email: person.email, password: given.current ?? '', address: given.address })
      if ('refused' in right) return right.refused === 'locked' ? right : refuse('denied', 'current-password-wrong')
    }
    const hashed = await this.#hash(given.next)
    await change(this.#parts, actorOf(person), async (db, tell) => {
      await this.put(db, person.id, hashed)
      await tell('password-changed', person.id)
    })
    this.#parts.memory.forget(person.id)
    return { changed: true }
  }

  /** The hash of a password that keeps the rules, to be put in the transaction that uses it. */
  async prepare(password: string, person: Pick<Person, 'name' | 'email'>): Promise<{ hash: string } | Refused> {
    const faults = passwordFaults(password, person)
    return faults.length > 0 ? { refused: 'input', faults } : { hash: await this.#hash(password) }
  }

  /** Puts a prepared password in place of what was there; whoever was signed in no longer is, and links that wait are void. */
  async put(db: IdentityDb, person: string, hashed: string): Promise<void> {
    const row = { hash: hashed, changed_at: moment(this.#parts) }
    await db
      .insertInto('passwords')
      .values({ person, ...row })
      .onConflict((conflict) => conflict.column('person').doUpdateSet(row))
      .execute()
    await db.updateTable('people').set({ password_set: true }).where('id', '=', person).execute()
    await db.deleteFrom('sessions').where('person', '=', person).execute()
    await db.deleteFrom('one_time_links').where('person', '=', person).where('used_at', 'is', null).execute()
  }

  async #store(person: string, hashed: string): Promise<void> {
    await recordsOf(this.#parts).updateTable('passwords').set({ hash: hashed }).where('person', '=', person).execute()
  }

  #hash(password: string): Promise<string> {
    // Salted by the library from the system's own chance: two equal passwords never look alike.
    return hash(password.normalize('NFKC'), {
      memoryCost: this.#cost.memoryKib,
      timeCost: this.#cost.passes,
      parallelism: this.#cost.lanes,
    })
  }

  async #verify(hashed: string, password: string): Promise<boolean> {
    const fitting = password.length <= 1024
    return (await verify(hashed, fitting ? password.normalize('NFKC') : '')) && fitting
  }

  #dummyHash(): Promise<string> {
    this.#dummy ??= this.#hash(this.#parts.random(32).toString('base64url'))
    return this.#dummy
  }

  #isOutdated(hashed: string): boolean {
    const { memoryCost, timeCost, parallelism } = parseOptions(hashed)
    const { memoryKib, passes, lanes } = this.#cost
    return memoryCost !== memoryKib || timeCost !== passes || parallelism !== lanes
  }
}

async function passwordRow(parts: IdentityParts, email: string) {
  return recordsOf(parts)
    .selectFrom('people')
    .leftJoin('passwords', 'passwords.person', 'people.id')
    .select(['people.id as person', 'people.disabled', 'passwords.hash'])
    .where('people.agreement', '=', parts.ledger.agreement)
    .where('people.email', '=', foldEmail(email))
    .executeTakeFirst()
}
