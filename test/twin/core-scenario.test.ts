import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readScenario } from '../../src/twin/scenario.ts'
import { SCENARIO_FILE, SCENARIO_TEXT } from './core-setting.ts'

/** Changes a piece of the example and says where what it became is told. */
function faultsAfter(old: string, changed: string): { line: number; column: number; code: string; text: string }[] {
  if (SCENARIO_TEXT.split(old).length !== 2) throw new Error(`not once in the scenario: ${old}`)
  const { scenario, problems } = readScenario(SCENARIO_TEXT.replace(old, changed), SCENARIO_FILE)
  expect(scenario === undefined).toBe(problems.length > 0)
  return problems.map(({ where, code, message }) => {
    expect(where.file).toBe(SCENARIO_FILE)
    return { line: where.line, column: where.column, code, text: String(message.params.detail ?? message.params.field) }
  })
}

/** Where a piece of text stands, once it is in. */
function placeOf(old: string, changed: string, piece: string): { line: number; column: number } {
  const before = SCENARIO_TEXT.replace(old, changed)
  const lines = before.slice(0, before.indexOf(changed) + changed.indexOf(piece)).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}

describe('a scenario', () => {
  it('of the example is read without a fault', () => {
    expect(readScenario(SCENARIO_TEXT, SCENARIO_FILE).problems).toEqual([])
  })

  it.each([
    ['country: CL', 'country: Chile', 'Chile'],
    ['to: 2026-06', 'to: 2026-13', '2026-13'],
    ['timeZone: America/Santiago', 'timeZone: America/Nowhere', 'America/Nowhere'],
    ['deployments: 25, subscribers: 3800', 'deployments: 25, subscribers: 3.5', '3.5'],
    ['revenue: "180000"', 'revenue: 180000', '180000'],
    ['deployments: 25, subscribers: 3800', 'deployments: 25, subscribers: 30', '30 '],
    ['workforce: 15, quality: 12', 'workforce: 26, quality: 12', '26'],
    ['date: 2025-07-31', 'date: 2025-01-01', '2025-01-01'],
    ['roles: [DevOps Engineer]', 'roles: [DevOps Ingenieur]', 'DevOps Ingenieur'],
    ['document: recovery-test', 'document: recovery-trial', 'recovery-trial'],
  ])('with %s changed to %s is told at that place', (old, changed, piece) => {
    const found = faultsAfter(old, changed)
    const at = placeOf(old, changed, piece.trim())
    expect(found.map(({ line, column }) => ({ line, column }))).toContainEqual(at)
  })

  it('with a field that does not exist is told at its key', () => {
    const found = faultsAfter('timeZone: America/Santiago', 'timeZone: America/Santiago\nmoon: full')
    expect(found).toMatchObject([{ code: 'yaml/unknown-field', column: 1, text: 'moon' }])
  })

  it('tells all faults at once, and those of the parts too', () => {
    const yaml = SCENARIO_TEXT.replace('country: CL', 'country: Chile').replace(
      /\nparts:[\s\S]*$/,
      '\nparts:\n  pigeons: { flock: many }\n',
    )
    const sections = { pigeons: z.strictObject({ flock: z.int() }) }
    const { problems } = readScenario(yaml, SCENARIO_FILE, sections)
    const last = yaml.trimEnd().split('\n').length
    expect(problems.map(({ where }) => [where.line, where.column])).toEqual([
      [yaml.slice(0, yaml.indexOf('country: Chile')).split('\n').length, 'country: '.length + 1],
      [last, '  pigeons: { flock: '.length + 1],
    ])
  })

  it('may leave out the section of a part that needs none, and no other', () => {
    const yaml = SCENARIO_TEXT.replace(/\nparts:[\s\S]*$/, '\nparts: {}\n')
    const optional = z.strictObject({ flock: z.int().default(3) }).prefault({})
    const { scenario } = readScenario(yaml, SCENARIO_FILE, { pigeons: optional })
    expect(scenario?.parts).toEqual({ pigeons: { flock: 3 } })
    const { problems } = readScenario(yaml, SCENARIO_FILE, { pigeons: z.strictObject({ flock: z.int() }) })
    expect(problems).toMatchObject([{ message: { params: { field: 'parts.pigeons' } } }])
    expect(problems[0]?.where.line).toBe(yaml.trimEnd().split('\n').length)
  })

  it('that is no YAML is told', () => {
    expect(readScenario('a: [', 'x.yaml').problems[0]?.code).toBe('yaml/broken')
  })
})
