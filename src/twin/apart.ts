import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { WorldRequest } from './make-world.ts'
import type { OpenOutput } from './output.ts'
import { PARTS } from './parts.ts'
import type { Part, PartTruth, Scenario } from './world.ts'

/** What a thread is told to do. */
export interface Errand {
  scenario: Scenario
  asked: WorldRequest
  out: string
  part: string
}

/** How far a thread is: what it wrote so far, and the truth at the end. */
export interface Report {
  share: number
  folders: readonly string[]
  files: number
  bytes: number
  truth?: PartTruth
}

/** The part that a second thread may write beside the others, if there is one and the machine has a processor for it. */
export function partToWriteApart(parts: readonly Part[]): Part | undefined {
  // A thread begins with a file of JavaScript: from TypeScript sources everything runs on one.
  const canStart = import.meta.url.endsWith('.js') && availableParallelism() > 1
  return canStart ? parts.find((part) => part.apart !== undefined && PARTS.includes(part)) : undefined
}

/** A part being written on a thread of its own. */
export class Apart {
  readonly #worker: Worker
  readonly #output: OpenOutput
  readonly #ended: Promise<void>
  readonly #onShare: (share: number) => void
  #last: Report = { share: 0, folders: [], files: 0, bytes: 0 }
  #failure: { error: unknown } | undefined

  constructor(part: Part, errand: Omit<Errand, 'part'>, output: OpenOutput, onShare: (share: number) => void) {
    output.expect(part.apart?.folders ?? [])
    this.#output = output
    this.#onShare = onShare
    const workerData: Errand = { ...errand, part: part.id }
    this.#worker = new Worker(new URL('./worker.js', import.meta.url), { workerData })
    this.#worker.on('message', (report: Report) => this.#heard(report))
    this.#worker.on('error', (error) => {
      this.#failure ??= { error }
    })
    this.#ended = new Promise((resolve) => this.#worker.on('exit', () => resolve()))
  }

  #heard(report: Report): void {
    const { files, bytes } = this.#last
    this.#output.count({ files: report.files - files, bytes: report.bytes - bytes, folders: report.folders })
    this.#last = report
    try {
      this.#onShare(report.share)
    } catch (error) {
      this.#failure ??= { error }
    }
  }

  /** Throws what ended the thread too early, so that nothing goes on beside it. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure.error
  }

  /** The truth when the part is written. */
  async truth(): Promise<PartTruth> {
    await this.#ended
    this.check()
    if (this.#last.truth === undefined) throw new Error('the thread ended before its work')
    return this.#last.truth
  }

  /** Asks the thread to end, and waits until it has let go of its files. */
  async stop(): Promise<void> {
    this.#worker.postMessage('stop')
    await this.#ended
  }
}
