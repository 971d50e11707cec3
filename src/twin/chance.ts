import { exp, normalQuantile } from './arithmetic.ts'
import type { Chance } from './world.ts'

const RANGE = 4_294_967_296
const HALF_STEP = 0.5 / RANGE
/** Beyond this mean the normal distribution, corrected for skew, stands in for Poisson's. */
const POISSON_BY_COUNTING = 40
/** Two bytes in hexadecimal digits: there are millions of identifiers. */
const PAIRS = Array.from({ length: 65_536 }, (_, pair) => pair.toString(16).padStart(4, '0'))

/**
 * An independent stream of chance for one purpose. The same seed and purpose give the same numbers on every machine:
 * the generator (sfc32) uses whole numbers alone, and its distributions additions and multiplications alone.
 */
export function chanceOf(seed: number, purpose: string): Chance {
  return new Stream(`${seed}/${purpose}`)
}

class Stream implements Chance {
  #a: number
  #b: number
  #c: number
  #count = 1

  constructor(name: string) {
    ;[this.#a, this.#b, this.#c] = hashOf(name)
    for (let round = 0; round < 12; round += 1) this.#bits()
  }

  /** The next 32 bits, as a signed whole number. */
  #bits(): number {
    const sum = (this.#a + this.#b + this.#count) | 0
    this.#count = (this.#count + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum
  }

  next(): number {
    return (this.#bits() >>> 0) / RANGE
  }

  whole(low: number, high: number): number {
    const span = high - low + 1
    if (span <= RANGE) return low + Math.floor(this.next() * span)
    return low + Math.floor((this.next() + Math.floor(this.next() * 2_097_152) / 2_097_152 / RANGE) * span)
  }

  pick<T>(of: readonly T[]): T {
    if (of.length === 0) throw new RangeError('nothing to pick from')
    return of[this.whole(0, of.length - 1)] as T
  }

  poisson(mean: number): number {
    if (mean <= 0) return 0
    if (mean > POISSON_BY_COUNTING) {
      const z = normalQuantile(this.next() + HALF_STEP)
      return Math.max(0, Math.floor(mean + Math.sqrt(mean) * z + (z * z - 1) / 6 + 0.5))
    }
    const u = this.next()
    let term = exp(-mean)
    let total = term
    let count = 0
    for (; u > total && count < 1000; total += term) {
      count += 1
      term = (term * mean) / count
    }
    return count
  }

  normal(mean: number, deviation: number): number {
    return mean + deviation * normalQuantile(this.next() + HALF_STEP)
  }

  lognormal(median: number, sigma: number): number {
    return median * exp(sigma * normalQuantile(this.next() + HALF_STEP))
  }

  uuid(): string {
    const a = this.#bits()
    const b = this.#bits()
    const c = this.#bits()
    const d = this.#bits()
    const version = PAIRS[(b & 0x0fff) | 0x4000]
    const variant = PAIRS[((c >>> 16) & 0x3fff) | 0x8000]
    return `${PAIRS[a >>> 16]}${PAIRS[a & 0xffff]}-${PAIRS[b >>> 16]}-${version}-${variant}-${PAIRS[c & 0xffff]}${PAIRS[d >>> 16]}${PAIRS[d & 0xffff]}`
  }
}

/** Three 32-bit words of a text, by rounds of MurmurHash3's mixing. */
function hashOf(text: string): [number, number, number] {
  const words: [number, number, number] = [0x9e3779b9 | 0, 0x243f6a88, 0xb7e15162 | 0]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    words[0] = Math.imul(words[0] ^ code, 0x85ebca6b)
    words[1] = Math.imul(words[1] ^ (code + words[0]), 0xc2b2ae35)
    words[2] = Math.imul(words[2] ^ (code + words[1]), 0x27d4eb2f)
  }
  return [mixed(words[0] ^ words[2]), mixed(words[1] + words[0]), mixed(words[2] ^ words[1] ^ text.length)]
}

function mixed(word: number): number {
  let h = word | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
