/** Who may sign in, how, and what they may see and do. No HTTP here: `api/` makes cookies, statuses and pages of it. */

export type { Draft } from './drafts.ts'
export { isRefused, type Refused } from './fault.ts'
export { Identity, type IdentityOptions } from './identity.ts'
export { OPENID_SETTING, type OpenIdConfig, openIdConfig } from './openid-config.ts'
export { actorOf } from './parts.ts'
export type { Passkey, Passkeys, Site } from './passkeys.ts'
export { PASSWORD_COST } from './passwords.ts'
export type { NewPerson } from './people.ts'
export type { Person } from './person.ts'
export {
  type Bounds,
  FAMILIES,
  familiesOf,
  isCustomer,
  RIGHTS,
  type Right,
  ROLES,
  type Role,
  rightsOf,
  type Scope,
  scopeOf,
  seesKind,
} from './roles.ts'
export type { Session, SignInWay } from './sessions.ts'
export type { ApiToken } from './tokens.ts'
export { askerOf } from './who-asks.ts'
export { identityWords } from './words.ts'
