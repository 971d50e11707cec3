import type { Ledger } from '../evidence/ledger/index.ts'
import type { BulkContext } from './room.ts'

const LATEST = '9999-12-31'

/** Whose instances and accounts are, as the inventories say (dataset `instances`: instance, account, customer, from–to). */
export async function ownersOf(ledger: Ledger): Promise<BulkContext['owners']> {
  const facts = await ledger.facts(LATEST, ['instances'])
  return facts.map((fact) => ({
    instance: String(fact.values.instance ?? ''),
    account: String(fact.values.account ?? ''),
    owner: fact.owner,
    from: String(fact.values.liveFrom ?? fact.from),
    to: typeof fact.values.liveTo === 'string' && fact.values.liveTo !== '' ? fact.values.liveTo : null,
  }))
}
