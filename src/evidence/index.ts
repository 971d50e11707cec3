export { cutFacts, type EvidenceFact, GRADES, type Grade, weakestGrade } from './fact.ts'
export { readFacts } from './read-facts.ts'
