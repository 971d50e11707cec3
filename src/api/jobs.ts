import { randomUUID } from 'node:crypto'
import type { ImportProgress, ImportReport } from '../evidence/index.ts'
import type { Events } from './events.ts'

/** Long work, as it stands. Words are chosen when it is shown. */
export interface Job {
  id: string
  kind: 'import'
  state: 'waiting' | 'running' | 'done' | 'failed'
  label: string
  /** Says what would happen and changes nothing. */
  dryRun: boolean
  startedAt: string
  endedAt: string | null
  actor: string
  progress: { source: string | null; bytes: number; bytesTotal: number; rows: number }
  report: ImportReport | null
  fault: string | null
}

const KEPT = 200
const TELL_EVERY_MS = 250

/** Long work one after the other: whoever writes to the ledger waits for whoever writes before. */
export class Jobs {
  readonly #jobs = new Map<string, Job>()
  readonly #events: Events
  readonly #now: () => string
  #tail: Promise<void> = Promise.resolve()

  constructor(events: Events, now: () => string) {
    this.#events = events
    this.#now = now
  }

  /** All that are remembered, newest first. */
  list(): Job[] {
    return [...this.#jobs.values()].reverse()
  }

  /** One of them. */
  get(id: string): Job | undefined {
    return this.#jobs.get(id)
  }

  /** Begins work as soon as all before it is done; its end is told, whatever it is. */
  begin(
    about: { label: string; actor: string; bytesTotal: number; dryRun?: boolean },
    work: (progress: (now: ImportProgress) => void) => Promise<ImportReport>,
    describe: (error: unknown) => string,
  ): Job {
    const job: Job = {
      id: randomUUID(),
      kind: 'import',
      state: 'waiting',
      label: about.label,
      dryRun: about.dryRun ?? false,
      startedAt: this.#now(),
      endedAt: null,
      actor: about.actor,
      progress: { source: null, bytes: 0, bytesTotal: about.bytesTotal, rows: 0 },
      report: null,
      fault: null,
    }
    this.#jobs.set(job.id, job)
    if (this.#jobs.size > KEPT) this.#jobs.delete(this.#jobs.keys().next().value as string)
    this.#tail = this.#tail.then(() => this.#run(job, work, describe))
    return job
  }

  /** Waits until nothing is left to do. */
  async idle(): Promise<void> {
    await this.#tail
  }

  async #run(
    job: Job,
    work: (progress: (now: ImportProgress) => void) => Promise<ImportReport>,
    describe: (error: unknown) => string,
  ): Promise<void> {
    job.state = 'running'
    this.#tell(job)
    let told = 0
    try {
      job.report = await work(({ source, bytes, bytesTotal, rows }) => {
        job.progress = { source, bytes, bytesTotal, rows }
        const now = performance.now()
        if (now - told < TELL_EVERY_MS) return
        told = now
        this.#tell(job)
      })
      job.state = 'done'
    } catch (error) {
      job.state = 'failed'
      job.fault = describe(error)
    }
    job.endedAt = this.#now()
    this.#tell(job)
  }

  #tell({ id, state, label, progress }: Job): void {
    this.#events.tell({ event: 'job', right: 'imports', data: { id, state, label, progress } })
  }
}
