/** Amounts are whole numbers of 1e-10 of the currency, quantities of 1e-2 of their unit: every product is exact. */
const PLACES = 10
const ONE = 10_000_000_000n
const QUANTITY_ONE = 100n

/** The units of a plain decimal such as "0.018". */
export function unitsOf(decimal: string): bigint {
  const negative = decimal.startsWith('-')
  const [whole = '0', fraction = ''] = (negative ? decimal.slice(1) : decimal).split('.')
  if (fraction.length > PLACES) throw new RangeError(`more than ${PLACES} decimals: ${decimal}`)
  const units = BigInt(whole + fraction.padEnd(PLACES, '0'))
  return negative ? -units : units
}

/** Plain decimal digits without trailing zeros. */
export function textOf(units: bigint): string {
  return plainText(units, PLACES)
}

/** A quantity as plain decimal digits. */
export function quantityText(quantity: bigint): string {
  return plainText(quantity, 2)
}

function plainText(value: bigint, places: number): string {
  const negative = value < 0n
  const digits = (negative ? -value : value).toString().padStart(places + 1, '0')
  let end = digits.length
  const point = digits.length - places
  while (end > point && digits.charCodeAt(end - 1) === 48) end -= 1
  const text = end > point ? `${digits.slice(0, point)}.${digits.slice(point, end)}` : digits.slice(0, point)
  return negative ? `-${text}` : text
}

/** Price times quantity; throws when the product would need more than ten decimals. */
export function costOf(price: bigint, quantity: bigint): bigint {
  const product = price * quantity
  if (product % QUANTITY_ONE !== 0n) throw new RangeError(`${textOf(price)} × ${quantityText(quantity)} is not exact`)
  return product / QUANTITY_ONE
}

/** So many percent of an amount; throws when that would need more than ten decimals. */
export function percentOf(units: bigint, percent: number): bigint {
  const product = units * BigInt(percent)
  if (product % 100n !== 0n) throw new RangeError(`${percent} % of ${textOf(units)} is not exact`)
  return product / 100n
}

/** A quantity from a number of the model: two decimals, or none where only whole ones are sold. */
export function quantityOf(value: number, whole: boolean): bigint {
  return whole ? BigInt(Math.round(value)) * QUANTITY_ONE : BigInt(Math.round(value * 100))
}

/** Rounded to the cent, half away from zero. */
export function toCents(units: bigint): bigint {
  const cent = ONE / 100n
  const half = units < 0n ? -cent / 2n : cent / 2n
  return ((units + half) / cent) * cent
}

/** An amount multiplied by the scale of the run, to the cent. */
export function scaled(units: bigint, scale: number): bigint {
  return scale === 1 ? units : toCents((units * BigInt(Math.round(scale * 1_000_000))) / 1_000_000n)
}

/** The smaller of two amounts. */
export function lesser(a: bigint, b: bigint): bigint {
  if (a < b) return a
  return b
}
