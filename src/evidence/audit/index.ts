export { canonicalJson, type Json, type JsonObject } from './canonical.ts'
export {
  type AuditEntry,
  describeBreak,
  entryLine,
  type Head,
  parseEntryLine,
  START,
  sealEntry,
  verifyChain,
} from './chain.ts'
export {
  openSigningKey,
  publicKeyOf,
  signCheckpoint,
  verifyCheckpoint,
} from './checkpoint.ts'
export { exportLines, readExport } from './export.ts'
