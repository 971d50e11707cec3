export { type ClauseNeeds, clauseNeeds, type DatasetState, datasetStates } from './needs.ts'
export {
  counts,
  judgeOne,
  type Standing,
  type StandingInput,
  type StandingLine,
  type StandingSummary,
  standingOf,
} from './standing.ts'
