import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Agreement, agreementAsYaml, type Clause, RuleBook, readAgreementYaml } from '../../src/agreement/index.ts'
import { checkRooms, findingPages } from '../../src/checks/registry.ts'
import { runChecks } from '../../src/checks/run.ts'
import { schemas } from '../../src/reports/schema.ts'
import { allDocuments, context, read } from './setting.ts'

const ajv = addFormats.default(new Ajv.default({ strict: false, allErrors: true }))
const validate = ajv.compile(schemas()['agreement.schema.json'] as object)

function back(agreement: Agreement): Agreement {
  const { agreement: again, problems } = readAgreementYaml(agreementAsYaml(agreement), 'agreement.yaml', context.kinds)
  expect(problems).toEqual([])
  return again as Agreement
}

const bare = ({ span: _s, origin: _o, places: _p, cells, ...rest }: Clause) => ({
  ...rest,
  cells: cells.map(({ span: _, ...cell }) => cell),
})

function findings(agreement: Agreement): string[] {
  return runChecks(checkRooms, findingPages(), {
    agreement,
    rules: new RuleBook(agreement),
    facts: context.facts,
    asOf: '2025-01-31',
  })
    .map((finding) => `${finding.code} ${finding.fingerprint}`)
    .sort()
}

describe.each(allDocuments())('%s as YAML and back', (_, text) => {
  const agreement = read(text)
  const again = back(agreement)

  it('loses nothing', () => {
    expect(again.clauses.map(bare)).toEqual(agreement.clauses.map(bare))
    expect(
      again.headings.map(({ span: _s, columns, ...rest }) => ({ ...rest, columns: columns?.map((cell) => cell.text) })),
    ).toEqual(
      agreement.headings.map(({ span: _s, columns, ...rest }) => ({
        ...rest,
        columns: columns?.map((cell) => cell.text),
      })),
    )
    expect(again.parties.map(({ span: _s, ...rest }) => rest)).toEqual(
      agreement.parties.map(({ span: _s, ...rest }) => rest),
    )
    expect(again.problems.map((each) => each.code)).toEqual(agreement.problems.map((each) => each.code))
    expect([again.id, again.title, again.language, again.decimalMark]).toEqual([
      agreement.id,
      agreement.title,
      agreement.language,
      agreement.decimalMark,
    ])
  })

  it('keeps the places of the original, and gives the same YAML again', () => {
    expect(again.clauses.map((clause) => clause.origin)).toEqual(agreement.clauses.map((clause) => clause.span))
    const clauses = (yaml: string): unknown =>
      parse(yaml).clauses.map(({ places: _p, cells: _c, ...rest }: Record<string, unknown>) => rest)
    expect(clauses(agreementAsYaml(again))).toEqual(clauses(agreementAsYaml(agreement)))
  })

  it('has the same findings', () => expect(findings(again)).toEqual(findings(agreement)))

  it('is valid by the published schema', () => {
    expect(validate(parse(agreementAsYaml(agreement))), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true)
  })
})

it('the published schema refuses what the reader refuses', () => {
  const [, text] = allDocuments()[0] as [string, string]
  const data = parse(agreementAsYaml(read(text)))
  const commitment = data.clauses.find((clause: { kind: string }) => clause.kind === 'commitment')
  commitment.terms.minimum.amount = 'three million'
  expect(validate(data)).toBe(false)
})
