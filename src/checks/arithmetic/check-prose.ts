import { findPer, moneyIn, parseMoney, plain } from '../../agreement/index.ts'
import { amountOf, decimal, decimalText, exact, subtract, times } from '../../language/index.ts'
import { type Passage, passagesOf, placeIn } from '../passages.ts'
import type { CheckContext, Draft } from '../room.ts'
import { comparable, type PeriodicAmount } from '../run-rate.ts'
import { isApproximate, roundingOf } from './check-figures.ts'

/** An amount as a sentence states it, with the period that its words give it. */
interface Said {
  text: string
  index: number
  amount: PeriodicAmount
  per: ReturnType<typeof findPer>
}

// "US$ 10 a month or US$ 100 a year" offers a choice; these words say that both are the same.
const SAME =
  /=|[([]|\b(?:equivalent\w*|equal\w*|that is|i\.e\.|which (?:is|makes|comes to)|making|amounting|equival\w*|esto es|es decir|o sea|igual\w*|lo que (?:es|suma|hace|da)|vale decir)(?![\p{L}])/iu
const CHEAPER =
  /\b(?:advance|upfront|up front|prepa\w+|discount\w*|if paid|anticipad\w*|por adelantado|adelantad\w*|descuent\w*|rebaja\w*|si se paga)\b/

/** ARI-5: one sentence states an amount for a month and, as the same, one for a year that is not twelve times it. */
export function annualisedInProse(context: CheckContext): Draft[] {
  const { agreement } = context
  return passagesOf(agreement).flatMap((passage): Draft[] => {
    const { clause, text } = passage
    // A price's own amounts are compared as terms.
    if (!clause || clause.kind === 'price' || !/\d\D+\d/.test(text)) return []
    return pairsIn(text, agreement.decimalMark).flatMap((pair) => wrongPair(context, passage, pair))
  })
}

function pairsIn(text: string, decimalMark: '.' | ','): [Said, Said][] {
  const found = moneyIn(text)
  return found.slice(1).flatMap((second, at): [Said, Said][] => {
    const first = found[at]
    if (!first) return []
    const end = first.index + first.text.length
    const between = text.slice(end, second.index)
    const same = SAME.exec(between)
    if (!same || between.length > 60) return []
    const rest = text.slice(second.index + second.text.length, found[at + 2]?.index ?? text.length).slice(0, 30)
    const pair = [
      said(first, between.slice(0, same.index), decimalMark),
      said(second, `${between.slice(same.index + same[0].length)} ${rest}`, decimalMark),
    ]
    return pair[0] && pair[1] ? [[pair[0], pair[1]]] : []
  })
}

function said(found: { text: string; index: number }, words: string, decimalMark: '.' | ','): Said | undefined {
  const amount = parseMoney(found.text, decimalMark)
  return amount && { ...found, amount, per: amount.per ?? findPer(words) }
}

function wrongPair({ agreement }: CheckContext, passage: Passage, pair: [Said, Said]): Draft[] {
  const [month, year] = [pair.find((each) => each.per === 'month'), pair.find((each) => each.per === 'year')]
  const { text, clause } = passage
  if (!month || !year || !clause || !comparable([month.amount, year.amount])) return []
  if (CHEAPER.test(plain(text)) || isApproximate(text)) return []
  const [monthly, annual] = [bare(month.amount), bare(year.amount)]
  const twelve = times(monthly, 12)
  const off = decimal(decimalText(subtract(twelve, annual))).abs()
  if (off.lte(roundingOf([year.text]).plus(roundingOf([month.text]).times(12)))) return []
  const difference = amountOf(off.toFixed(), annual.currency, annual.sign)
  return [
    {
      at: placeIn(passage, year.text, year.index, agreement.lines),
      clause: clause.id,
      params: {
        title: clause.cells.length > 1 ? (clause.cells[0]?.text ?? '') : clause.title,
        annual,
        monthly,
        twelve,
        difference,
      },
      related: [{ span: placeIn(passage, month.text, month.index, agreement.lines), label: 'month' }],
      money: difference,
      operands: [year.text],
    },
  ]
}

function bare({ per: _, ...amount }: PeriodicAmount): ReturnType<typeof exact> {
  return exact(amount)
}
