import { type Refused, refuse } from './fault.ts'
import type { OpenIdConfig } from './openid-config.ts'
import { change, type IdentityDb, type IdentityParts } from './parts.ts'
import { addPerson, faultsOf, lockAdministrators, readPeople } from './people.ts'
import { foldEmail, type Person } from './person.ts'
import { isCustomer, ROLES, type Role } from './roles.ts'

type Claims = Record<string, unknown> & { sub: string }

/**
 * The person whom a company's provider means. Its own name for them decides; where that is not known yet, a verified email finds them
 * once and ties the two together. An email alone never takes over a person that another name is tied to.
 */
export async function companyPerson(
  parts: IdentityParts,
  config: OpenIdConfig,
  claims: Claims,
): Promise<Person | Refused> {
  const { agreement } = parts.ledger
  const groupRoles = rolesOfGroups(config, claims)
  if (groupRoles?.length === 0) return refuse('denied', 'openid-no-role')
  const outcome = await change(parts, 'company-account', async (db, tell): Promise<Person | Refused> => {
    const administrators = await lockAdministrators(db, agreement)
    const tied = await tiedPerson(db, agreement, config.issuer, claims.sub)
    const found = tied ?? (await tie(parts, db, config, claims, groupRoles))
    if (typeof found !== 'string') return found
    const person = (await readPeople(db, agreement, { id: found }))[0]
    if (!person || person.disabled) return refuse('denied', 'openid-unknown-person')
    const roles = rolesNow(person, groupRoles, administrators)
    const changed = JSON.stringify([...roles].sort()) !== JSON.stringify([...person.roles].sort())
    if (changed)
      await db
        .updateTable('people')
        .set({ roles: JSON.stringify(roles) })
        .where('id', '=', found)
        .execute()
    if (!tied) await tell('company-account-tied', found, { issuer: config.issuer })
    if (changed) await tell('person-changed', found, { roles: [...roles], by: 'groups' })
    return (await readPeople(db, agreement, { id: found }))[0] as Person
  })
  if ('id' in outcome) parts.memory.forget(outcome.id)
  return outcome
}

async function tiedPerson(
  db: IdentityDb,
  agreement: string,
  issuer: string,
  subject: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('company_accounts')
    .select('person')
    .where('agreement', '=', agreement)
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row?.person
}

async function tie(
  parts: IdentityParts,
  db: IdentityDb,
  config: OpenIdConfig,
  claims: Claims,
  groupRoles: readonly Role[] | undefined,
): Promise<string | Refused> {
  const { agreement } = parts.ledger
  const email = claims[config.emailClaim]
  if (typeof email !== 'string' || !isTrue(claims[config.verifiedClaim])) return refuse('denied', 'openid-unverified')
  const known = (await readPeople(db, agreement, { email: foldEmail(email) }))[0]
  if (known?.disabled || (!known && !config.create)) return refuse('denied', 'openid-unknown-person')
  if (known?.signIn.oidc) return refuse('denied', 'openid-other-account')
  const id =
    known?.id ?? (await addUnknown(parts, db, { email, claims, roles: groupRoles ?? config.create?.roles ?? [] }))
  if (typeof id !== 'string') return id
  await db
    .insertInto('company_accounts')
    .values({ person: id, agreement, issuer: config.issuer, subject: claims.sub })
    .execute()
  await db.updateTable('people').set({ company_account: true }).where('id', '=', id).execute()
  return id
}

async function addUnknown(
  parts: IdentityParts,
  db: IdentityDb,
  { email, claims, roles }: { email: string; claims: Claims; roles: readonly Role[] },
): Promise<string | Refused> {
  const name =
    typeof claims.name === 'string' && claims.name.trim() !== '' ? claims.name : (email.split('@')[0] as string)
  const language = typeof claims.locale === 'string' && claims.locale.startsWith('en') ? 'en' : 'es'
  const said = { name: name.slice(0, 200), email, roles, language } as const
  const faults = faultsOf(said)
  if (faults.length > 0) return { refused: 'denied', faults }
  return (await addPerson(parts, db, said)) ?? refuse('denied', 'openid-unknown-person')
}

/** The roles that the groups of a sign-in stand for; undefined where roles do not follow groups. */
function rolesOfGroups({ groups }: OpenIdConfig, claims: Claims): Role[] | undefined {
  if (!groups) return undefined
  const claimed = claims[groups.claim]
  const names = (Array.isArray(claimed) ? claimed : [claimed]).filter((each) => typeof each === 'string')
  const roles = names.flatMap((name) => (Object.hasOwn(groups.roles, name) ? (groups.roles[name] as Role[]) : []))
  return ROLES.filter((role) => roles.includes(role))
}

// A customer's user stays one, and the last administrator keeps the role whatever the groups say.
function rolesNow(
  person: Person,
  groupRoles: readonly Role[] | undefined,
  administrators: readonly string[],
): readonly Role[] {
  if (!groupRoles || isCustomer(person)) return person.roles
  const isLast = administrators.length === 1 && administrators[0] === person.id
  return isLast && !groupRoles.includes('administrator') ? ['administrator', ...groupRoles] : groupRoles
}

function isTrue(claim: unknown): boolean {
  return claim === true || claim === 'true' || claim === 1 || claim === '1'
}
