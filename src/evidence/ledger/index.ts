/** The ledger itself. Apart from `evidence/index.ts`, because a command that needs no ledger shall not load databases. */

export type { Holder } from '../lock.ts'
export { changeSetting, erasePersonal, retractImport, tellAudit } from './acts.ts'
export { auditEntries } from './audit-log.ts'
export { backUp } from './backup.ts'
export {
  type BroughtFile,
  commitBulk,
  commitRecords,
  newImportId,
  type RejectedRow,
} from './commit.ts'
export { createInstallation, readInstallation } from './installation.ts'
export { importOfFile, importsOfFiles } from './known-file.ts'
export { Ledger, LedgerHeld, NoInstallation } from './ledger.ts'
export { restoreBackup } from './restore.ts'
export type { ToldFact } from './told.ts'
export { damagedFiles } from './verify.ts'
