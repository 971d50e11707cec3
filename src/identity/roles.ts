import { z } from 'zod'
import { readData } from '../language/index.ts'

/** What a person can be; `roles.yaml` says what each may see and do. */
export const ROLES = [
  'administrator',
  'director',
  'finance',
  'operations',
  'planner',
  'quality',
  'compliance',
  'auditor',
  'customer',
] as const
/** One of ROLES. */
export type Role = (typeof ROLES)[number]

/** What can be allowed. Everybody who may sign in may read. */
export const RIGHTS = [
  'read',
  'import',
  'retract',
  'waive',
  'amend',
  'people',
  'settings',
  'audit',
  'imports',
  'erase',
  'sign-off',
] as const
/** One of RIGHTS. */
export type Right = (typeof RIGHTS)[number]

/** The families of clauses by which roles are cut. */
export const FAMILIES = ['commercial', 'service', 'programme', 'governance', 'compliance', 'terms'] as const
/** One of FAMILIES. */
export type Family = (typeof FAMILIES)[number]

const all = z.literal('all')
const schema = z.strictObject({
  families: z.array(z.enum(FAMILIES)),
  rights: z.array(z.enum(RIGHTS)),
  roles: z.record(
    z.enum(ROLES),
    z.strictObject({
      families: z.union([all, z.array(z.enum(FAMILIES))]).default([]),
      kinds: z.array(z.string()).default([]),
      rights: z.union([all, z.array(z.enum(RIGHTS))]),
      alone: z.boolean().default(false),
      ownOnly: z.boolean().default(false),
    }),
  ),
})

const { roles: ROLE_TABLE } = schema.parse(readData(new URL('./roles.yaml', import.meta.url)))

/** What of the agreement someone sees: whole families, and single kinds besides. */
export interface Scope {
  families: readonly Family[]
  kinds: readonly string[]
}

/** What a token leaves of what its person has. */
export interface Bounds {
  rights: readonly Right[]
  /** Left out: every family of the person. */
  families?: readonly Family[] | undefined
}

type Holder = { roles: readonly Role[]; disabled: boolean }

/** What a person may do, in the order of RIGHTS; nothing once they are disabled. */
export function rightsOf(person: Holder, within?: Bounds): Right[] {
  if (person.disabled) return []
  const held = person.roles.flatMap((role) => ROLE_TABLE[role].rights)
  return RIGHTS.filter(
    (right) => (held.includes('all') || held.includes(right)) && (within?.rights.includes(right) ?? true),
  )
}

/** Which families of clauses a person sees whole, in the order of FAMILIES. */
export function familiesOf(person: Holder, within?: Bounds): Family[] {
  if (person.disabled) return []
  const held = person.roles.flatMap((role) => ROLE_TABLE[role].families)
  return FAMILIES.filter(
    (family) => (held.includes('all') || held.includes(family)) && (within?.families?.includes(family) ?? true),
  )
}

/** Families and single kinds that a person sees. */
export function scopeOf(person: Holder, within?: Bounds): Scope {
  const kinds = person.disabled ? [] : person.roles.flatMap((role) => ROLE_TABLE[role].kinds)
  return { families: familiesOf(person, within), kinds: [...new Set(kinds)] }
}

/** Whether a clause of a kind and family is within a scope. */
export function seesKind(scope: Scope, kind: string, family: Family): boolean {
  return scope.families.includes(family) || scope.kinds.includes(kind)
}

/** Whether a role goes with no other. */
export function standsAlone(role: Role): boolean {
  return ROLE_TABLE[role].alone
}

/** Whether someone sees the evidence of their own customers alone. */
export function isCustomer(person: { roles: readonly Role[] }): boolean {
  return person.roles.some((role) => ROLE_TABLE[role].ownOnly)
}
