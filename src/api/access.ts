import type { FastifyRequest } from 'fastify'
import { clauseRooms } from '../clauses/registry.ts'
import type { Family } from '../clauses/room.ts'
import { type Desk, datasetsOfKinds, kindsOfFamilies, type Scope } from '../desk/index.ts'
import { askerOf, type Bounds, type Identity, isCustomer, type Person, rightsOf, scopeOf } from '../identity/index.ts'
import type { Who } from './asked.ts'
import { Refused } from './refused.ts'
import type { RouteContract } from './route.ts'

/** The cookie of a session. */
export const COOKIE = 'convenio-session'

const LATEST = '9999-12-31'

/** Says who asks and what they may see; knows whose each instance is, as long as nobody says that this changed. */
export class Access {
  readonly #identity: Identity
  readonly #desk: Desk
  #scopes = new Map<string, Scope>()
  #instances: Promise<ReadonlyMap<string, readonly string[]>> | undefined

  constructor(identity: Identity, desk: Desk) {
    this.#identity = identity
    this.#desk = desk
  }

  /** Evidence changed: an instance may be somebody else's now. */
  changed(): void {
    this.#instances = undefined
    // Another map: what is being found out at this moment, of what was there before, must not be kept.
    this.#scopes = new Map()
  }

  /** Who sent a request: by token when there is one, else by the session's cookie; undefined for nobody. */
  async whoAsks(request: FastifyRequest): Promise<Who | undefined> {
    const { authorization } = request.headers
    if (authorization?.startsWith('Bearer cnv_')) {
      const holder = await this.#identity.tokens.of(authorization.slice('Bearer '.length))
      if (!holder) throw new Refused(401, 'bad-token')
      return this.#who(holder.person, holder.within)
    }
    const cookie = request.cookies[COOKIE]
    if (cookie === undefined) return undefined
    const signedIn = await this.#identity.sessions.of(cookie)
    if (!signedIn) return undefined
    return { ...(await this.#who(signedIn.person)), session: signedIn.session }
  }

  async #who(person: Person, within?: Bounds): Promise<Who> {
    const rights = rightsOf(person, within)
    const scope = await this.#scopeOf(person, within)
    return { person, rights, scope, customer: isCustomer(person) }
  }

  async #scopeOf(person: Person, within: Bounds | undefined): Promise<Scope> {
    const key = JSON.stringify([person.id, person.roles, person.customers, person.disabled, within])
    const scopes = this.#scopes
    const known = scopes.get(key)
    if (known) return known
    const instances = isCustomer(person) ? await this.#instancesOf() : new Map<string, readonly string[]>()
    const seen = scopeOf(person, within)
    const kinds = [...new Set([...kindsOfFamilies(seen.families as Family[], clauseRooms), ...seen.kinds])]
    const asker = askerOf(person, {
      kindDatasets: () => datasetsOfKinds(kinds, clauseRooms, this.#desk.sources),
      instancesOf: (customer) => instances.get(customer) ?? [],
      within,
    })
    const scope: Scope = { asker, kinds: asker.datasets === '*' ? '*' : kinds }
    if (scopes.size > 1000) scopes.clear()
    scopes.set(key, scope)
    return scope
  }

  #instancesOf(): Promise<ReadonlyMap<string, readonly string[]>> {
    if (this.#instances) return this.#instances
    const found = this.#desk.ledger.facts(LATEST, ['instances']).then((facts) => {
      const owned = new Map<string, string[]>()
      for (const { owner, values } of facts) {
        const own = owned.get(owner) ?? []
        own.push(String(values.instance ?? ''))
        owned.set(owner, own)
      }
      return owned
    })
    this.#instances = found
    // A database that was away for a moment shall be asked again.
    found.catch(() => {
      if (this.#instances === found) this.#instances = undefined
    })
    return found
  }
}

/** Refuses whoever a route is not for. */
export function allow({ allows }: RouteContract, who: Who | undefined): void {
  if (allows === 'anybody') return
  if (!who) throw new Refused(401, 'sign-in')
  if (allows === 'signed-in') return
  if (who.customer) throw new Refused(403, 'not-for-you')
  if (allows !== 'staff' && !who.rights.includes(allows.right))
    throw new Refused(403, 'right-missing', { params: { right: { word: `right.${allows.right}` } } })
}

/** Refuses a write that a foreign page may have sent with somebody's cookie. */
export function guardAgainstForgery(request: FastifyRequest, who: Who | undefined, identity: Identity): void {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Refused(403, 'foreign-page')
  if (!who?.session) return
  const sent = request.headers['x-csrf-token']
  if (typeof sent !== 'string' || !identity.sessions.isCsrf(request.cookies[COOKIE] ?? '', sent))
    throw new Refused(403, 'csrf')
}
