import { changeSetting, type Ledger } from '../../../evidence/ledger/index.ts'
import { actorOf, type OpenIdConfig } from '../../../identity/index.ts'
import { type Asked, type BoundRoute, bound, whoOf } from '../../asked.ts'
import { changeCompany, companySignIn, redirectUriOf } from '../../company.ts'
import { identityRefused } from '../../refused.ts'
import { auditRoutes } from './audit.ts'
import { settingsContracts } from './contract.ts'

const BILL_SOURCE = 'bill-source'
const BILL_SHAPES = ['focus', 'cur'] as const

const getSettings = bound(settingsContracts.getSettings, async (asked) => {
  const { services } = asked
  const { ledger, today, origin } = services
  const settings = await ledger.asking(whoOf(asked).scope.asker, (reads) => reads.settings(today()))
  const chosen = settings.get(BILL_SOURCE)
  const company = await companySignIn(ledger)
  return {
    billSource: BILL_SHAPES.find((shape) => shape === chosen) ?? null,
    provider: company ? providerShape(company) : null,
    redirectUri: redirectUriOf(origin()),
  }
})

const changeSettings = bound(settingsContracts.changeSettings, async (asked) => {
  const { value } = asked.body
  await acting(asked, (ledger) => changeSetting(ledger, BILL_SOURCE, value, asked.services.today()))
  return undefined
})

const setProvider = bound(settingsContracts.setProvider, async (asked) => {
  const { services, body, speak } = asked
  const { name: label, issuer, clientId, clientSecret, newPeople, groups } = body
  const company = {
    ...{ label, issuer, clientId, clientSecret },
    ...(newPeople.length > 0 ? { create: { roles: newPeople } } : {}),
    ...(groups ? { groups } : {}),
  }
  const refused = await acting(asked, (ledger) => changeCompany(ledger, company, services.today()))
  if (refused) throw identityRefused(refused, speak)
  return undefined
})

const removeProvider = bound(settingsContracts.removeProvider, async (asked) => {
  await acting(asked, (ledger) => changeCompany(ledger, undefined, asked.services.today()))
  return undefined
})

async function acting<T>(asked: Pick<Asked, 'services' | 'who'>, work: (ledger: Ledger) => Promise<T>): Promise<T> {
  const ledger = asked.services.ledger.by(actorOf(whoOf(asked as Asked).person))
  try {
    return await work(ledger)
  } finally {
    ledger.release()
  }
}

function providerShape({ label, issuer, clientId, clientSecret, create, groups }: OpenIdConfig) {
  const common = { name: label, issuer, clientId, newPeople: create?.roles ?? [] }
  return { ...common, groups: groups ?? null, hasSecret: clientSecret !== undefined }
}

/** How the installation works, and what was done in it. */
export const settingsRoutes: BoundRoute[] = [
  ...[getSettings, changeSettings, setProvider, removeProvider],
  ...auditRoutes,
]
