import { type Agreement, RuleBook, type Supplement } from '../../src/agreement/index.ts'
import { checkRooms, findingPages } from '../../src/checks/registry.ts'
import type { Finding } from '../../src/checks/room.ts'
import { runChecks } from '../../src/checks/run.ts'
import { type Language, type Message, speaker } from '../../src/language/index.ts'
import { allWords } from '../../src/reports/index.ts'
import { context, realDocument, textOf } from '../reading/setting.ts'

const pages = findingPages()
const words = allWords()

/** Days the issue looks at: while the contract runs, and after its end. */
export const RUNNING = '2025-01-31'
export const ENDED = '2026-11-23'

export const ENGLISH = 'agreements/wom-aws-chile/agreement.md'
export const SPANISH = 'agreements/wom-aws-chile/agreement.es.md'

/** One agreement in three wordings that run line for line: the example, its twin, and the real document where it is at hand. */
export function wordings(): { name: string; text: string; language: Language }[] {
  const real = realDocument()
  return [
    { name: 'the example', text: textOf(ENGLISH), language: 'en' },
    { name: 'its Spanish twin', text: textOf(SPANISH), language: 'es' },
    ...(real ? [{ name: 'the real document', text: real, language: 'en' as const }] : []),
  ]
}

/** All findings of an agreement on a day. */
export function findingsOf(agreement: Agreement, asOf: string, supplement?: Supplement): Finding[] {
  const rules = new RuleBook(agreement, supplement)
  return runChecks(checkRooms, pages, {
    agreement,
    rules,
    facts: context.facts,
    asOf,
    ...(supplement ? { supplement } : {}),
  })
}

/** What a message says in a language. */
export function say(language: Language, message: Message): string {
  return speaker(language, words).say(message)
}

/** What a finding says in a language. */
export function saidOf(finding: Finding, language: Language): string {
  return say(language, { id: finding.code, params: finding.params })
}
