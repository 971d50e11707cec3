import type { Asker } from '../evidence/ledger/asker.ts'
import type { Person } from './person.ts'
import { type Bounds, FAMILIES, isCustomer, rightsOf, type Scope, scopeOf } from './roles.ts'

/** What is asked elsewhere to say who asks. */
export interface AskerSources {
  /** The datasets that the kinds of clause within a scope are judged by. */
  kindDatasets: (scope: Scope) => readonly string[]
  /** The ids of a customer's instances. */
  instancesOf: (customer: string) => readonly string[]
  /** The bounds of the token by which they ask, if by one. */
  within?: Bounds | undefined
}

/** A person as the database is told of them. Nobody sees everything who does not see every family. */
export function askerOf(person: Person, { kindDatasets, instancesOf, within }: AskerSources): Asker {
  const scope = scopeOf(person, within)
  const customer = isCustomer(person)
  if (person.disabled) return { owners: [], datasets: [], person: '', rights: [], customer }
  const owners = person.customers.flatMap((each) => [each, ...instancesOf(each).map((id) => `instance:${id}`)])
  return {
    owners: customer ? [...new Set(owners)] : '*',
    datasets: scope.families.length === FAMILIES.length && !customer ? '*' : [...new Set(kindDatasets(scope))].sort(),
    person: person.id,
    rights: rightsOf(person, within),
    customer,
  }
}
