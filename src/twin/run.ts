import { message, type Problem } from '../language/index.ts'
import { Apart, partToWriteApart } from './apart.ts'
import { makeWorld } from './make-world.ts'
import { MADE_BY, type OpenOutput, openOutput } from './output.ts'
import { PARTS } from './parts.ts'
import type { Part, PartTruth, PlantedFault, Scenario, World } from './world.ts'

/** What to simulate; months are inside the scenario's, both included. */
export interface SimulateRequest {
  scenario: Scenario
  seed: number
  /** `2023-07`; the scenario's first and last month when absent. */
  from?: string
  to?: string
  /** 1 is full size. */
  scale?: number
  contacts?: 'default' | 'full'
  /** Folder to fill: new, empty, or filled by an earlier run. */
  out: string
  /** Told while files are written. */
  onProgress?: (progress: SimulateProgress) => void
  /** All of them unless said otherwise. */
  parts?: readonly Part[]
  /** Writes one part on a second thread where that can be; the files are the same. */
  parallel?: boolean
}

/** How far the work is. */
export interface SimulateProgress {
  /** The part at work. */
  part: string
  /** Share of all work that is done, from 0 to 1. */
  done: number
  files: number
  bytes: number
}

/** What `truth.json` says. */
export interface Truth {
  madeBy: string
  scenario: string
  seed: number
  from: string
  to: string
  scale: number
  contacts: 'default' | 'full'
  /** Folders at the top of OUT. */
  folders: string[]
  files: number
  totals: Record<string, PartTruth['totals']>
  faults: PlantedFault[]
}

/** The truth when the files are written, or why they were not. */
export type Simulated = { truth: Truth; problems: [] } | { truth?: undefined; problems: Problem[] }

const SCALES = { least: 0.01, most: 20 }

/**
 * Makes a world and writes the files of every outside system below `out`, and `truth.json` last. The same request gives the
 * same bytes on any machine. Faults of the request are problems, and then nothing is written.
 */
export async function simulate(request: SimulateRequest): Promise<Simulated> {
  const { scenario, seed, out } = request
  const { from = scenario.from, to = scenario.to, scale = 1, contacts = 'default', parts = PARTS } = request
  const asked = { seed, from, to, scale, contacts }
  const problems = problemsOf(scenario, asked, out)
  if (problems.length > 0) return { problems }
  const opened = await openOutput(out)
  if (!opened.output) return { problems: opened.problems }
  const world = makeWorld(scenario, asked)
  const told = new Shares(world, parts, opened.output, request.onProgress)
  const part = request.parallel ? partToWriteApart(parts) : undefined
  const apart = part && new Apart(part, { scenario, asked, out }, opened.output, told.of(part))
  const { totals, faults } = await writeParts(world, parts, {
    output: opened.output,
    told,
    ...(apart && { part, apart }),
  })
  const { folders, files } = opened.output
  const range = { from, to, scale, contacts, folders: [...folders].sort(), files }
  const truth: Truth = { madeBy: MADE_BY, scenario: scenario.name, seed, ...range, totals, faults }
  await opened.output.finish({ ...truth })
  return { truth, problems: [] }
}

interface Writing {
  output: OpenOutput
  told: Shares
  /** What is written meanwhile on another thread. */
  part?: Part
  apart?: Apart
}

async function writeParts(
  world: World,
  parts: readonly Part[],
  { output, told, part: other, apart }: Writing,
): Promise<Pick<Truth, 'totals' | 'faults'>> {
  const totals: Truth['totals'] = {}
  const faults: PlantedFault[] = []
  const note = (part: Part, truth: PartTruth): void => {
    totals[part.id] = sortedKeys(truth.totals)
    faults.push(...truth.faults)
  }
  try {
    for (const part of parts) {
      if (part === other) continue
      const tell = told.of(part)
      const progress = (share: number): void => {
        apart?.check()
        tell(share)
      }
      progress(0)
      note(part, await part.write(world, output, progress))
      progress(1)
    }
    if (other && apart) note(other, await apart.truth())
  } catch (error) {
    await apart?.stop()
    throw error
  }
  faults.sort((a, b) => compare(a.kind, b.kind) || compare(a.id, b.id))
  return { totals: sortedKeys(totals), faults }
}

/** Knows how far each part is, and tells how far all are. */
class Shares {
  readonly #parts: readonly Part[]
  readonly #weights: readonly number[]
  readonly #shares: number[]
  readonly #output: OpenOutput
  readonly #onProgress: SimulateRequest['onProgress']

  constructor(world: World, parts: readonly Part[], output: OpenOutput, onProgress: SimulateRequest['onProgress']) {
    this.#parts = parts
    this.#weights = parts.map((part) => Math.max(0, part.weight(world)))
    this.#shares = parts.map(() => 0)
    this.#output = output
    this.#onProgress = onProgress
  }

  of(part: Part): (share: number) => void {
    const at = this.#parts.indexOf(part)
    return (share) => {
      this.#shares[at] = Math.max(0, Math.min(1, share))
      const all = this.#weights.reduce((sum, each) => sum + each, 0) || 1
      const done = this.#weights.reduce((sum, each, nth) => sum + each * (this.#shares[nth] ?? 0), 0) / all
      const { files, bytes } = this.#output
      this.#onProgress?.({ part: part.id, done, files, bytes })
    }
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** An object whose keys, and those of the objects in it, are in order. */
function sortedKeys<T extends object>(of: T): T {
  const entries = Object.entries(of).map(([key, value]): [string, unknown] => {
    const isPlain = typeof value === 'object' && value !== null && !Array.isArray(value)
    return [key, isPlain ? sortedKeys(value) : value]
  })
  return Object.fromEntries(entries.sort(([a], [b]) => compare(a, b))) as T
}

type Asked = Required<Pick<SimulateRequest, 'seed' | 'from' | 'to' | 'scale'>>

function problemsOf(scenario: Scenario, { seed, from, to, scale }: Asked, out: string): Problem[] {
  const where = { file: out, line: 1, column: 1, endLine: 1, endColumn: 1 }
  const problem = (code: string, params: Record<string, string>): Problem => ({
    code,
    where,
    message: message(code, params),
    fix: message(`${code}.fix`, params),
  })
  const range = { from: scenario.from, to: scenario.to }
  const isMonth = (text: string): boolean =>
    /^\d{4}-(0[1-9]|1[0-2])$/.test(text) && text >= range.from && text <= range.to
  const found = [from, to].filter((text) => !isMonth(text)).map((text) => problem('twin/bad-month', { text, ...range }))
  if (found.length === 0 && from > to) found.push(problem('twin/bad-order', { from, to }))
  if (!(scale >= SCALES.least && scale <= SCALES.most)) {
    const bounds = { least: String(SCALES.least), most: String(SCALES.most) }
    found.push(problem('twin/bad-scale', { text: String(scale), ...bounds }))
  }
  if (!Number.isSafeInteger(seed)) found.push(problem('twin/bad-seed', { text: String(seed) }))
  return found
}
