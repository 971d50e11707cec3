/**
 * Exponential and logarithm from additions, multiplications and divisions alone. IEEE 754 fixes these to the last bit,
 * whereas `Math.exp` and `Math.log` may differ between engines and processors, and files must not.
 */

const LN2 = Math.LN2
const LN2_LOW = 2.3190468138462996e-17

function scaled(value: number, powerOfTwo: number): number {
  let result = value
  for (let left = Math.abs(powerOfTwo); left > 0; left -= 1) result = powerOfTwo > 0 ? result * 2 : result / 2
  return result
}

/** e to the power of `x`, for |x| up to 700. */
export function exp(x: number): number {
  const k = Math.round(x / LN2)
  const r = x - k * LN2 - k * LN2_LOW
  let sum = 1
  for (let n = 18; n >= 1; n -= 1) sum = 1 + (r / n) * sum
  return scaled(sum, k)
}

/** Natural logarithm of a positive number. */
export function ln(x: number): number {
  let mantissa = x
  let k = 0
  for (; mantissa > Math.SQRT2; k += 1) mantissa /= 2
  for (; mantissa < Math.SQRT1_2; k -= 1) mantissa *= 2
  const t = (mantissa - 1) / (mantissa + 1)
  const square = t * t
  let sum = 0
  for (let n = 31; n >= 1; n -= 2) sum = 1 / n + square * sum
  return k * LN2 + (2 * t * sum + k * LN2_LOW)
}

// Acklam's rational approximation of the inverse normal distribution; its relative error stays below 1.2e-9.
const CENTRE_TOP = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
]
const CENTRE_BOTTOM = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572]
const TAIL_TOP = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
]
const TAIL_BOTTOM = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416]
const TAIL = 0.02425

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0
  for (const each of coefficients) sum = sum * x + each
  return sum
}

/** The standard normal deviate below which the share `p` of all lies, for p in (0, 1). */
export function normalQuantile(p: number): number {
  if (p > 1 - TAIL) return -normalQuantile(1 - p)
  if (p < TAIL) {
    const q = Math.sqrt(-2 * ln(p))
    return polynomial(TAIL_TOP, q) / (polynomial(TAIL_BOTTOM, q) * q + 1)
  }
  const q = p - 0.5
  const r = q * q
  return (polynomial(CENTRE_TOP, r) * q) / (polynomial(CENTRE_BOTTOM, r) * r + 1)
}
