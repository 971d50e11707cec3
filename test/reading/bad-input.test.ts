import { describe, expect, it } from 'vitest'
import { readAgreementYaml, readSupplement, textOfBytes } from '../../src/agreement/index.ts'
import { readFacts } from '../../src/evidence/index.ts'
import type { Problem } from '../../src/language/index.ts'
import { speakerOf } from '../../src/reports/index.ts'
import { context, ofKind, ownerless, read, textOf } from './setting.ts'
import { survive } from './survive.ts'

const example = textOf('agreements/wom-aws-chile/agreement.md')
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function expectClear(problems: readonly Problem[], code: string, line?: number): void {
  expect(problems.map((problem) => problem.code)).toContain(code)
  const problem = problems.find((each) => each.code === code) as Problem
  for (const language of ['en', 'es'] as const) {
    const speak = speakerOf(language)
    for (const said of [problem.message, problem.fix]) {
      expect(said && speak.say(said)).toBeTruthy()
      expect(said && speak.say(said)).not.toBe(said?.id)
    }
  }
  if (line !== undefined) expect(problem.where.line).toBe(line)
}

describe('bytes that are no text', () => {
  const latin = new Uint8Array([...bytes('# A\n\nCompromiso m'), 0xed, ...bytes('nimo\n')])
  const utf16 = new Uint8Array([0xff, 0xfe, ...[...'# Agreement'].flatMap((each) => [each.charCodeAt(0), 0])])
  const cases: [string, Uint8Array, string, number?][] = [
    ['empty', bytes(''), 'document/empty'],
    ['blank', bytes(' \n\t\n'), 'document/empty'],
    ['a PDF', bytes('%PDF-1.7 …'), 'document/binary'],
    ['a Word file', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6]), 'document/binary'],
    ['a NUL inside', bytes('# A\n\nx\u0000y'), 'document/binary', 3],
    ['Latin-1', latin, 'document/not-utf8', 3],
    ['UTF-16', utf16, 'document/not-utf8'],
    ['50 MB', new Uint8Array(50 * 1024 * 1024).fill(65), 'document/too-large'],
    ['one endless line', bytes(`# A\n\n${'x'.repeat(100_000)}`), 'document/line-too-long', 3],
    ['deep quotes', bytes(`${'> '.repeat(5000)}x`), 'document/too-deep', 1],
    [
      'deep lists',
      bytes(Array.from({ length: 500 }, (_, at) => `${'  '.repeat(at)}- x`).join('\n')),
      'document/too-deep',
    ],
    ['an endless paragraph', bytes('word word\n'.repeat(50_000)), 'document/paragraph-too-long'],
  ]
  it.each(cases)('%s is refused with its place and the mend', (_, input, code, line) => {
    const { text, problems } = textOfBytes(input, 'agreement.md')
    expect(text).toBeUndefined()
    expectClear(problems, code, line)
  })
  it('a byte order mark is no fault', () => expect(textOfBytes(bytes('\ufeff# A'), 'a.md').text).toBe('# A'))
})

describe('texts that hurt readers', () => {
  const hostile: [string, string][] = [
    ['unclosed brackets', '['.repeat(15_000)],
    ['emphasis', '*a '.repeat(6000)],
    ['unclosed emphasis in many lines', '**a\n'.repeat(1900)],
    ['backticks', `${'`'.repeat(10_000)}a`],
    ['links in links', '[a]('.repeat(4000)],
    ['html', '<div '.repeat(3000)],
    ['entities', '&'.repeat(15_000)],
    ['a table of pipes', `|${'|'.repeat(9000)}\n|${'-|'.repeat(9000)}\n`],
    ['numbers', `| Year | Minimum Spend |\n|---|---|\n| 1 | $${'9'.repeat(5000)} |\n`],
    ['dots and commas', `| Year | Minimum Spend |\n|---|---|\n| 1 | ${'1.2,'.repeat(3000)} |\n`],
    ['spaces', `| Year | Minimum Spend |\n|---|---|\n| 1 | ${' '.repeat(15_000)}x |\n`],
    ['dashes', `# A\n\n${'- '.repeat(50)}\n${'a - '.repeat(4000)}\n`],
    ['control characters', '# A\n\n\u0007\u001b[31mred\u202e\n'],
    [
      'prototype words',
      '# __proto__\n\n| constructor | __proto__ |\n|---|---|\n| toString | valueOf |\n\n- hasOwnProperty: __proto__\n',
    ],
  ]
  it.each(hostile)('%s', { timeout: 15_000 }, (_, text) => {
    const begun = performance.now()
    expect(['read', 'refused']).toContain(survive(text))
    // Not a measure of speed: a guard against time that grows out of proportion.
    expect(performance.now() - begun).toBeLessThan(10_000)
  })
})

describe('damaged documents', () => {
  it('half a table keeps its rows', () => {
    const cut = example.slice(0, example.indexOf('| Year 2'))
    const agreement = read(cut)
    expect(ofKind(agreement, 'commitment')).toHaveLength(1)
    expect(ownerless(agreement)).toEqual([])
  })
  it('a paragraph glued under a table is a clause of its own with a problem', () => {
    const glued = example.replace(/(\| Year 3 [^\n]*\n)/, '$1The discount applies from the first dollar.\n')
    const agreement = read(glued)
    expect(agreement.problems.map((problem) => problem.code)).toContain('structure/glued-text')
    expect(ofKind(agreement, 'commitment')).toHaveLength(3)
    expect(ownerless(agreement)).toEqual([])
  })
  it('money in a currency that nobody knows is kept with a problem, not guessed', () => {
    const agreement = read(example.replace('$3M', 'QQQ 3M'))
    const [first] = ofKind(agreement, 'commitment')
    expect(first?.terms).toMatchObject({ minimum: { amount: '3000000', currency: 'XXX' } })
    expect(first?.cells.map((cell) => cell.text)).toContain('QQQ 3M')
    expect(agreement.problems.map((problem) => problem.code)).toContain('structure/unknown-currency')
  })
  it('a table that nobody knows is kept unread with a problem at its place', () => {
    const agreement = read(`${example}\n\n## Fleet of ships\n\n| Hull | Draught |\n|---|---|\n| Alpha | 3 m |\n`)
    const [unread] = ofKind(agreement, 'unread')
    expect(unread?.cells.map((cell) => cell.text)).toContain('Alpha')
    expectClear(agreement.problems, 'structure/unread', unread?.span.line)
  })
})

describe('YAML', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
    .split('')
    .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`).join()}]`)
    .join('\n')}\n`
  const cases: [string, string, string][] = [
    ['a bomb of aliases', bomb, 'yaml/broken'],
    ['deep nesting', `clauses: ${'['.repeat(100_000)}`, 'yaml/broken'],
    ['broken YAML', 'clauses: [\n  - x: {', 'yaml/broken'],
    ['another kind of file', 'hello: world', 'yaml/unknown-field'],
    ['no version', 'id: x\ntitle: X\nlanguage: en\nclauses: []\n', 'yaml/bad-field'],
    ['a scalar', '42', 'yaml/bad-field'],
  ]
  it.each(cases)('%s is refused as an agreement', (_, text, code) => {
    const { agreement, problems } = readAgreementYaml(text, 'agreement.yaml', context.kinds)
    expect(agreement).toBeUndefined()
    expectClear(problems, code)
  })
  it('a faulty entry of a supplement is told with its place and the others are kept', () => {
    const text =
      'supplement: 1\nentries:\n  - topic: currency\n    value: {currency: dollars}\n    agreed: {by: A, on: 2024-01-01}\n  - topic: time-zone\n    value: {zone: America/Santiago}\n    agreed: {by: A, on: 2024-01-01}\n'
    const { supplement, problems } = readSupplement(text, 'supplement.yaml')
    expect(supplement.rules.map((rule) => rule.topic)).toEqual(['time-zone'])
    expectClear(problems, 'yaml/bad-field', 4)
  })
  it('faulty facts are told with their place and the others are kept', () => {
    const text =
      'facts:\n  - {dataset: probes, date: 2024-02-30, values: {}, grade: measured, source: x}\n  - {dataset: probes, date: 2024-02-28, values: {availability: 99.990}, grade: gold, source: x}\n  - {dataset: probes, date: 2024-02-28, values: {availability: 99.990}, grade: measured, source: x}\n  - 17\n'
    const { facts, problems } = readFacts(text, 'evidence.yaml')
    expect(facts.map((fact) => fact.values.availability)).toEqual(['99.990'])
    expectClear(problems, 'evidence/bad-date', 2)
    expectClear(problems, 'evidence/bad-grade', 3)
    expectClear(problems, 'evidence/not-a-fact', 5)
  })
})
