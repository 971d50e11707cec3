import type { Asker } from '../evidence/ledger/asker.ts'
import { faultOf, type IdentityFault, type Refused, refuse } from './fault.ts'
import { ShortMemory } from './memory.ts'
import { actorOf, asking, change, type IdentityDb, type IdentityParts, moment, recordsOf } from './parts.ts'
import { isPlainText, readPeople } from './people.ts'
import type { Person } from './person.ts'
import { type Bounds, FAMILIES, type Family, familiesOf, RIGHTS, type Right, rightsOf } from './roles.ts'
import { digestOf, newId, newSecret, sameText } from './secrets.ts'

const DAY_MS = 24 * 3600 * 1000
const LONGEST_DAYS = 365
const TOLD_EVERY_MS = 60_000

/** An API token as its person sees it; the secret is shown once, when it is made. */
export interface ApiToken {
  id: string
  person: string
  name: string
  rights: readonly Right[]
  /** Undefined: every family of the person. */
  families?: readonly Family[]
  createdAt: string
  expiresAt: string
  revokedAt?: string
  lastUsedAt?: string
}

/** What a new token shall be. */
export interface NewToken {
  name: string
  rights: readonly Right[]
  families?: readonly Family[] | undefined
  /** In days from now, a year at most. */
  days: number
}

/** Who asks by a token, and what it leaves of what its person has now. */
export interface TokenHolder {
  person: Person
  token: ApiToken
  within: Bounds
}

/** API tokens: `cnv_`, an id that may be shown, and a secret of 256 random bits. */
export class Tokens {
  readonly memory = new ShortMemory<TokenHolder>()
  readonly #parts: IdentityParts

  constructor(parts: IdentityParts) {
    this.#parts = parts
  }

  /** Makes a token for oneself. It can hold no right that its person does not. */
  async create(person: Person, said: NewToken): Promise<{ token: ApiToken; secret: string } | Refused> {
    const faults = faultsOfToken(person, said)
    if (faults.length > 0) return { refused: 'input', faults }
    const secret = newSecret(this.#parts.random)
    const { families } = said
    const token: ApiToken = {
      id: newId(this.#parts.random),
      person: person.id,
      name: said.name.trim(),
      rights: RIGHTS.filter((right) => said.rights.includes(right)),
      ...(families ? { families: FAMILIES.filter((family) => families.includes(family)) } : {}),
      createdAt: moment(this.#parts),
      expiresAt: moment(this.#parts, said.days * DAY_MS),
    }
    await change(this.#parts, actorOf(person), async (db, tell) => {
      await db
        .insertInto('api_tokens')
        .values({
          id: token.id,
          agreement: this.#parts.ledger.agreement,
          person: person.id,
          name: token.name,
          secret_hash: digestOf(secret),
          rights: JSON.stringify(token.rights),
          families: token.families ? JSON.stringify(token.families) : null,
          created_at: token.createdAt,
          expires_at: token.expiresAt,
          revoked_at: null,
          last_used_at: null,
        })
        .execute()
      const { id, rights, expiresAt } = token
      await tell('token-made', id, { person: person.id, rights: [...rights], expiresAt })
    })
    return { token, secret: `cnv_${token.id}_${secret}` }
  }

  /** Who asks by a token; undefined when it is over, revoked, unknown or its person disabled. Remembered as sessions are. */
  async of(text: string): Promise<TokenHolder | undefined> {
    const [, id, secret] = /^cnv_([0-9a-f]{24})_([\w-]{43})$/.exec(text) ?? []
    if (id === undefined || secret === undefined) return undefined
    const nowMs = Date.parse(this.#parts.now())
    const known = await this.memory.of(digestOf(text), nowMs, () => this.#read(id, secret))
    if (!known || known.person.disabled || known.token.revokedAt !== undefined) return undefined
    const { token } = known
    if (nowMs >= Date.parse(token.expiresAt)) return undefined
    if (token.lastUsedAt === undefined || nowMs - Date.parse(token.lastUsedAt) >= TOLD_EVERY_MS) {
      token.lastUsedAt = new Date(nowMs).toISOString()
      await recordsOf(this.#parts)
        .updateTable('api_tokens')
        .set({ last_used_at: token.lastUsedAt })
        .where('id', '=', id)
        .execute()
    }
    return known
  }

  /** The tokens of a person, as whoever asks may see them; the newest first. */
  list(asker: Asker, person: string): Promise<ApiToken[]> {
    return asking(this.#parts, asker, async (db) => {
      const rows = await tokenRows(db)
        .where('agreement', '=', this.#parts.ledger.agreement)
        .where('person', '=', person)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute()
      return rows.map(tokenOfRow)
    })
  }

  /** Revokes a token of a person for good. */
  async revoke(by: string, person: string, id: string): Promise<{ revoked: string } | Refused> {
    const outcome = await change(this.#parts, by, async (db, tell): Promise<{ revoked: string } | Refused> => {
      const { numUpdatedRows } = await db
        .updateTable('api_tokens')
        .set({ revoked_at: moment(this.#parts) })
        .where('agreement', '=', this.#parts.ledger.agreement)
        .where('person', '=', person)
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return refuse('unknown', 'no-such-token')
      await tell('token-revoked', id, { person })
      return { revoked: id }
    })
    this.#parts.memory.forget(person)
    return outcome
  }

  async #read(id: string, secret: string): Promise<TokenHolder | undefined> {
    const db = recordsOf(this.#parts)
    const { agreement } = this.#parts.ledger
    const row = await tokenRows(db)
      .select('secret_hash')
      .where('id', '=', id)
      .where('agreement', '=', agreement)
      .executeTakeFirst()
    if (!row || !sameText(row.secret_hash, digestOf(secret))) return undefined
    const person = (await readPeople(db, agreement, { id: row.person }))[0]
    if (!person) return undefined
    const token = tokenOfRow(row)
    return { person, token, within: { rights: token.rights, families: token.families } }
  }
}

function faultsOfToken(person: Person, { name, rights, families, days }: NewToken): IdentityFault[] {
  const faults: IdentityFault[] = []
  const [held, seen] = [rightsOf(person), familiesOf(person)]
  if (!isPlainText(name, 100)) faults.push(faultOf('name', 'bad-name'))
  if (rights.length === 0 || rights.some((right) => !held.includes(right)))
    faults.push(faultOf('rights', 'token-rights'))
  if (families?.length === 0 || families?.some((family) => !seen.includes(family)))
    faults.push(faultOf('families', 'token-families'))
  if (!Number.isInteger(days) || days < 1 || days > LONGEST_DAYS)
    faults.push(faultOf('days', 'token-days', { most: LONGEST_DAYS }))
  return faults
}

function tokenRows(db: IdentityDb) {
  return db
    .selectFrom('api_tokens')
    .select(['id', 'person', 'name', 'rights', 'families', 'created_at', 'expires_at', 'revoked_at', 'last_used_at'])
}

function tokenOfRow(row: Awaited<ReturnType<ReturnType<typeof tokenRows>['execute']>>[number]): ApiToken {
  return {
    id: row.id,
    person: row.person,
    name: row.name,
    rights: JSON.parse(row.rights),
    ...(row.families === null ? {} : { families: JSON.parse(row.families) }),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
    ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at }),
  }
}
