import { type Problem, readData, type Words } from '../language/index.ts'
import { PARTS } from './parts.ts'
import { readScenario } from './scenario.ts'
import type { Scenario } from './world.ts'

export { type SimulateProgress, simulate } from './run.ts'
export type { Scenario } from './world.ts'

/** Reads `twin.yaml` with the sections of all parts. Every fault is a problem with line and column. */
export function openScenario(yaml: string, file: string): { scenario?: Scenario; problems: Problem[] } {
  const sections = PARTS.flatMap(({ id, section }) => (section ? [[id, section] as const] : []))
  const { scenario, problems } = readScenario(yaml, file, Object.fromEntries(sections))
  return scenario ? { scenario: { ...scenario }, problems } : { problems }
}

/** What the twin has to say of a scenario or a request that it cannot follow. */
export function twinWords(): Words {
  return readData(new URL('./words.yaml', import.meta.url)) as Words
}
