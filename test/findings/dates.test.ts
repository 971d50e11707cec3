import { describe, expect, test } from 'vitest'
import { RuleBook } from '../../src/agreement/index.ts'
import { clauseRooms } from '../../src/clauses/registry.ts'
import { type Standing, type StandingLine, standingOf } from '../../src/standing/index.ts'
import { context, read } from '../reading/setting.ts'
import { ENDED, RUNNING, say, wordings } from './setting.ts'

const FIRST_DAY = '2023-07-01'

// Rows whose state, holders or present figure the document itself declares.
const DECLARED = [64, 65, 66, 67, 68, 74, 75, 76, 77, 110, 111, 112, 113, 132, 133, 134, 135, 208, 209, 210, 211]

describe.each(wordings())('$name', ({ text }) => {
  const agreement = read(text)
  const at = (asOf: string, knownAt = asOf): Standing =>
    standingOf({
      agreement,
      rules: new RuleBook(agreement),
      facts: context.facts,
      rooms: clauseRooms,
      evidence: [],
      asOf,
      knownAt,
    })
  const standings = { [FIRST_DAY]: at(FIRST_DAY), [RUNNING]: at(RUNNING), [ENDED]: at(ENDED) }
  const [begun, running, ended] = Object.values(standings) as [Standing, Standing, Standing]

  test('three dates, three standings, and the same each time', () => {
    expect(new Set([begun, running, ended].map((each) => JSON.stringify(each.summary))).size).toBe(3)
    for (const [asOf, standing] of Object.entries(standings)) expect(at(asOf)).toEqual(standing)
  })

  test('every verdict is explained in English and Spanish, down to the words of the text', () => {
    for (const { lines } of [begun, running, ended])
      for (const { clause, judgement } of lines) {
        const [en, es] = [say('en', judgement.reason), say('es', judgement.reason)]
        expect(en, clause.id).not.toBe(judgement.reason.id)
        expect(es, clause.id).not.toBe(en)
        expect(`${en} ${es}`, clause.id).not.toMatch(/\{|undefined|\bnull\b/)
        expect(JSON.stringify(judgement.trace.children, plainly), clause.id).toContain('"kind":"clause"')
      }
  })

  describe(`${FIRST_DAY}: nothing is measured yet`, () => {
    test('no verdict rests on declarations that came a year and a half later', () => {
      expect(begun.summary).toMatchObject({ met: 0, 'at-risk': 0, breached: 0, waived: 0 })
      expect(begun.evidenceThrough).toBeNull()
      for (const { judgement } of begun.lines) expect(judgement.grade).toBeNull()
    })

    test.each(DECLARED)('line %i says that its declaration is still to come', (line) => {
      const { judgement } = on(begun, line)
      expect(judgement.verdict).toBe('undetermined')
      expect(judgement.reason.id).toBe('clause.declaration-not-yet')
      expect(say('en', judgement.reason)).toContain('31 January 2025')
      expect(say('es', judgement.reason)).toContain('31 de enero de 2025')
    })

    test('later years and the exit have not begun', () => {
      for (const [line, next] of [
        [43, '2024-07-01'],
        [44, '2025-07-01'],
        [228, '2026-07-01'],
        [229, '2026-07-01'],
        [230, '2026-07-01'],
      ] as const)
        expect(on(begun, line).judgement).toMatchObject({ verdict: 'not-due', lifecycle: 'not-begun', nextDate: next })
    })
  })

  describe(`${RUNNING}: the contract runs`, () => {
    test('what is declared is judged', () => {
      expect(running.evidenceThrough).toBe('2025-01-31')
      expect(running.summary.met).toBeGreaterThan(0)
      for (const line of [74, 77, 208, 209, 210, 211])
        expect(on(running, line).judgement, `line ${line}`).toMatchObject({ verdict: 'met', grade: 'declared' })
    })

    test('the total, the second year and the growth are at risk, with what is missing', () => {
      for (const line of [12, 43, 110, 111, 112])
        expect(on(running, line).judgement, `line ${line}`).toMatchObject({ verdict: 'at-risk', grade: 'declared' })
      expect(say('en', on(running, 12).judgement.reason)).toContain('$2,640,000 below')
      expect(say('es', on(running, 12).judgement.reason)).toContain('$2.640.000 bajo')
      expect(say('en', on(running, 43).judgement.reason)).toContain('$880,000 below')
      expect(on(running, 110).judgement.measure).toMatchObject({ value: '25', target: '75' })
    })

    test('data residency is breached: no open region of Chile has the services', () => {
      const { judgement } = on(running, 76)
      expect(judgement).toMatchObject({ verdict: 'breached', grade: 'declared' })
      for (const language of ['en', 'es'] as const)
        for (const part of ['Chile', 'Amazon Connect']) expect(say(language, judgement.reason)).toContain(part)
    })

    test('what nobody declares is undetermined and names what is needed', () => {
      expect(say('en', on(running, 97).judgement.reason)).toContain('probes')
      for (const line of [97, 98, 99, 100, 141, 154, 163, 185, 200])
        expect(on(running, line).judgement.verdict, `line ${line}`).toBe('undetermined')
    })

    test('a target without a date is undetermined, with its figures', () => {
      expect(on(running, 132).judgement).toMatchObject({
        verdict: 'undetermined',
        measure: { value: '8', target: '15' },
      })
    })

    test('known before the review, nothing is judged by it', () => {
      const before = at('2025-06-30', '2024-12-31')
      expect(before.summary).toMatchObject({ met: 0, breached: 0, 'at-risk': 0 })
      expect(on(before, 74).judgement.reason.id).toBe('clause.declaration-not-yet')
      expect(at('2025-06-30').summary.met).toBeGreaterThan(0)
    })
  })

  describe(`${ENDED}: the term is over`, () => {
    test('nothing rests on declarations that nobody renewed', () => {
      expect(ended.summary).toMatchObject({ met: 0, 'at-risk': 0, breached: 0, waived: 0 })
      expect(ended.evidenceThrough).toBe('2025-01-31')
    })

    test.each(DECLARED)('line %i says that its declaration is stale', (line) => {
      const { judgement } = on(ended, line)
      expect(judgement).toMatchObject({ verdict: 'undetermined', lifecycle: 'ended' })
      const [en, es] = [say('en', judgement.reason), say('es', judgement.reason)]
      for (const part of ['31 January 2025', 'stale since 1 August 2025']) expect(en).toContain(part)
      for (const part of ['31 de enero de 2025', '1 de agosto de 2025']) expect(es).toContain(part)
    })

    test('the term says when it ended', () => {
      const { judgement } = on(ended, 11)
      expect(judgement.lifecycle).toBe('ended')
      expect(say('en', judgement.reason)).toContain('30 June 2026')
      expect(say('es', judgement.reason)).toContain('30 de junio de 2026')
    })

    test('90 days have run out, 180 days and 12 months run on', () => {
      expect(on(ended, 228).judgement).toMatchObject({ verdict: 'undetermined', lifecycle: 'ended' })
      expect(say('en', on(ended, 228).judgement.reason)).toContain('29 September 2026')
      const clocks = [
        [229, '2026-12-28', '28 December 2026', '28 de diciembre de 2026'],
        [230, '2027-07-01', '1 July 2027', '1 de julio de 2027'],
      ] as const
      for (const [line, nextDate, en, es] of clocks) {
        const { judgement } = on(ended, line)
        expect(judgement).toMatchObject({ verdict: 'not-due', lifecycle: 'running', nextDate })
        expect(say('en', judgement.reason)).toContain(en)
        expect(say('es', judgement.reason)).toContain(es)
      }
    })

    test('years that no bill covers, and the review that nobody held, are undetermined', () => {
      for (const line of [12, 42, 43, 44]) {
        const { judgement } = on(ended, line)
        expect(judgement).toMatchObject({ verdict: 'undetermined', lifecycle: 'ended' })
        expect(say('en', judgement.reason)).toContain('cost-and-usage')
      }
      expect(on(ended, 237).judgement.verdict).toBe('undetermined')
      expect(say('en', on(ended, 237).judgement.reason)).toContain('31 July 2025')
    })
  })
})

test('all wordings stand alike on every day', () => {
  const verdicts = wordings().map(({ text }) => {
    const agreement = read(text)
    const common = { agreement, rules: new RuleBook(agreement), facts: context.facts, rooms: clauseRooms, evidence: [] }
    return [FIRST_DAY, RUNNING, ENDED].map((asOf) =>
      standingOf({ ...common, asOf, knownAt: asOf })
        .lines.map(({ clause, judgement }) => `${clause.span.line} ${judgement.verdict} ${judgement.nextDate}`)
        .sort(),
    )
  })
  for (const other of verdicts.slice(1)) expect(other).toEqual(verdicts[0])
})

/** The clause on a line; every line here has exactly one. */
function on({ lines }: Standing, line: number): StandingLine {
  const [found, ...more] = lines.filter(({ clause }) => clause.span.line === line)
  expect(more, `one clause at line ${line}`).toEqual([])
  return found as StandingLine
}

function plainly(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
