import { describe, expect, it } from 'vitest'
import { convenio, fileOf } from './run.ts'

const EXAMPLE = 'agreements/wom-aws-chile'
const STACK = /\n\s+at .+:\d+:\d+|TypeError|ReferenceError/

describe('exit codes', () => {
  const cases: [string, string[], number][] = [
    ['help', ['--help'], 0],
    ['version', ['--version'], 0],
    ['no command', [], 2],
    ['an unknown command', ['frobnicate'], 2],
    ['an unknown option', ['check', EXAMPLE, '--loud'], 2],
    ['a missing argument', ['check'], 2],
    ['a wrong format', ['check', EXAMPLE, '--format', 'xml'], 2],
    ['a wrong date', ['check', EXAMPLE, '--as-of', '31.1.2025'], 2],
    ['a date that does not exist', ['standing', '--agreement', EXAMPLE, '--as-of', '2025-02-30'], 2],
    ['findings of severity error', ['check', EXAMPLE], 1],
    ['standing', ['standing', '--agreement', EXAMPLE], 0],
    ['a file that is not there', ['check', 'nowhere.md'], 1],
    ['a folder without an agreement', ['check', 'src'], 1],
    ['an unknown clause', ['why', 'commitment/year-9', '--agreement', EXAMPLE], 2],
    ['an unknown finding', ['explain', 'residency/regoin-code-mismatch'], 2],
    ['a refused file', ['check', fileOf('agreement.md', new Uint8Array([0x25, 0x50, 0x44, 0x46]))], 1],
    ['refused evidence', ['standing', '--agreement', EXAMPLE, '--evidence', fileOf('evidence.yaml', 'facts: 7')], 1],
  ]
  it.each(cases)('%s', (_, args, code) => {
    const answer = convenio(args)
    expect(answer.code, answer.err).toBe(code)
    expect(answer.out + answer.err).not.toMatch(STACK)
    if (code !== 0 && args[0] !== 'check') expect(answer.err).not.toBe('')
  })
  it('a mistyped name gets the nearest right ones', () => {
    expect(convenio(['why', 'commitment/yaer-2', '--agreement', EXAMPLE]).err).toContain('commitment/year-2')
    expect(convenio(['explain', 'residency/regoin-code-mismatch']).err).toContain('residency/region-code-mismatch')
  })
})

describe('the promise to scripts', () => {
  it('check --format json', () => {
    const { out, err } = convenio(['check', EXAMPLE, '--format', 'json', '--as-of', '2025-01-31'])
    const report = JSON.parse(out)
    expect(err).toBe('')
    expect(Object.keys(report)).toEqual(expect.arrayContaining(['agreement', 'asOf', 'clauses', 'unread', 'findings']))
    expect(report).toMatchObject({ agreement: 'wom-aws-chile', asOf: '2025-01-31', unread: 0 })
    for (const finding of report.findings) {
      expect(finding).toMatchObject({
        code: expect.stringMatching(/^[a-z-]+\/[a-z-]+$/),
        severity: expect.stringMatching(/^(error|warning|info)$/),
        confidence: expect.stringMatching(/^(proved|computed|heuristic)$/),
        message: expect.any(String),
      })
      for (const place of [finding.primary, ...finding.related])
        expect(
          [place.line, place.column, place.endLine, place.endColumn].every(
            (each) => Number.isInteger(each) && each >= 1,
          ),
        ).toBe(true)
      for (const related of finding.related) expect(related.label).toEqual(expect.any(String))
      expect(finding).toHaveProperty('clause')
      if (finding.money)
        expect(finding.money).toMatchObject({
          amount: expect.stringMatching(/^-?\d+(\.\d+)?$/),
          currency: expect.stringMatching(/^[A-Z]{3}$/),
        })
    }
  })
  it('standing --format json', () => {
    const report = JSON.parse(
      convenio(['standing', '--agreement', EXAMPLE, '--format', 'json', '--as-of', '2025-01-31']).out,
    )
    expect(Object.keys(report.summary)).toEqual(['met', 'atRisk', 'breached', 'notDue', 'undetermined', 'waived'])
    for (const clause of report.clauses) {
      for (const key of [
        'id',
        'kind',
        'title',
        'verdict',
        'measure',
        'grade',
        'moneyAtStake',
        'forecast',
        'reason',
        'nextDate',
        'span',
      ])
        expect(clause, clause.id).toHaveProperty(key)
    }
  })
  it('standing --format csv has a line for each clause', () => {
    const report = JSON.parse(convenio(['standing', '--agreement', EXAMPLE, '--format', 'json']).out)
    expect(convenio(['standing', '--agreement', EXAMPLE, '--format', 'csv']).out.trim().split('\r\n')).toHaveLength(
      report.clauses.length + 1,
    )
  })
  it('the same input gives the same bytes', () => {
    const args = [
      'standing',
      '--agreement',
      EXAMPLE,
      '--format',
      'json',
      '--as-of',
      '2025-01-31',
      '--known-at',
      '2025-01-31',
    ]
    expect(convenio(args).out).toBe(convenio(args, { TZ: 'America/Santiago' }).out)
  })
  it('read gives YAML that can be checked in its turn with the same findings', () => {
    const codes = (path: string): string[] =>
      JSON.parse(convenio(['check', path, '--format', 'json', '--as-of', '2025-01-31']).out)
        .findings.map((each: { code: string; fingerprint: string }) => `${each.code} ${each.fingerprint}`)
        .sort()
    expect(codes(fileOf('wom-aws-chile.yaml', convenio(['read', EXAMPLE]).out))).toEqual(codes(EXAMPLE))
  })
  it('diff says whom a change favours', () => {
    const lowered = convenio(['read', EXAMPLE]).out
    const [before, after] = [
      fileOf('a.yaml', lowered),
      fileOf('b.yaml', lowered.replace('amount: "4000000"', 'amount: "3500000"')),
    ]
    const { changes } = JSON.parse(convenio(['diff', before, after, '--format', 'json']).out)
    expect(changes).toHaveLength(1)
    expect(changes[0]).toMatchObject({ clause: 'commitment/year-2', term: 'minimum', favours: 'payer' })
  })
})

describe('what a person sees', () => {
  it.each([
    ['en', 'mend'],
    ['es', 'arreglo'],
  ])('check in %s, at 80 columns', (language, word) => {
    const { out } = convenio(['check', EXAMPLE, '--as-of', '2025-01-31'], { CONVENIO_LANGUAGE: language })
    expect(out).toContain(word)
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(out).not.toMatch(/\{[a-z][A-Za-z]*\}|(?<![-/])\bundefined\b|\bNaN\b|\[object/)
  })
  it.each([
    ['en', 'breached'],
    ['es', 'incumplidas'],
  ])('standing in %s, at 80 columns', (language, word) => {
    const { out } = convenio(['standing', '--agreement', EXAMPLE, '--as-of', '2025-01-31'], {
      CONVENIO_LANGUAGE: language,
    })
    expect(out).toContain(word)
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(out).not.toMatch(/\{[a-z][A-Za-z]*\}|(?<![-/])\bundefined\b|\bNaN\b|\[object/)
  })
  it('why shows words, formula, inputs and what is missing', () => {
    const { out } = convenio(['why', 'commitment/year-2', '--agreement', EXAMPLE, '--as-of', '2025-01-31'])
    for (const word of ['clause', 'formula', 'missing', '3,120,000', 'agreement.md:43']) expect(out).toContain(word)
  })
  it('colour appears only where it is wanted', () => {
    expect(convenio(['check', EXAMPLE], { NO_COLOR: '', FORCE_COLOR: '1' }).out).toContain('\u001b[')
    expect(convenio(['check', EXAMPLE]).out).not.toContain('\u001b[')
  })
})

it('three dates give three different standings', () => {
  const on = (date: string): { summary: object; clauses: { id: string; verdict: string; lifecycle: string }[] } =>
    JSON.parse(
      convenio(['standing', '--agreement', EXAMPLE, '--as-of', date, '--known-at', date, '--format', 'json']).out,
    )
  const [begin, review, after] = [on('2023-07-01'), on('2025-01-31'), on('2026-11-23')]
  expect(new Set([begin, review, after].map((each) => JSON.stringify(each.summary))).size).toBe(3)
  const exit = after.clauses.find((clause) => clause.id.startsWith('exit/'))
  expect(exit?.lifecycle).not.toBe('not-begun')
})
