import type { Cell, Clause } from '../../agreement/index.ts'
import { plain } from '../../agreement/index.ts'
import { decimal } from '../../language/index.ts'

type Decimal = ReturnType<typeof decimal>

const MAGNITUDES: [RegExp, number][] = [
  [/\d\s*(?:bn|billion)\b/, 9],
  [/\d\s*(?:mm?|mn|mio|millions?|millon(?:es)?)\b/, 6],
  [/\d\s*(?:k|thousand|mil|miles)\b/, 3],
]

/**
 * One unit of the last digit as a figure is printed: `152` gives 1, `12.5K` gives 100, `99.9 %` gives 0.1.
 * A group of three digits after a mark is taken for thousands unless a magnitude follows.
 */
export function printedStep(text: string): Decimal {
  const body = plain(text)
  const magnitude = MAGNITUDES.find(([words]) => words.test(body))?.[1] ?? 0
  const number = /\d[\d.,]*/.exec(body)?.[0].replace(/[.,]$/, '') ?? ''
  const fraction = /[.,](\d+)$/.exec(number)?.[1] ?? ''
  const groups = number.split(/[.,]/).length - 1
  const decimals =
    fraction.length === 3 && magnitude === 0 && !body.includes('%') ? 0 : groups > 0 ? fraction.length : 0
  return decimal(10).pow(magnitude - decimals)
}

/** Whether a figure is printed with decimals, so that it may have been rounded. */
export function isRounded(text: string): boolean {
  const body = plain(text)
  const magnitude = MAGNITUDES.find(([words]) => words.test(body))?.[1] ?? 0
  return !printedStep(text).eq(decimal(10).pow(magnitude))
}

/** How far printed figures may be off by rounding: half a unit of the last digit of each that shows decimals. */
export function roundingOf(texts: readonly string[]): Decimal {
  return texts.filter(isRounded).reduce((sum, text) => sum.plus(printedStep(text).div(2)), decimal(0))
}

/** The cell that a clause's term was read from. */
function cellOf(clause: Clause, role: string): Cell | undefined {
  return clause.cells.find((cell) => cell.role === role)
}

/** The words of the cell that a term was read from; empty when it was read from no cell. */
export function textOf(clause: Clause, role: string): string {
  return cellOf(clause, role)?.text ?? ''
}

/** Whether a figure says of itself that it is not exact. */
export function isApproximate(text: string): boolean {
  return /[~≈]|\b(?:approx\w*|about|around|circa|ca|aprox\w*|cerca de|alrededor de|unos|unas)\b/.test(plain(text))
}
