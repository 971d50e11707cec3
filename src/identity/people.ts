import { sql } from 'kysely'
import type { Asker } from '../evidence/ledger/asker.ts'
import { LANGUAGES, type Language } from '../language/index.ts'
import { faultOf, type IdentityFault, type Refused, refuse } from './fault.ts'
import { asking, change, type IdentityDb, type IdentityParts, moment, recordsOf } from './parts.ts'
import { foldEmail, PERSON_COLUMNS, type Person, personOf } from './person.ts'
import { isCustomer, ROLES, type Role, standsAlone } from './roles.ts'
import { newId } from './secrets.ts'

/** What is said of a new person. */
export interface NewPerson {
  name: string
  email: string
  roles: readonly Role[]
  customers?: readonly string[] | undefined
  language?: Language | undefined
}

/** What shall be different; what is left out stays. */
export interface PersonChanges {
  name?: string | undefined
  roles?: readonly Role[] | undefined
  customers?: readonly string[] | undefined
  language?: Language | undefined
  disabled?: boolean | undefined
}

/** The people of an agreement. */
export class People {
  readonly #parts: IdentityParts

  constructor(parts: IdentityParts) {
    this.#parts = parts
  }

  /** The people that the asker may see, by name. */
  list(asker: Asker): Promise<Person[]> {
    return asking(this.#parts, asker, (db) => readPeople(db, this.#parts.ledger.agreement))
  }

  /** One person, as whoever asks may see them. */
  async seen(asker: Asker, id: string): Promise<Person | undefined> {
    return (await asking(this.#parts, asker, (db) => readPeople(db, this.#parts.ledger.agreement, { id })))[0]
  }

  /** A person by id, for what is not asked by anybody. */
  byId(id: string): Promise<Person | undefined> {
    return this.#one({ id })
  }

  /** A person by email, however it is written. */
  byEmail(email: string): Promise<Person | undefined> {
    return this.#one({ email: foldEmail(email) })
  }

  /** Adds a person, who cannot sign in before they have a way to: see `Links`. */
  async create(by: string, said: NewPerson): Promise<Person | Refused> {
    const { agreement } = this.#parts.ledger
    const faults = faultsOf(said)
    if (faults.length > 0) return { refused: 'input', faults }
    const id = await change(this.#parts, by, async (db, tell) => {
      const made = await addPerson(this.#parts, db, said)
      if (made !== undefined) await tell('person-added', made, { roles: [...said.roles] })
      return made
    })
    if (id === undefined) return { refused: 'conflict', faults: [faultOf('email', 'email-taken')] }
    return (await readPeople(recordsOf(this.#parts), agreement, { id }))[0] as Person
  }

  /** Changes a person. The last administrator who may sign in can neither be disabled nor lose the role. */
  async change(by: string, id: string, changes: PersonChanges): Promise<Person | Refused> {
    const { agreement } = this.#parts.ledger
    const outcome = await change(this.#parts, by, async (db, tell): Promise<Person | Refused> => {
      // Two who each take the other's role meet here: the second sees what the first did.
      const administrators = await lockAdministrators(db, agreement)
      const before = (await readPeople(db, agreement, { id }))[0]
      if (!before) return refuse('unknown', 'no-such-person')
      const after = { ...before, ...withoutUndefined(changes) }
      const faults = faultsOf(after)
      if (faults.length > 0) return { refused: 'input', faults }
      const stays = after.roles.includes('administrator') && !after.disabled
      if (!stays && administrators.length === 1 && administrators[0] === id)
        return refuse('conflict', 'last-administrator')
      await db
        .updateTable('people')
        .set({ ...rowOf(after), disabled: after.disabled })
        .where('id', '=', id)
        .execute()
      if (after.disabled) await db.deleteFrom('sessions').where('person', '=', id).execute()
      const { name, roles, customers, language, disabled } = after
      const detail = { roles: [...roles], customers: [...customers], language, disabled, renamed: name !== before.name }
      await tell('person-changed', id, detail)
      return after
    })
    this.#parts.memory.forget(id)
    return outcome
  }

  async #one(which: Which): Promise<Person | undefined> {
    return (await readPeople(recordsOf(this.#parts), this.#parts.ledger.agreement, which))[0]
  }
}

type Which = { id: string } | { email: string }

/** People with the number of their passkeys: all that the connection may see, or one. */
export async function readPeople(db: IdentityDb, agreement: string, which?: Which): Promise<Person[]> {
  let query = db
    .selectFrom('people')
    .select(PERSON_COLUMNS)
    .select((eb) =>
      eb
        .selectFrom('passkeys')
        .select((count) => count.fn.countAll<string>().as('passkeys'))
        .whereRef('passkeys.person', '=', 'people.id')
        .as('passkeys'),
    )
    .where('people.agreement', '=', agreement)
  if (which && 'id' in which) query = query.where('people.id', '=', which.id)
  if (which && 'email' in which) query = query.where('people.email', '=', which.email)
  return (await query.orderBy('people.name').orderBy('people.id').execute()).map(personOf)
}

/** Adds the row of a person whose fields are in order; undefined when somebody has the email already. */
export async function addPerson(parts: IdentityParts, db: IdentityDb, said: NewPerson): Promise<string | undefined> {
  const row = {
    id: newId(parts.random),
    agreement: parts.ledger.agreement,
    ...rowOf({ customers: [], language: 'es', ...withoutUndefined(said) }),
    email: foldEmail(said.email),
    created_at: moment(parts),
  }
  const made = await db
    .insertInto('people')
    .values(row)
    .onConflict((conflict) => conflict.columns(['agreement', 'email']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return made?.id
}

/** The ids of the administrators who may sign in; nobody else changes an administrator until the transaction ends. */
export async function lockAdministrators(db: IdentityDb, agreement: string): Promise<string[]> {
  const rows = await db
    .selectFrom('people')
    .select('id')
    .where('agreement', '=', agreement)
    .where('disabled', '=', false)
    .where(sql<boolean>`roles::jsonb ? 'administrator'`)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return rows.map((row) => row.id)
}

/** Everything that is wrong with what is said of a person. */
export function faultsOf(said: NewPerson): IdentityFault[] {
  const faults: IdentityFault[] = []
  if (!isPlainText(said.name, 200)) faults.push(faultOf('name', 'bad-name'))
  if (!isEmail(foldEmail(said.email))) faults.push(faultOf('email', 'bad-email'))
  const roles = new Set(said.roles)
  if (roles.size === 0 || [...roles].some((role) => !ROLES.includes(role))) faults.push(faultOf('roles', 'bad-roles'))
  else if (roles.size > 1 && [...roles].some(standsAlone)) faults.push(faultOf('roles', 'customer-alone'))
  else if (isCustomer({ roles: [...roles] }) !== (said.customers ?? []).length > 0)
    faults.push(faultOf('customers', 'customers-and-role'))
  if ((said.customers ?? []).some((id) => !isPlainText(id, 200))) faults.push(faultOf('customers', 'bad-customer'))
  if (said.language !== undefined && !LANGUAGES.includes(said.language))
    faults.push(faultOf('language', 'bad-language'))
  return faults
}

/** Words that may be shown anywhere: something, not too long, nothing that steers a terminal or turns text round. */
export function isPlainText(text: string, most: number): boolean {
  return text.trim() !== '' && text.length <= most && !/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(text)
}

function isEmail(email: string): boolean {
  return email.length <= 254 && /^[^\s@\p{Cc}<>"(),:;\\[\]]+@[^\s@\p{Cc}<>"(),:;\\[\]]+$/u.test(email)
}

function rowOf({ name, roles, customers, language }: Required<Omit<PersonChanges, 'disabled'>> & object) {
  return {
    name: (name as string).trim(),
    roles: JSON.stringify([...new Set(roles)]),
    customers: JSON.stringify([...new Set(customers)]),
    language: language as Language,
  }
}

function withoutUndefined<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never
}
