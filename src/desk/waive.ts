import { createHash } from 'node:crypto'
import { PARTNER } from '../evidence/index.ts'
import { commitRecords, type Ledger, tellAudit } from '../evidence/ledger/index.ts'
import type { IsoDate } from '../language/index.ts'

/** An excuse of a clause until a day, with who approved it. */
export interface GivenWaiver {
  clause: string
  reason: string
  approvedBy: string
  until: IsoDate
}

/** Records a waiver as a fact of the ledger, and tells the audit of it. */
export async function recordWaiver(ledger: Ledger, waiver: GivenWaiver, today: IsoDate): Promise<void> {
  const { clause, reason, approvedBy, until } = waiver
  const values = { clause, reason, approvedBy, until }
  const sha256 = createHash('sha256').update(JSON.stringify(values)).digest('hex')
  const common = { dataset: 'waivers', key: clause, version: '', from: today, to: today, owner: PARTNER, sha256 }
  const fact = { ...common, values, grade: 'declared', file: 'convenio waive', row: '1' } as const
  const about = { source: 'waivers', sourceVersion: 1, label: clause, receivedAt: today, remarks: {}, rejects: [] }
  await ledger.exclusive(async () => {
    await commitRecords(ledger, about, [{ name: 'convenio waive', sha256, bytes: 0, rejected: 0, rows: [[fact]] }])
    await tellAudit(ledger, 'waive', clause, { reason, approvedBy, until })
  })
}
