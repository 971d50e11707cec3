import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { business } from '../../src/twin/estate/business.ts'
import { inventory } from '../../src/twin/estate/inventory.ts'
import { openScenario } from '../../src/twin/index.ts'
import { accreditations } from '../../src/twin/papers/accreditations.ts'
import { declarations } from '../../src/twin/papers/declarations.ts'
import { documents } from '../../src/twin/papers/documents.ts'
import { certificates } from '../../src/twin/people/certificates.ts'
import { training } from '../../src/twin/people/training.ts'
import { type SimulateRequest, simulate, type Truth } from '../../src/twin/run.ts'
import { readScenario } from '../../src/twin/scenario.ts'
import type { Scenario } from '../../src/twin/world.ts'

export const SCENARIO_FILE = 'agreements/wom-aws-chile/twin.yaml'
export const SCENARIO_TEXT = readFileSync(SCENARIO_FILE, 'utf8')
/** The parts of this helper alone, so that these tests say nothing of the others. */
export const OWN_PARTS = [inventory, business, certificates, training, accreditations, documents, declarations]

export function exampleScenario(): Scenario {
  const { scenario, problems } = readScenario(SCENARIO_TEXT, SCENARIO_FILE)
  if (!scenario) throw new Error(JSON.stringify(problems))
  return { ...scenario }
}

/** The example's scenario with the sections of all parts. */
export function wholeScenario(): Scenario {
  const { scenario, problems } = openScenario(SCENARIO_TEXT, SCENARIO_FILE)
  if (!scenario) throw new Error(JSON.stringify(problems, null, 1))
  return scenario
}

export interface Filled {
  truth: Truth
  /** Text by name below OUT. */
  files: Map<string, string>
  hash: string
}

/** Simulates into a folder of its own and takes everything into memory. */
export async function filled(request: Partial<SimulateRequest> & { seed: number }): Promise<Filled> {
  const out = mkdtempSync(join(tmpdir(), 'twin-core-'))
  try {
    const done = await simulate({ scenario: exampleScenario(), parts: OWN_PARTS, ...request, out })
    if (!done.truth) throw new Error(JSON.stringify(done.problems))
    const names = readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => join(each.parentPath, each.name).slice(out.length + 1))
      .sort()
    const hash = createHash('sha256')
    const files = new Map<string, string>()
    for (const name of names) {
      const bytes = readFileSync(join(out, name))
      hash.update(`${name}\0${bytes.length}\0`).update(bytes)
      files.set(name, bytes.toString('utf8'))
    }
    return { truth: done.truth, files, hash: hash.digest('hex') }
  } finally {
    rmSync(out, { recursive: true })
  }
}

/** The rows of a CSV file without quoted line ends, by the header's names. */
export function rowsOf(text: string): Record<string, string>[] {
  const [header = '', ...lines] = text.trimEnd().split('\n')
  const names = cellsOf(header)
  return lines.map((line) => Object.fromEntries(cellsOf(line).map((cell, at) => [names[at] ?? '', cell])))
}

function cellsOf(line: string): string[] {
  return [...`${line},`.matchAll(/("(?:[^"]|"")*"|[^,]*),/g)].map(([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  )
}
