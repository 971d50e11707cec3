import { describe, expect, test } from 'vitest'
import { RuleBook, readSupplement } from '../../src/agreement/index.ts'
import { clauseRooms } from '../../src/clauses/registry.ts'
import { VERDICTS } from '../../src/clauses/room.ts'
import { counts, judgeOne, standingOf } from '../../src/standing/index.ts'
import { type Case, casesOf } from '../cases/setting.ts'
import { context, read, textOf } from '../reading/setting.ts'
import { ENGLISH, RUNNING, say } from './setting.ts'

const cases = casesOf<Case & { expect: { verdict?: string } }>('src/clauses')
const agreement = read(textOf(ENGLISH))

/** Verdicts that the cases of a kind expect; test/cases/clauses.test.ts proves that they come. */
function verdictsOf(kind?: string): Set<string> {
  const own = cases.filter((each) => kind === undefined || each.file.startsWith(`src/clauses/${kind}/`))
  return new Set(own.flatMap((each) => each.expect.verdict ?? []))
}

describe('the cases of the rooms', () => {
  test('have all six verdicts', () => {
    expect(VERDICTS).toHaveLength(6)
    expect([...verdictsOf()].sort()).toEqual([...VERDICTS].sort())
  })

  const kinds = [...new Set(agreement.clauses.filter(counts).map((clause) => clause.kind))].sort()

  test('are about every kind that obliges somebody', () => expect(kinds.length).toBeGreaterThanOrEqual(14))

  test.each(kinds)('%s can be decided, and can be undetermined', (kind) => {
    const verdicts = verdictsOf(kind)
    expect(['met', 'breached', 'at-risk'].filter((each) => verdicts.has(each))).not.toEqual([])
    expect(verdicts).toContain('undetermined')
  })
})

describe('a waiver in a supplement', () => {
  const input = { agreement, rules: new RuleBook(agreement), facts: context.facts, rooms: clauseRooms, evidence: [] }

  function standingWith(waiver: object, asOf = RUNNING) {
    const { supplement, problems } = readSupplement(
      JSON.stringify({ supplement: 1, waivers: [waiver] }),
      'supplement.yaml',
    )
    expect(problems).toEqual([])
    return standingOf({ ...input, supplement, asOf, knownAt: asOf })
  }

  const clause = 'standard/data-residency'
  const waiver = {
    clause,
    reason: 'a region in Chile is to open',
    approvedBy: 'Commercial Director',
    until: '2025-06-30',
  }
  const verdictOf = (given: object, asOf?: string) =>
    standingWith(given, asOf).lines.find((each) => each.clause.id === clause)?.judgement

  test('gives `waived`, and the trace keeps what it would be', () => {
    const plain = judgeOne({ ...input, asOf: RUNNING, knownAt: RUNNING }, clause)?.judgement
    const waived = verdictOf(waiver)
    expect(plain?.verdict).toBe('breached')
    expect(waived?.verdict).toBe('waived')
    expect(waived?.trace.children).toEqual([plain?.trace])
    expect(waived?.trace.children[0]).toMatchObject({ kind: 'verdict', value: { word: 'verdict.breached' } })
    expect(waived?.trace.span).toMatchObject({ file: 'supplement.yaml' })
    const [en, es] = (['en', 'es'] as const).map((language) => waived && say(language, waived.reason))
    for (const part of ['Commercial Director', '30 June 2025', 'a region in Chile is to open'])
      expect(en).toContain(part)
    for (const part of ['Commercial Director', '30 de junio de 2025']) expect(es).toContain(part)
  })

  test('is counted, and moves one clause only', () => {
    const plain = standingOf({ ...input, asOf: RUNNING, knownAt: RUNNING }).summary
    expect(standingWith(waiver).summary).toEqual({ ...plain, breached: plain.breached - 1, waived: 1 })
  })

  test('holds through its last day and no longer', () => {
    expect(verdictOf(waiver, '2025-06-30')?.verdict).toBe('waived')
    expect(verdictOf(waiver, '2025-07-01')?.verdict).toBe('breached')
  })

  test.each(['reason', 'approvedBy', 'until'])('excuses nothing without its %s', (field) => {
    expect(verdictOf({ ...waiver, [field]: undefined })?.verdict).toBe('breached')
  })

  test('of a finding excuses no clause, and what is met needs none', () => {
    expect(verdictOf({ ...waiver, finding: 'residency/service-unavailable' })?.verdict).toBe('breached')
    const met = standingWith({ ...waiver, clause: 'standard/encryption' })
    expect(met.lines.find((each) => each.clause.id === 'standard/encryption')?.judgement.verdict).toBe('met')
  })
})
