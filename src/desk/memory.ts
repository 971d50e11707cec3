/** Answers that are costly to find, the latest used kept; a failed one is forgotten. */
export class Memory<T> {
  readonly #kept = new Map<string, Promise<T>>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  /** The answer for a key; `find` runs once for all who ask meanwhile. */
  get(key: string, find: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key)
    const answer = known ?? find()
    // Taken out and put back: a Map's order is the order of its use.
    this.#kept.delete(key)
    this.#kept.set(key, answer)
    if (known) return answer
    answer.catch(() => {
      if (this.#kept.get(key) === answer) this.#kept.delete(key)
    })
    if (this.#kept.size > this.#most) this.#kept.delete(this.#kept.keys().next().value as string)
    return answer
  }

  /** Forgets everything. */
  clear(): void {
    this.#kept.clear()
  }
}
