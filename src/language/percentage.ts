import { type Amount, times } from './money.ts'

/** A percentage as stated: "99.99" means 99.99 %. Always a plain decimal string, so that no digit is lost. */
export type Percent = string

/** The exact share of an amount: `percentOf(1000, "8")` is 80. */
export function percentOf(amount: Amount, percent: Percent): Amount {
  const share = times(amount, percent)
  return { ...share, scale: share.scale + 2 }
}

/** The amount less the given percentage of it. */
export function lessPercent(amount: Amount, percent: Percent): Amount {
  const whole = times(amount, '1.00')
  const share = percentOf(amount, percent)
  const scale = Math.max(whole.scale, share.scale)
  const units = whole.units * 10n ** BigInt(scale - whole.scale) - share.units * 10n ** BigInt(scale - share.scale)
  return { ...amount, units, scale }
}
