import type { Language } from '../language/index.ts'
import type { Role } from './roles.ts'
import type { PersonRow } from './tables.ts'

/** Somebody who may sign in. */
export interface Person {
  id: string
  name: string
  /** Folded to lower case; no two people of an agreement have the same. */
  email: string
  roles: readonly Role[]
  /** The customers whose evidence a customer's user sees; empty for everybody else. */
  customers: readonly string[]
  language: Language
  disabled: boolean
  createdAt: string
  /** By which ways they can sign in. */
  signIn: { password: boolean; passkeys: number; oidc: boolean }
}

/** The columns that make a person; the number of passkeys is counted beside them. */
export const PERSON_COLUMNS = [
  'people.id',
  'people.agreement',
  'people.name',
  'people.email',
  'people.roles',
  'people.customers',
  'people.language',
  'people.disabled',
  'people.password_set',
  'people.company_account',
  'people.created_at',
] as const

/** A person of their row. */
export function personOf(row: PersonRow & { passkeys: string | number | null }): Person {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    roles: JSON.parse(row.roles),
    customers: JSON.parse(row.customers),
    language: row.language as Language,
    disabled: row.disabled,
    createdAt: row.created_at,
    signIn: { password: row.password_set, passkeys: Number(row.passkeys ?? 0), oidc: row.company_account },
  }
}

/** An email as it is kept and looked for. */
export function foldEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase()
}
