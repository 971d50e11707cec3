import { describe, expect, test } from 'vitest'
import { checkRooms, findingPages } from '../../src/checks/registry.ts'
import { runChecks } from '../../src/checks/run.ts'
import { decimalText, speaker } from '../../src/language/index.ts'
import { allWords } from '../../src/reports/index.ts'
import { agreementOf, type Case, casesOf, facts, rulesOf, supplementOf, textOf } from './setting.ts'

interface CheckCase extends Case {
  /** Codes of this family that must be found, once for each finding; an empty list is a passing case. */
  finds: string[]
  /** Words of the line at which the first finding must point. */
  at?: string
  /** Part of the first finding's English message. */
  says?: string
  money?: string
}

const pages = findingPages()
const words = allWords()

for (const each of casesOf<CheckCase>('src/checks', process.env.ROOM)) {
  describe(each.file, () => {
    test(`${[each.rule].flat().join(', ')}: ${each.name}`, () => {
      const family = each.file.split('/')[2]
      const agreement = agreementOf(each)
      const supplement = supplementOf(each)
      const room = checkRooms.filter((one) => one.id === family)
      const input = {
        agreement,
        rules: rulesOf(agreement, supplement),
        facts,
        asOf: each.asOf ?? '2025-01-31',
        ...(supplement ? { supplement } : {}),
      }
      const wanted = [each.rule].flat()
      const findings = runChecks(room, pages, input).filter((finding) => wanted.includes(finding.rule))
      expect(findings.map((finding) => finding.code).sort()).toEqual([...each.finds].sort())
      for (const finding of findings)
        for (const language of ['en', 'es'] as const) {
          const speak = speaker(language, words)
          const texts = [
            { id: finding.code, params: finding.params },
            { id: `${finding.code}.fix`, params: finding.params },
            ...finding.related.map((one) => ({ id: one.label, params: one.params })),
          ].map((one) => [one.id, speak.say(one)])
          for (const [id, text] of texts) {
            expect(text, `${id} has an unfilled placeholder`).not.toMatch(/\{[a-zA-Z]/)
            expect(text, `${id} has no words`).not.toBe(id)
          }
        }
      const [first] = findings
      if (each.at) expect(textOf(each).split('\n')[(first?.primary.line ?? 0) - 1]).toContain(each.at)
      if (each.says && first)
        expect(speaker('en', words).say({ id: first.code, params: first.params })).toContain(each.says)
      if (each.money) expect(first?.money && decimalText(first.money)).toBe(each.money)
    })
  })
}

test('cases were found', () => {
  expect(casesOf('src/checks', process.env.ROOM).length).toBeGreaterThan(0)
})
