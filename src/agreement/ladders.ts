import { decimal } from '../language/index.ts'
import type { TopicValue } from './topics.ts'

type Ladder = Partial<TopicValue<'credit-ladder'>>

const NUMBER = '(\\d+(?:[.,]\\d+)?) ?%'
const UNDER =
  '(?:below|under|less than|falls below|<|bajo|menos de|inferior(?:es)? a|por debajo de|menor(?:es)? (?:a|que|de))'
// "10% credit below 99.9%" or "below 99.9%: 10%".
const CREDIT_FIRST = new RegExp(`${NUMBER}[^%;.]{0,40}?${UNDER} ?${NUMBER}`, 'giu')
const BOUND_FIRST = new RegExp(`${UNDER} ?${NUMBER}[^%;]{0,60}?${NUMBER}`, 'giu')

/** The steps of a credit ladder that a sentence states; undefined when its words give none. */
export function ladderOf(text: string): Ladder | undefined {
  const plainText = text.normalize('NFD').replace(/[\u0300-\u036f]/g, '')
  const first = [...plainText.matchAll(CREDIT_FIRST)].map((match) => step(match[2], match[1]))
  const second = [...plainText.matchAll(BOUND_FIRST)].map((match) => step(match[1], match[2]))
  // The reading that explains more of the sentence is meant; of two that explain as much, the one with credits below the bounds.
  const sensible = (each: Step[]): number =>
    each.filter(({ below, credit }) => decimal(below).gt(decimal(credit))).length
  const steps = [first, second]
    .filter((each) => each.length > 0)
    .sort((x, y) => y.length - x.length || sensible(y) - sensible(x))[0]
  if (!steps) return undefined
  const falling = [...steps].sort((a, b) => decimal(b.below).comparedTo(decimal(a.below)))
  return {
    bands: falling.map(({ below, credit }, at) => {
      const next = falling[at + 1]?.below
      return next === undefined ? { below, credit } : { below, atLeast: next, credit }
    }),
  }
}

interface Step {
  below: string
  credit: string
}

// Inside a percentage a single mark is always the decimal one.
function step(below = '', credit = ''): Step {
  return { below: below.replace(',', '.'), credit: credit.replace(',', '.') }
}
