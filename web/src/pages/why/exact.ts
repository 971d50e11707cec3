const DECIMAL = /^-?\d+(\.\d+)?$/

/** Whether a text is a plain decimal, such as `-679.7`. */
export function isDecimal(text: unknown): text is string {
  return typeof text === 'string' && DECIMAL.test(text)
}

interface Scaled {
  units: bigint
  scale: number
}

function scaled(text: string): Scaled {
  const [whole = '0', fraction = ''] = text.split('.')
  return { units: BigInt(whole + fraction), scale: fraction.length }
}

function at(scale: number, value: Scaled): bigint {
  return value.units * 10n ** BigInt(scale - value.scale)
}

/** The exact sum of decimal texts, without trailing zeros. */
export function exactSum(texts: readonly string[]): string {
  const values = texts.map(scaled)
  const scale = values.reduce((most, each) => Math.max(most, each.scale), 0)
  const total = values.reduce((sum, each) => sum + at(scale, each), 0n)
  return written({ units: total, scale })
}

function written({ units, scale }: Scaled): string {
  const negative = units < 0n
  const digits = (negative ? -units : units).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '')
  const text = fraction === '' ? whole : `${whole}.${fraction}`
  return negative && text !== '0' ? `-${text}` : text
}

/** Whether two decimal texts are the same number. */
export function sameNumber(one: string, other: string): boolean {
  const [a, b] = [scaled(one), scaled(other)]
  const scale = Math.max(a.scale, b.scale)
  return at(scale, a) === at(scale, b)
}
