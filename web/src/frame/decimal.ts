/** A decimal number in text, taken apart; amounts stay text so that no digit is lost. */
export interface DecimalParts {
  negative: boolean
  /** Without leading zeros. */
  whole: string
  /** Without trailing zeros. */
  fraction: string
}

/** Takes a decimal number in text apart; undefined when it is none. */
export function decimalParts(text: string): DecimalParts | undefined {
  const found = /^\s*([-+])?(\d+)(?:\.(\d+))?\s*$/.exec(text)
  if (!found) return undefined
  const whole = (found[2] ?? '').replace(/^0+(?=\d)/, '')
  const fraction = (found[3] ?? '').replace(/0+$/, '')
  return { negative: found[1] === '-' && !(whole === '0' && fraction === ''), whole, fraction }
}

/** Orders decimal numbers in text exactly; what is no number comes first. */
export function compareDecimals(left: string, right: string): number {
  const [a, b] = [decimalParts(left), decimalParts(right)]
  if (!a || !b) return (a ? 1 : 0) - (b ? 1 : 0)
  if (a.negative !== b.negative) return a.negative ? -1 : 1
  const size = compareSizes(a, b)
  return a.negative ? -size : size
}

function compareSizes(a: DecimalParts, b: DecimalParts): number {
  if (a.whole.length !== b.whole.length) return a.whole.length - b.whole.length
  if (a.whole !== b.whole) return a.whole < b.whole ? -1 : 1
  if (a.fraction === b.fraction) return 0
  return a.fraction < b.fraction ? -1 : 1
}
