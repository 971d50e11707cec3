import { describeFileFault, LedgerFault } from '../evidence/index.ts'
import { damagedFiles, type LedgerReads } from '../evidence/ledger/index.ts'
import { message } from '../language/index.ts'

/** Works on segments; when that fails and a file of the ledger is not as it was imported, the fault names that file and its import. */
export async function namingDamage<T>(ledger: LedgerReads, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (describeFileFault(error)) throw error
    const [first] = (await damagedFiles(ledger)).damaged
    if (!first) throw error
    throw new LedgerFault(message(`evidence/segment-${first.what}`, { path: first.path, import: first.import }), error)
  }
}
