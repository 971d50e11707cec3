import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readData, type Words } from '../../src/language/index.ts'
import { addsUp, factsOf, importFiles, parquet, sumOf, tallyOf, write } from './bills.ts'
import { type BulkBench, bulkBench } from './bulk-context.ts'

/** A text, a Parquet file made by SQL, or a packed text of which the last bytes are missing. */
type Content = string | { sql: string } | { cut: string }

interface Step {
  files: Record<string, Content>
  settings?: Record<string, string>
  expect: {
    deliveries?: number
    notes?: string[]
    refused?: string[]
    tally?: Record<string, number>
    /** `file:row code field` of each fault. */
    rejects?: string[]
    /** `code field count` of each. */
    quirks?: string[]
    replaces?: number
    /** Exact sums over what stands. */
    sums?: Record<string, string>
    /** Values of the canonical rows that stand, in order of file and row. */
    rows?: Record<string, unknown>[]
  }
}

interface Case {
  name: string
  rule: string | string[]
  imports: Step[]
  asOf?: string
  facts?: object[]
}

const room = new URL('../../src/sources/cost-and-usage/', import.meta.url)
const words = {
  ...(readData(new URL('../words.yaml', room)) as Words),
  ...(readData(new URL('words.yaml', room)) as Words),
}

let bench: BulkBench
beforeEach(async () => {
  bench = await bulkBench()
})
afterEach(() => bench.close())

for (const name of readdirSync(new URL('cases/', room)).sort()) {
  describe(`src/sources/cost-and-usage/cases/${name}`, () => {
    for (const each of parse(readFileSync(new URL(`cases/${name}`, room), 'utf8')) as Case[]) {
      test(`${[each.rule].flat().join(', ')}: ${each.name}`, async () => {
        for (const step of each.imports) await check(step)
        if (each.facts) expect(await factsOf(bench, each.asOf)).toMatchObject(each.facts)
      })
    }
  })
}

async function check({ files, settings = {}, expect: wanted }: Step): Promise<void> {
  for (const [name, value] of Object.entries(settings)) bench.settings.set(name, value)
  const given = []
  for (const [name, content] of Object.entries(files)) {
    if (typeof content === 'string') given.push(write(bench, name, content))
    else if ('sql' in content) given.push(await parquet(bench, name, content.sql))
    else given.push(write(bench, name, gzipSync(content.cut).subarray(0, -12)))
  }
  const { readings, notes } = await importFiles(bench, given)
  const problems = readings.flatMap((reading) => [...reading.refused, ...reading.notes])
  for (const { code, message, fix } of problems)
    for (const id of [code, message.id, ...(fix ? [fix.id] : [])]) expect(words[id], id).toBeDefined()
  for (const { rejects, quirks } of readings) {
    for (const { code } of rejects.flatMap(({ faults }) => faults))
      expect(words[`source.fault.${code}`], code).toBeDefined()
    for (const { code } of quirks) expect(words[`source.quirk.${code}`], code).toBeDefined()
  }
  expect(readings.every(addsUp)).toBe(true)
  expect(problems.map(({ code }) => code).filter((code) => code.includes('.refused.'))).toEqual(wanted.refused ?? [])
  expect([...notes, ...problems.map(({ code }) => code).filter((code) => code.includes('.note.'))]).toEqual(
    wanted.notes ?? [],
  )
  if (wanted.deliveries !== undefined) expect(readings.length).toBe(wanted.deliveries)
  const tallies = readings.map(tallyOf)
  for (const [key, count] of Object.entries(wanted.tally ?? {}))
    expect([key, tallies.reduce((sum, tally) => sum + tally[key as 'read'], 0)]).toEqual([key, count])
  const rejects = readings.flatMap((reading) =>
    reading.rejects.flatMap(({ file, row, faults }) =>
      faults.map(({ code, field }) => `${file}:${row} ${code} ${field}`.trim()),
    ),
  )
  expect(rejects).toEqual(wanted.rejects ?? [])
  const quirks = readings.flatMap((reading) =>
    reading.quirks.map(({ code, field, count }) => `${code} ${field} ${count}`),
  )
  if (wanted.quirks) expect(quirks.sort()).toEqual([...wanted.quirks].sort())
  if (wanted.replaces !== undefined) expect(readings.flatMap(({ replaces }) => replaces).length).toBe(wanted.replaces)
  for (const [column, sum] of Object.entries(wanted.sums ?? {})) expect(await sumOf(bench, column)).toBe(sum)
  if (wanted.rows) expect(await rows()).toMatchObject(wanted.rows)
}

async function rows(): Promise<object[]> {
  const paths = bench.standing.map(({ path }) => `'${path}'`).join(', ')
  return bench.engine.all(`SELECT * FROM read_parquet([${paths}]) ORDER BY _file, _row`)
}
