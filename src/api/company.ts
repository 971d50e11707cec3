import { changeSetting, type Ledger } from '../evidence/ledger/index.ts'
import { isRefused, OPENID_SETTING, type OpenIdConfig, openIdConfig, type Refused } from '../identity/index.ts'
import type { IsoDate } from '../language/index.ts'

/** The id of the one company whose people may sign in, in addresses. */
export const COMPANY = 'company'

const SECRET_SETTING = 'sign-in.openid-secret'
// Settings go into the audit and into back-ups, keys into neither: there the secret is nothing without the folder of keys.
const SEALED_FOR = 'server:sign-in'
const LATEST = '9999-12-31'

/** How the company's people sign in, with the client's secret; undefined when they do not. */
export async function companySignIn(ledger: Ledger): Promise<OpenIdConfig | undefined> {
  const settings = await ledger.settings(LATEST)
  const sealed = settings.get(SECRET_SETTING)
  const secret = sealed ? ledger.keyring.open(SEALED_FOR, sealed) : undefined
  const config = openIdConfig(settings, secret)
  return config === undefined || isRefused(config) ? undefined : config
}

/** What is settled by hand; the rest of a configuration has values that fit most providers. */
export interface CompanySignIn {
  issuer: string
  clientId: string
  clientSecret?: string | undefined
  label: string
  groups?: { claim: string; roles: Record<string, readonly string[]> }
  create?: { roles: readonly string[] }
}

/** Settles how the company's people sign in from now on; undefined ends it. A secret that is not given stays, for the same client. */
export async function changeCompany(
  ledger: Ledger,
  config: CompanySignIn | undefined,
  today: IsoDate,
): Promise<Refused | undefined> {
  const { clientSecret, ...rest } = config ?? {}
  const text = config ? JSON.stringify(rest) : ''
  const read = openIdConfig(new Map([[OPENID_SETTING, text]]))
  if (read && isRefused(read)) return read
  const before = await companySignIn(ledger)
  const isSame = config?.issuer === before?.issuer && config?.clientId === before?.clientId
  await ledger.exclusive(async () => {
    if (clientSecret) await keepSecret(ledger, ledger.keyring.seal(SEALED_FOR, clientSecret), today)
    else if (!isSame && before?.clientSecret !== undefined) await keepSecret(ledger, '', today)
    await changeSetting(ledger, OPENID_SETTING, text, today)
  })
  return undefined
}

function keepSecret(ledger: Ledger, sealed: string, today: IsoDate): Promise<void> {
  return changeSetting(ledger, SECRET_SETTING, sealed, today)
}

/** The address of ours that the company's provider sends people back to. */
export function redirectUriOf(origin: string): string {
  return `${origin}/api/v1/openid/${COMPANY}/callback`
}
