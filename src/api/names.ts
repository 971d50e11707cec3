import type { Identity } from '../identity/index.ts'

/** What people are called who acted; the audit keeps ids, so that a name can be forgotten. */
export class Names {
  readonly #identity: Identity
  #known = new Map<string, string>()

  constructor(identity: Identity) {
    this.#identity = identity
  }

  /** Reads them again. */
  async refresh(): Promise<void> {
    const people = await this.#identity.people.list({
      owners: [],
      datasets: [],
      person: '',
      rights: ['people'],
      customer: false,
    })
    this.#known = new Map(people.map(({ id, name }) => [`person:${id}`, name]))
  }

  /** The name of an actor; what is no person stands as it is. */
  of(actor: string): string {
    return this.#known.get(actor) ?? actor
  }
}
