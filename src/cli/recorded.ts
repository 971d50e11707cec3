import type { EvidenceFact } from '../evidence/index.ts'
import { isInstalled } from './data-folder.ts'
import { withLedger } from './installation.ts'
import type { Session } from './session.ts'

/** What the installation's ledger knows at the session's two dates; nothing when there is no installation. */
export async function recordedEvidence(session: Session): Promise<EvidenceFact[]> {
  const { options, asOf, knownAt } = session
  if (!isInstalled(options)) return []
  const { evidenceOf } = await import('../sources/evidence-of.ts')
  const { sourceRooms } = await import('../sources/registry.ts')
  return withLedger(session, 'standing', (ledger) => evidenceOf(ledger, sourceRooms, asOf, knownAt))
}
