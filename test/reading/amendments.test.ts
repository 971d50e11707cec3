import { describe, expect, it } from 'vitest'
import {
  type Agreement,
  type Amendment,
  consolidate,
  diffAgreements,
  RuleBook,
  readAmendment,
} from '../../src/agreement/index.ts'
import { clauseRooms } from '../../src/clauses/registry.ts'
import { judgeOne } from '../../src/standing/index.ts'
import { context, read, textOf } from './setting.ts'

const original = read(textOf('agreements/wom-aws-chile/agreement.md'))
const balance = Object.fromEntries(clauseRooms.map((room) => [room.id, room.favours]))

const LOWERED = `amendment: 1
id: first
title: The second year is lowered
effective: 2024-07-01
recorded: 2024-09-15
signed: {on: 2024-09-10, by: [A. Díaz, B. Smith]}
changes:
  - {clause: commitment/year-2, term: minimum, was: {amount: "4000000", currency: XXX}, becomes: {amount: "3100000", currency: XXX, sign: $}}
  - {clause: exit/contract-end, ends: true}
  - adds:
      kind: provision
      title: Quarterly savings report
      force: obligation
      obligor: provider
      beneficiary: partner
      terms: {text: AWS shall deliver a savings report each quarter., modal: shall}
`

function amendment(text: string): Amendment {
  const { amendment: found, problems } = readAmendment(text, 'amendments/first.yaml')
  expect(problems).toEqual([])
  return found as Amendment
}

const exitId = original.clauses.find((clause) => clause.kind === 'exit')?.id as string
const first = amendment(LOWERED.replace('exit/contract-end', exitId))
const asOf = (date: string, knownAt = date): Agreement => consolidate(original, [first], date, knownAt, context.kinds)
function minimum(agreement: Agreement): string {
  const clause = agreement.clauses.find((each) => each.id === 'commitment/year-2')
  const terms = clause?.terms as { minimum: { amount: string } } | undefined
  return terms?.minimum.amount ?? 'none'
}

describe('the consolidated text', () => {
  it('is the old one before the amendment takes effect', () =>
    expect(minimum(asOf('2024-06-30', '2024-12-31'))).toBe('4000000'))
  it('is the new one from the day it takes effect', () =>
    expect(minimum(asOf('2024-07-01', '2024-12-31'))).toBe('3100000'))
  it('is the old one as far as was known before it was recorded', () =>
    expect(minimum(asOf('2024-08-01', '2024-09-14'))).toBe('4000000'))
  it('is the new one from the day it was recorded', () =>
    expect(minimum(asOf('2024-08-01', '2024-09-15'))).toBe('3100000'))
  it('ends and adds clauses, and each changed clause names its amendment and the amending words', () => {
    const now = asOf('2025-01-31')
    expect(now.clauses.some((clause) => clause.id === exitId)).toBe(false)
    const added = now.clauses.find((clause) => clause.id === 'provision/quarterly-savings-report')
    expect(added?.amendedBy).toEqual(['first'])
    const changed = now.clauses.find((clause) => clause.id === 'commitment/year-2')
    expect(changed?.amendedBy).toEqual(['first'])
    expect(changed?.places.minimum?.file).toBe('amendments/first.yaml')
    expect(changed?.cells.find((cell) => cell.role === 'minimum')?.text).toContain('3100000')
  })
  it('leaves the original untouched', () => {
    asOf('2025-01-31')
    expect(minimum(original)).toBe('4000000')
    expect(original.clauses.some((clause) => clause.id === exitId)).toBe(true)
  })
  it('does not apply a change whose old value is not the text’s', () => {
    const stale = amendment(LOWERED.replace('exit/contract-end', exitId).replace('"4000000"', '"4500000"'))
    const result = consolidate(original, [stale], '2025-01-31', '2025-01-31', context.kinds)
    expect(minimum(result)).toBe('4000000')
    expect(result.amendments?.[0]?.changes[0]?.outcome).toBe('stale-original')
  })
  it('does not depend on the order in which amendments are handed in', () => {
    const second = amendment(
      LOWERED.replace('id: first', 'id: second')
        .replace('effective: 2024-07-01', 'effective: 2025-01-01')
        .replace(/was: \{[^}]*\}, /, '')
        .replace('"3100000"', '"3200000"')
        .replace(/ {2}- \{clause: exit[\s\S]*$/, ''),
    )
    const forth = consolidate(original, [first, second], '2025-01-31', '2025-01-31', context.kinds)
    const back = consolidate(original, [second, first], '2025-01-31', '2025-01-31', context.kinds)
    expect(forth).toEqual(back)
    expect(minimum(forth)).toBe('3200000')
  })
})

it('standing follows the amended text', () => {
  const judged = (agreement: Agreement): string | undefined => {
    const rules = new RuleBook(agreement)
    return judgeOne(
      {
        agreement,
        rules,
        facts: context.facts,
        rooms: clauseRooms,
        evidence: [],
        asOf: '2025-01-31',
        knownAt: '2025-01-31',
      },
      'commitment/year-2',
    )?.judgement.verdict
  }
  expect(judged(original)).toBe('at-risk')
  expect(judged(asOf('2025-01-31'))).toBe('not-due')
})

describe('diff', () => {
  const changes = diffAgreements(original, asOf('2025-01-31'), balance)
  it('names each change once, with its places', () => {
    expect(changes.map((change) => `${change.change} ${change.clause} ${change.term ?? ''}`.trim()).sort()).toEqual(
      ['added provision/quarterly-savings-report', 'changed commitment/year-2 minimum', `removed ${exitId}`].sort(),
    )
  })
  it('says whom it favours', () => {
    expect(changes.find((change) => change.clause === 'commitment/year-2')?.favours).toBe('payer')
    expect(changes.find((change) => change.change === 'added')?.favours).toBe('payer')
  })
  it('mirrors: what favours one side one way favours the other the other way', () => {
    const mirrored = diffAgreements(asOf('2025-01-31'), original, balance)
    const other = { payer: 'provider', provider: 'payer', neutral: 'neutral' }
    expect(mirrored.map((change) => [change.clause, change.favours]).sort()).toEqual(
      changes.map((change) => [change.clause, other[change.favours]]).sort(),
    )
  })
  it('finds nothing between a text and itself', () => expect(diffAgreements(original, original, balance)).toEqual([]))
  it('knows which terms favour whom', () => {
    const text = textOf('agreements/wom-aws-chile/agreement.md')
    const favoured = (from: string, to: string): string[] =>
      diffAgreements(original, read(text.replace(from, to)), balance).map(
        (change) => `${change.clause} ${change.term} ${change.favours}`,
      )
    expect(favoured('$5M | 12%', '$5M | 14%')).toEqual(['commitment/year-3 discount payer'])
    expect(favoured('$5M | 12%', '$6M | 12%')).toEqual(['commitment/year-3 minimum provider'])
    expect(favoured('| Duration | 3 years |', '| Duration | 4 years |')).toEqual(['term/duration duration neutral'])
  })
})
