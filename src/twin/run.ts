import { message, type Problem } from '../language/index.ts'
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
  const { totals, faults } = await writeParts(world, parts, opened.output, request.onProgress)
  const { folders, files } = opened.output
  const range = { from, to, scale, contacts, folders: [...folders].sort(), files }
  const truth: Truth = { madeBy: MADE_BY, scenario: scenario.name, seed, ...range, totals, faults }
  await opened.output.finish({ ...truth })
  return { truth, problems: [] }
}

async function writeParts(
  world: World,
  parts: readonly Part[],
  output: OpenOutput,
  onProgress: SimulateRequest['onProgress'] = () => {},
): Promise<Pick<Truth, 'totals' | 'faults'>> {
  const weights = parts.map((part) => Math.max(0, part.weight(world)))
  const all = weights.reduce((sum, each) => sum + each, 0) || 1
  const totals: Truth['totals'] = {}
  const faults: PlantedFault[] = []
  let before = 0
  for (const [at, part] of parts.entries()) {
    const weight = weights[at] ?? 0
    const tell = (share: number): void => {
      const done = (before + weight * Math.max(0, Math.min(1, share))) / all
      onProgress({ part: part.id, done, files: output.files, bytes: output.bytes })
    }
    tell(0)
    const truth = await part.write(world, output, tell)
    totals[part.id] = sortedKeys(truth.totals)
    faults.push(...truth.faults)
    tell(1)
    before += weight
  }
  faults.sort((a, b) => compare(a.kind, b.kind) || compare(a.id, b.id))
  return { totals: sortedKeys(totals), faults }
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
