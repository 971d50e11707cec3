import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fateOf, type Telling, winnerOf } from '../../src/evidence/ledger/told.ts'

const days = fc.constantFrom('2025-01-01', '2025-02-01', '2025-03-01')
/** A source that numbers its versions never tells two things under one number. */
const numbered = fc
  .record({ version: fc.constantFrom('1', '2', '3'), receivedAt: days })
  .map((each): Telling => ({ ...each, content: `content of ${each.version}` }))
const telling: fc.Arbitrary<Telling> = fc.record({
  version: fc.constantFrom('', '1', '2'),
  content: fc.constantFrom('a', 'b', 'c'),
  receivedAt: days,
})

/** What the ledger holds after hearing tellings in an order: duplicates leave nothing. */
function heard(tellings: readonly Telling[]): Telling[] {
  const known: Telling[] = []
  for (const each of tellings) if (fateOf(each, known) !== 'duplicate') known.push(each)
  return known
}

function standingAt(known: readonly Telling[], day: string): string | undefined {
  return winnerOf(known.filter((each) => each.receivedAt <= day))?.content
}

test('whatever the order in which versions arrive, the same one stands on every day', () => {
  const shuffled = fc
    .array(numbered, { maxLength: 7 })
    .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })))
  fc.assert(
    fc.property(shuffled, ([list, other]) => {
      const [one, two] = [heard(list), heard(other)]
      for (const day of ['2025-01-15', '2025-02-15', '2025-03-15'])
        expect(standingAt(two, day)).toBe(standingAt(one, day))
    }),
    { numRuns: 2000 },
  )
})

test('hearing everything again changes nothing', () => {
  fc.assert(
    fc.property(fc.array(telling, { maxLength: 8 }), (list) => {
      const known = heard(list)
      const before = ['2025-01-15', '2025-02-15', '2025-03-15'].map((day) => standingAt(known, day))
      const again = [...known]
      for (const each of known) if (fateOf(each, again) !== 'duplicate') again.push(each)
      expect(['2025-01-15', '2025-02-15', '2025-03-15'].map((day) => standingAt(again, day))).toEqual(before)
    }),
    { numRuns: 1000 },
  )
})

test('what stands is told again after something else stood: it is news', () => {
  const [a, b] = [
    { version: '', content: 'a', receivedAt: '2025-01-01' },
    { version: '', content: 'b', receivedAt: '2025-02-01' },
  ]
  expect(fateOf({ ...a, receivedAt: '2025-03-01' }, [a, b])).toBe('kept')
  expect(fateOf({ ...b, receivedAt: '2025-03-01' }, [a, b])).toBe('duplicate')
  expect(fateOf({ ...a, receivedAt: '2025-01-15' }, [a, b])).toBe('duplicate')
})

test('the same telling, received earlier than anybody knew', () => {
  const known = [{ version: '7', content: 'a', receivedAt: '2025-03-01' }]
  expect(fateOf({ version: '7', content: 'a', receivedAt: '2025-01-01' }, known)).toBe('kept')
})
