import type { Access } from './access.ts'
import type { Services } from './asked.ts'

const QUIET_MS = 1000
const LONGEST_MS = 15_000

/**
 * Whenever the ledger is written to, by whomever: what was kept is forgotten at once, and everybody who listens is told when a second
 * has passed without another write, so that an import of a thousand files does not make every page read a thousand times.
 */
export function watchWrites({ ledger, desk, events }: Services, access: Access): void {
  let clock: NodeJS.Timeout | undefined
  let waitingSince = 0
  const tell = () => {
    clock = undefined
    events.tell({ event: 'standing', data: { at: ledger.now() } })
  }
  ledger.onWrite((datasets) => {
    desk.changed(datasets)
    if (!datasets || datasets.includes('instances')) access.changed()
    const now = performance.now()
    if (clock === undefined) waitingSince = now
    clearTimeout(clock)
    clock = setTimeout(tell, Math.max(0, Math.min(QUIET_MS, waitingSince + LONGEST_MS - now))).unref()
  })
}
