import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SimulateRequest, simulate, type Truth } from '../../src/twin/run.ts'
import { readScenario } from '../../src/twin/scenario.ts'
import type { Scenario } from '../../src/twin/world.ts'

const folder = new URL('../../agreements/wom-aws-chile/', import.meta.url)

/** The example's scenario, with other numbers of faults where given. */
export function exampleScenario(faults: Record<string, number> = {}): Scenario {
  const { scenario, problems } = readScenario(readFileSync(new URL('twin.yaml', folder), 'utf8'), 'twin.yaml')
  if (scenario === undefined) throw new Error(JSON.stringify(problems))
  return { ...scenario, faults: { ...scenario.faults, ...faults } }
}

/** A finished run and where its files are. */
export interface Run {
  out: string
  truth: Truth
  remove(): void
}

/** Runs some parts of the twin into a folder of its own. */
export async function runExample(
  request: Omit<SimulateRequest, 'out' | 'scenario'> & { scenario?: Scenario },
): Promise<Run> {
  const out = mkdtempSync(join(tmpdir(), 'convenio-twin-'))
  const { truth, problems } = await simulate({ scenario: exampleScenario(), ...request, out })
  if (truth === undefined) throw new Error(JSON.stringify(problems))
  return { out, truth, remove: () => rmSync(out, { recursive: true, force: true }) }
}
