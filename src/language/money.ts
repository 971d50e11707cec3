import { Decimal } from 'decimal.js'

// Sixty digits hold any product of a 16-decimal unit price, a quantity and a percentage without rounding.
const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -40, toExpPos: 60 })

/** ISO 4217 code for "no currency involved": here, a currency that the text does not state. */
export const UNSTATED_CURRENCY = 'XXX'

/**
 * An amount as a text or a record states it, ready for JSON and YAML.
 * `amount` is a plain decimal string; `currency` an ISO 4217 code, or XXX when unstated, with `sign` as it was written.
 */
export interface StatedAmount {
  amount: string
  currency: string
  sign?: string
}

/** An exact amount: `units / 10^scale` of the currency. Every digit delivered is kept. */
export interface Amount {
  units: bigint
  scale: number
  currency: string
  sign?: string
}

/** An amount after a named rounding to the currency's minor unit. */
export interface Money {
  minor: bigint
  currency: string
}

/** Thrown when amounts of different currencies meet; callers must convert by a stated rate first. */
export class CurrencyMismatch extends Error {
  constructor(a: string, b: string) {
    super(`amounts in ${a} and ${b} cannot be combined without an exchange rate`)
  }
}

const PLAIN_DECIMAL = /^[+-]?\d+(\.\d+)?$/

/** Makes an exact amount from a plain decimal string such as "-1234.5600". Throws on anything else. */
export function amountOf(decimal: string, currency: string, sign?: string): Amount {
  if (!PLAIN_DECIMAL.test(decimal)) throw new RangeError(`not a plain decimal number: ${decimal}`)
  const [whole = '0', fraction = ''] = decimal.replace('+', '').split('.')
  const amount: Amount = { units: BigInt(whole + fraction), scale: fraction.length, currency }
  if (sign !== undefined) amount.sign = sign
  return amount
}

/** The exact amount of a stated one. */
export function exact(stated: StatedAmount): Amount {
  return amountOf(stated.amount, stated.currency, stated.sign)
}

/** The JSON form of an exact amount. */
export function stated(amount: Amount): StatedAmount {
  const result: StatedAmount = { amount: decimalText(amount), currency: amount.currency }
  if (amount.sign !== undefined) result.sign = amount.sign
  return result
}

/** Plain decimal digits without trailing zeros beyond the point. */
export function decimalText(amount: Amount): string {
  const negative = amount.units < 0n
  const digits = (negative ? -amount.units : amount.units).toString().padStart(amount.scale + 1, '0')
  const whole = digits.slice(0, digits.length - amount.scale)
  const fraction = digits.slice(digits.length - amount.scale).replace(/0+$/, '')
  const text = fraction ? `${whole}.${fraction}` : whole
  return negative && /[1-9]/.test(text) ? `-${text}` : text
}

function aligned(a: Amount, b: Amount): [bigint, bigint, number] {
  if (a.currency !== b.currency) throw new CurrencyMismatch(a.currency, b.currency)
  const scale = Math.max(a.scale, b.scale)
  return [a.units * 10n ** BigInt(scale - a.scale), b.units * 10n ** BigInt(scale - b.scale), scale]
}

/** Exact sum; throws CurrencyMismatch. */
export function add(a: Amount, b: Amount): Amount {
  const [x, y, scale] = aligned(a, b)
  return { ...a, units: x + y, scale }
}

/** Exact difference; throws CurrencyMismatch. */
export function subtract(a: Amount, b: Amount): Amount {
  const [x, y, scale] = aligned(a, b)
  return { ...a, units: x - y, scale }
}

/** Negative, zero or positive like any comparison; throws CurrencyMismatch. */
export function compare(a: Amount, b: Amount): number {
  const [x, y] = aligned(a, b)
  return x < y ? -1 : x > y ? 1 : 0
}

/** Sum of a list; undefined when it is empty, because an empty sum has no currency. */
export function sum(amounts: readonly Amount[]): Amount | undefined {
  const [first, ...rest] = amounts
  return first && rest.reduce(add, first)
}

/** Exact product with a plain decimal factor ("0.08", "12"). */
export function times(amount: Amount, factor: string | number | bigint): Amount {
  const by = amountOf(String(factor), amount.currency)
  return { ...amount, units: amount.units * by.units, scale: amount.scale + by.scale }
}

/** Zero of the same currency and sign. */
export function zeroLike(amount: Amount): Amount {
  return { ...amount, units: 0n, scale: 0 }
}

/** Whether all amounts share one currency. */
export function oneCurrency(amounts: readonly { currency: string }[]): boolean {
  return new Set(amounts.map((each) => each.currency)).size <= 1
}

/** Rounds half away from zero to the given minor-unit digits; the one place where digits are dropped. */
export function roundHalfUp(amount: Amount, digits: number): Money {
  if (amount.scale <= digits) {
    return { minor: amount.units * 10n ** BigInt(digits - amount.scale), currency: amount.currency }
  }
  const divisor = 10n ** BigInt(amount.scale - digits)
  const half = divisor / 2n
  const shifted = amount.units >= 0n ? amount.units + half : amount.units - half
  return { minor: shifted / divisor, currency: amount.currency }
}

/** Exact decimal arithmetic for rates and ratios. */
export function decimal(value: string | number): Decimal {
  return new Exact(value)
}

/** `a / b` as a decimal with sixty digits, for ratios that are shown, never for money that is owed. */
export function ratio(a: Amount, b: Amount): Decimal {
  const [x, y] = aligned(a, b)
  return new Exact(x.toString()).div(new Exact(y.toString()))
}
