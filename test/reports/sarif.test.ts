import { readFileSync } from 'node:fs'
import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { RuleBook } from '../../src/agreement/index.ts'
import { checkRooms, findingPages } from '../../src/checks/registry.ts'
import { runChecks } from '../../src/checks/run.ts'
import { findingsAsSarif, speakerOf } from '../../src/reports/index.ts'
import { allDocuments, context, read } from '../reading/setting.ts'

const schema = JSON.parse(readFileSync(new URL('./sarif-schema-2.1.0.json', import.meta.url), 'utf8'))
const validate = addFormats
  .default(new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false }))
  .compile(schema)
const pages = findingPages()

function sarifOf(
  text: string,
  language: 'en' | 'es',
): { runs: [{ results: { ruleId: string; level: string; partialFingerprints: object }[] }] } {
  const agreement = read(text)
  const findings = runChecks(checkRooms, pages, {
    agreement,
    rules: new RuleBook(agreement),
    facts: context.facts,
    asOf: '2025-01-31',
  })
  const report = {
    title: agreement.title,
    asOf: '2025-01-31',
    clauses: agreement.clauses.length,
    unread: 0,
    findings,
    texts: new Map(),
  }
  return findingsAsSarif(report, pages, speakerOf(language), '1.2.3') as never
}

describe.each(allDocuments())('%s as SARIF', (_, text) => {
  it.each(['en', 'es'] as const)('validates against the published schema, in %s', (language) => {
    const sarif = sarifOf(text, language)
    expect(validate(sarif), JSON.stringify(validate.errors?.slice(0, 3), null, 2)).toBe(true)
    expect(sarif.runs[0].results.length).toBeGreaterThan(0)
  })
})

it('the schema would refuse what is wrong', () => {
  const [, text] = allDocuments()[0] as [string, string]
  const sarif = sarifOf(text, 'en')
  const [first] = sarif.runs[0].results
  if (first) first.level = 'fatal'
  expect(validate(sarif)).toBe(false)
})
