import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { findingPages } from '../../src/checks/registry.ts'
import type { Finding } from '../../src/checks/room.ts'
import { decimalText } from '../../src/language/index.ts'
import { read, textOf } from '../reading/setting.ts'
import { ENDED, findingsOf, RUNNING, saidOf, say, wordings } from './setting.ts'

interface Expected {
  code: string
  line: number
  /** The words that the finding points at. */
  at?: string
  /** Parts of the message in both languages, in English, in Spanish. */
  says?: string[]
  en?: string[]
  es?: string[]
  /** Lines of other places that must be labelled. */
  related?: number[]
  money?: string
  /** Found only after the dates of the text have passed. */
  later?: boolean
}

const { reported, silent } = parse(textOf('test/findings/expected.yaml')) as {
  reported: Expected[]
  silent: { code: string; why: string }[]
}

test('every row of the list is there', () => {
  expect(reported).toHaveLength(40)
  expect(new Set(reported.map((each) => `${each.code} ${each.line}`)).size).toBe(40)
})

test('every silent code exists', () => {
  expect(silent.map((each) => each.code).filter((code) => !(code in findingPages()))).toEqual([])
})

describe.each(wordings())('$name', ({ text }) => {
  const agreement = read(text)
  const found: Record<string, Finding[]> = {
    [RUNNING]: findingsOf(agreement, RUNNING),
    [ENDED]: findingsOf(agreement, ENDED),
  }
  const at = (day: string, { code, line }: Expected): Finding[] =>
    (found[day] ?? []).filter((each) => each.code === code && each.primary.line === line)

  test.each(reported)('$code at line $line', (expected) => {
    const [finding, ...more] = at(ENDED, expected)
    expect(finding, 'not found').toBeDefined()
    expect(more, 'found twice').toEqual([])
    expect(at(RUNNING, expected), `as of ${RUNNING}`).toHaveLength(expected.later ? 0 : 1)
    if (finding) agrees(finding, expected, agreement.lines)
  })

  test.each(silent)('$code is silent: $why', ({ code }) => {
    for (const findings of Object.values(found)) expect(findings.filter((each) => each.code === code)).toEqual([])
  })

  test('nothing is left of the dates while the contract runs', () => {
    for (const code of ['term/ended', 'governance/review-overdue', 'evidence-readiness/declaration-stale'])
      expect(found[RUNNING]?.filter((each) => each.code === code)).toEqual([])
  })
})

function agrees(finding: Finding, expected: Expected, lines: readonly string[]): void {
  const { line, column, endColumn } = finding.primary
  const pointed = lines[line - 1]?.slice(column - 1, endColumn - 1)
  if (expected.at) expect(pointed).toBe(expected.at)
  else expect(pointed?.trim()).not.toBe('')
  for (const language of ['en', 'es'] as const) {
    const message = saidOf(finding, language)
    for (const part of [...(expected.says ?? []), ...(expected[language] ?? [])]) expect(message).toContain(part)
    for (const each of finding.related) {
      const label = say(language, { id: each.label, params: each.params })
      expect(label.trim()).not.toBe('')
      expect(label).not.toContain(each.label)
    }
  }
  const labelled = finding.related.map((each) => each.span.line)
  for (const other of expected.related ?? []) expect(labelled, `line ${other} has a label`).toContain(other)
  if (expected.money) expect(finding.money && decimalText(finding.money)).toBe(expected.money)
}

test('the twins and the real document have the same findings at the same lines', () => {
  const [first, ...others] = wordings().map(({ text }) =>
    findingsOf(read(text), ENDED).map((each) => `${each.primary.line} ${each.code}`),
  )
  for (const other of others) expect(other).toEqual(first)
})
