import type { Person } from './person.ts'

/** How long an answer of the database is believed: what another process ends is over here this much later. */
const FRESH_MS = 5000
const MOST = 10_000

interface Remembered<T> {
  value: T
  readAt: number
}

/**
 * What is known of the secrets that requests bring, so that not each of them asks the database. Bounded; a change made by this process
 * is seen at once, one made by another within five seconds.
 */
export class ShortMemory<T extends { person: Person }> {
  readonly #entries = new Map<string, Remembered<T>>()
  readonly #reading = new Map<string, Promise<T | undefined>>()
  #changes = 0

  /** The remembered value, or what `read` gives; requests that come together share one reading. What is unknown is not remembered. */
  async of(key: string, nowMs: number, read: () => Promise<T | undefined>): Promise<T | undefined> {
    const known = this.#entries.get(key)
    if (known && Math.abs(nowMs - known.readAt) < FRESH_MS) return known.value
    const begun = this.#reading.get(key)
    if (begun) return begun
    const reading = this.#read(key, nowMs, read)
    this.#reading.set(key, reading)
    try {
      return await reading
    } finally {
      if (this.#reading.get(key) === reading) this.#reading.delete(key)
    }
  }

  /** Forgets everything about a person. */
  forget(person: string): void {
    this.#changes += 1
    this.#reading.clear()
    for (const [key, { value }] of this.#entries) if (value.person.id === person) this.#entries.delete(key)
  }

  async #read(key: string, nowMs: number, read: () => Promise<T | undefined>): Promise<T | undefined> {
    const before = this.#changes
    const value = await read()
    this.#entries.delete(key)
    // What was read while something changed may be older than the change.
    if (value === undefined || this.#changes !== before) return value
    const oldest = this.#entries.size >= MOST ? this.#entries.keys().next().value : undefined
    if (oldest !== undefined) this.#entries.delete(oldest)
    this.#entries.set(key, { value, readAt: nowMs })
    return value
  }
}

/** Everything that is remembered about people; forgotten when they change. */
export interface Memory {
  forget(person: string): void
}
