import type { ServerResponse } from 'node:http'

/** Something that happened, as listeners are told. */
export interface ServerEvent {
  event: 'standing' | 'job' | 'agreement'
  data: unknown
  /** Rights without which it is not told; everybody when absent. */
  right?: string
}

const HEARTBEAT_MS = 25_000
const MOST_LISTENERS = 500

/** Server-sent events to everybody who listens. */
export class Events {
  readonly #listeners = new Map<ServerResponse, readonly string[]>()
  readonly #heart = setInterval(() => this.#write(': here\n\n'), HEARTBEAT_MS)
  #last = 0

  constructor() {
    this.#heart.unref()
  }

  /** How many listen. */
  get listeners(): number {
    return this.#listeners.size
  }

  /** Keeps a response open; false when too many listen already. */
  listen(response: ServerResponse, rights: readonly string[]): boolean {
    if (this.#listeners.size >= MOST_LISTENERS) return false
    response.write(`retry: 3000\n: here\n\n`)
    this.#listeners.set(response, rights)
    response.on('close', () => this.#listeners.delete(response))
    return true
  }

  /** Tells everybody who may know. */
  tell({ event, data, right }: ServerEvent): void {
    this.#last += 1
    this.#write(`id: ${this.#last}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`, right)
  }

  /** Ends all of them. */
  close(): void {
    clearInterval(this.#heart)
    for (const response of this.#listeners.keys()) response.end()
    this.#listeners.clear()
  }

  #write(text: string, right?: string): void {
    for (const [response, rights] of this.#listeners) {
      if (right !== undefined && !rights.includes(right)) continue
      // Whoever does not read fast enough is let go; their browser comes back by itself.
      if (response.writableLength > 1_000_000) response.destroy()
      else response.write(text)
    }
  }
}
