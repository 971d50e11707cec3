/** So many at once; whoever comes when all are taken waits for the first that is free. */
export class Turns {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(count: number) {
    this.#free = count
  }

  /** Waits for a place; gives what frees it. */
  async take(): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    let isFreed = false
    return () => {
      if (isFreed) return
      isFreed = true
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free += 1
    }
  }
}
