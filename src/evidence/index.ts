export { cutFacts, distinctFacts, type EvidenceFact, GRADES, type Grade, weakestGrade } from './fact.ts'
export { readFacts } from './read-facts.ts'
