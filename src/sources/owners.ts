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

/** Everybody of whom the ledger holds anything, or whose personal data it has erased. */
export async function knownOwners(ledger: Ledger): Promise<string[]> {
  const { db } = ledger.records
  const facts = await db.selectFrom('facts').select('owner').distinct().execute()
  const segments = await db.selectFrom('segments').select('owner').distinct().execute()
  const keys = [...ledger.keyring.owners(), ...ledger.keyring.destroyed()]
  return [...new Set([...facts.map((fact) => fact.owner), ...segments.map((segment) => segment.owner), ...keys])].sort()
}
