import type { Generated } from 'kysely'

/** The tables of `0003-identity.sql`. Times are ISO text in UTC; lists are JSON text. Types, not interfaces: Kysely asks for them. */
export type IdentityTables = {
  people: Omit<PersonRow, 'disabled' | 'password_set' | 'company_account'> & {
    disabled: Generated<boolean>
    password_set: Generated<boolean>
    company_account: Generated<boolean>
  }
  passwords: { person: string; hash: string; changed_at: string }
  company_accounts: { person: string; agreement: string; issuer: string; subject: string }
  one_time_links: LinkRow
  challenges: { hash: string; agreement: string; purpose: string; value: string; expires_at: string }
  sign_in_attempts: {
    agreement: string
    subject: string
    failures: number
    locked_until: string
    last_at: string
  }
  idempotency_keys: {
    agreement: string
    actor: string
    key: string
    route: string
    request_hash: string
    answer: string | null
    created_at: string
    expires_at: string
  }
  sessions: SessionRow
  api_tokens: TokenRow
  passkeys: PasskeyRow
  drafts: DraftRow
}

/** A person as the database keeps them, without anything they sign in with. */
export type PersonRow = {
  id: string
  agreement: string
  name: string
  email: string
  roles: string
  customers: string
  language: string
  disabled: boolean
  password_set: boolean
  company_account: boolean
  created_at: string
}

type LinkRow = {
  hash: string
  agreement: string
  kind: string
  person: string | null
  created_at: string
  expires_at: string
  used_at: string | null
}

type SessionRow = {
  id: string
  agreement: string
  person: string
  secret_hash: string
  created_at: string
  seen_at: string
  expires_at: string
  way: string
  address: string
  agent: string
}

/** An API token as the database keeps it. */
export type TokenRow = {
  id: string
  agreement: string
  person: string
  name: string
  secret_hash: string
  rights: string
  families: string | null
  created_at: string
  expires_at: string
  revoked_at: string | null
  last_used_at: string | null
}

type PasskeyRow = {
  id: string
  agreement: string
  person: string
  name: string
  public_key: string
  counter: string
  transports: string
  backed_up: boolean
  created_at: string
  last_used_at: string | null
}

/** A draft as the database keeps it. */
export type DraftRow = {
  id: string
  agreement: string
  person: string
  title: string
  text: string
  version: number
  created_at: string
  updated_at: string
}
