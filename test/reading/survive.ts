import { RuleBook, readAgreement, textOfBytes } from '../../src/agreement/index.ts'
import { checkRooms, findingPages } from '../../src/checks/registry.ts'
import { runChecks } from '../../src/checks/run.ts'
import { clauseRooms } from '../../src/clauses/registry.ts'
import { findingsAsText, speakerOf, standingAsText } from '../../src/reports/index.ts'
import { standingOf } from '../../src/standing/index.ts'
import { context, ownerless } from './setting.ts'

const pages = findingPages()
const paper = { width: 80, colour: false }

/** Reads, checks, judges and shows a text; throws with a reason when a promise is broken. */
export function survive(text: string): 'refused' | 'read' {
  const decoded = textOfBytes(new TextEncoder().encode(text), 'agreement.md')
  if (decoded.text === undefined) {
    if (decoded.problems.length === 0) throw new Error('refused without a problem')
    return 'refused'
  }
  const agreement = readAgreement(decoded.text, 'agreement.md', context, 'agreement')
  const lost = ownerless(agreement)
  if (lost.length > 0) throw new Error(`lines without an owner: ${lost.join(', ')}`)
  const rules = new RuleBook(agreement)
  const findings = runChecks(checkRooms, pages, { agreement, rules, facts: context.facts, asOf: '2025-01-31' })
  const standing = standingOf({
    agreement,
    rules,
    facts: context.facts,
    rooms: clauseRooms,
    evidence: [],
    asOf: '2025-01-31',
    knownAt: '2025-01-31',
  })
  for (const language of ['en', 'es'] as const) {
    const speak = speakerOf(language)
    const texts = new Map([['agreement.md', agreement.lines]])
    const report = {
      title: agreement.title,
      asOf: '2025-01-31',
      clauses: agreement.clauses.length,
      unread: 0,
      findings,
      texts,
    }
    const shown = findingsAsText(report, speak, paper) + standingAsText(standing, speak, paper)
    if (
      /(?<![-/])\bundefined\b(?!-)|\[object Object\]|\bNaN\b/.test(shown.replaceAll(agreement.lines.join('\n'), '')) &&
      !/NaN|undefined/.test(text)
    )
      throw new Error('says undefined, NaN or [object Object]')
  }
  return 'read'
}
