export {
  counts,
  judgeOne,
  type Standing,
  type StandingInput,
  type StandingLine,
  type StandingSummary,
  standingOf,
} from './standing.ts'
