export type { AddedClause, Amendment, AmendmentChange } from './amendment.ts'
export {
  amendmentForm,
  consolidate,
  readAmendment,
  sameValue,
} from './amendments.ts'
export type * from './blocks.ts'
export { LIMITS, textOfBytes } from './bytes.ts'
export type * from './clause.ts'
export { withCurrency } from './currency.ts'
export { type Balance, type Change, diffAgreements, type Favoured, favouredByAmendment } from './diff.ts'
export { type OpenedAgreement, openAgreement } from './folder.ts'
export { moneyIn } from './lines.ts'
export { readMarkdown } from './markdown.ts'
export { withoutQuotas } from './measured-parts.ts'
export {
  parseBand,
  parseDuration,
  parseFrequency,
  parseMark,
  parseMeasure,
  parseSide,
} from './measures.ts'
export { findLanguage, type ReadingContext, readAgreement } from './read.ts'
export { lineOwners } from './reading.ts'
export { ruleValue } from './rule-values.ts'
export { settles, topicOfLabel, topicOfSentence } from './rule-words.ts'
export { type Citation, type Rule, RuleBook, type Supplement, type Waiver } from './rules.ts'
export type * from './stated.ts'
export { readSupplement, supplementForm } from './supplement.ts'
export { TOPIC_NAMES, TOPICS, type Topic, type TopicValue } from './topics.ts'
export { findPer, isCurrency, parseCount, parseDate, parseMoney, parseOrdinal, parsePercentage } from './values.ts'
export { holdsPhrase, namesTotal, plain, plainLabel, slug } from './words.ts'
export { agreementAsData, agreementAsYaml, agreementForm, readAgreementYaml } from './yaml-form.ts'
