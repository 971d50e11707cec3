import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { clauseRooms, clauseWords } from '../../src/clauses/registry.ts'
import { readFacts } from '../../src/evidence/index.ts'
import { decimalText, speaker } from '../../src/language/index.ts'
import { judgeOne } from '../../src/standing/index.ts'
import { agreementOf, type Case, casesOf, facts, rulesOf, supplementOf } from './setting.ts'

interface ClauseCase extends Case {
  /** Id of the clause the case looks at. */
  clause: string
  evidence?: object[]
  knownAt?: string
  expect: {
    /** Subset of the clause as read: force, obligor, beneficiary, title, terms … */
    reads?: object
    verdict?: string
    lifecycle?: string
    measure?: object | null
    grade?: string | null
    /** Plain decimal text. */
    moneyAtStake?: string | null
    nextDate?: string | null
    /** Part of the English reason. */
    reason?: string
  }
}

const say = speaker('en', clauseWords())

for (const each of casesOf<ClauseCase>('src/clauses', process.env.ROOM)) {
  describe(each.file, () => {
    test(`${[each.rule].flat().join(', ')}: ${each.name}`, () => {
      const agreement = agreementOf(each)
      const clause = agreement.clauses.find((one) => one.id === each.clause)
      expect(
        clause,
        `no clause ${each.clause}; there are ${agreement.clauses.map((one) => one.id).join(', ')}`,
      ).toBeDefined()
      if (each.expect.reads) expect(clause).toMatchObject(each.expect.reads)
      const room = clauseRooms.find((one) => one.id === clause?.kind)
      expect(room?.terms.safeParse(clause?.terms).error?.message).toBeUndefined()
      if (!('verdict' in each.expect)) return
      const supplement = supplementOf(each)
      const evidence = readFacts(stringify({ facts: each.evidence ?? [] }), 'evidence.yaml')
      expect(evidence.problems).toEqual([])
      const asOf = each.asOf ?? '2025-01-31'
      const line = judgeOne(
        {
          agreement,
          rules: rulesOf(agreement, supplement),
          supplement,
          facts,
          rooms: clauseRooms,
          evidence: evidence.facts,
          asOf,
          knownAt: each.knownAt ?? asOf,
        },
        each.clause,
      )
      const { judgement } = line as NonNullable<typeof line>
      const reason = say.say(judgement.reason)
      expect(reason).not.toContain('{')
      expect(reason).not.toBe(judgement.reason.id)
      const { reads: _, reason: part, moneyAtStake, ...rest } = each.expect
      expect(judgement).toMatchObject(rest)
      if (part) expect(reason).toContain(part)
      if (moneyAtStake !== undefined)
        expect(judgement.moneyAtStake && decimalText(judgement.moneyAtStake)).toBe(moneyAtStake)
    })
  })
}

test('cases were found', () => {
  expect(casesOf('src/clauses', process.env.ROOM).length).toBeGreaterThan(0)
})
