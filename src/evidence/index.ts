export { breathe } from './breath.ts'
export { BulkEngine, type EngineSettings, literal, literals } from './bulk/engine.ts'
export {
  addTally,
  emptyTally,
  type KnownSegment,
  type Owner,
  PARTNER,
  type StagedDead,
  type StagedSegment,
  type Tally,
} from './bulk/staged.ts'
export { cutFacts, distinctFacts, type EvidenceFact, GRADES, type Grade, weakestGrade } from './fact.ts'
export { describeFileFault, hashFile, LedgerFault } from './files.ts'
export type { ImportedDelivery, ImportedFile, ImportProgress, ImportReport, Quirk } from './import-report.ts'
export { readFacts } from './read-facts.ts'
