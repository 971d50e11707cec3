import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readData } from '../../src/language/index.ts'
import { agentEvents } from '../../src/sources/agent-events/index.ts'
import { contactRecords } from '../../src/sources/contact-records/index.ts'
import { probes } from '../../src/sources/probes/index.ts'
import type { BulkReading, BulkSource, FoundFile } from '../../src/sources/room.ts'
import { usageMetrics } from '../../src/sources/usage-metrics/index.ts'
import { type BulkBench, bulkBench, found } from './bulk-context.ts'
import { addsUp, imported, visible } from './contact-files.ts'

type Given = string | { text: string; cut: number }

interface BulkCase {
  name: string
  rule: string | string[]
  owners?: { instance: string; owner: string; from: string; to: string | null }[]
  imports: {
    receivedAt?: string
    files: Record<string, Given>
    expect: {
      tally: object
      rejects?: object[]
      quirks?: object[]
      segments?: object[]
      notes?: string[]
      personal?: string[]
    }
  }[]
  /** Subsets of the rows that stand in the end, in the order of file and row. */
  rows?: object[]
  facts?: object[]
}

const sources: BulkSource[] = [agentEvents, contactRecords, probes, usageMetrics]
const folderOf = (id: string) => new URL(`../../src/sources/${id}/`, import.meta.url)
const words = Object.assign(
  {},
  readData(new URL('../../src/sources/words.yaml', import.meta.url)),
  ...sources.map(({ id }) => readData(new URL('words.yaml', folderOf(id)))),
) as Record<string, unknown>

let bench: BulkBench
beforeAll(async () => {
  bench = await bulkBench()
})
beforeEach(() => {
  bench.standing = []
  bench.owners.length = 0
  bench.settings.clear()
})
afterAll(() => bench.close())

function written(name: string, given: Given): FoundFile {
  const path = join(bench.folder, name.replaceAll('/', '-'))
  const text = typeof given === 'string' ? given : given.text
  const bytes = name.endsWith('.gz') ? gzipSync(text) : Buffer.from(text)
  writeFileSync(path, typeof given === 'string' ? bytes : bytes.subarray(0, -given.cut))
  return found(path, name)
}

for (const source of sources) {
  const cases = readdirSync(new URL('cases/', folderOf(source.id))).flatMap(
    (name) => parse(readFileSync(new URL(`cases/${name}`, folderOf(source.id)), 'utf8')) as BulkCase[],
  )
  describe(source.id, () => {
    for (const each of cases) {
      test(`${[each.rule].flat().join(', ')}: ${each.name}`, async () => {
        for (const owner of each.owners ?? []) bench.owners.push({ ...owner, account: '1' })
        for (const { files, receivedAt = '2024-03-01', expect: wanted } of each.imports) {
          bench.receivedAt = receivedAt
          const given = Object.entries(files).map(([name, one]) => written(name, one))
          for (const file of given.filter(({ text }) => text !== ''))
            expect(sources.filter((one) => one.recognise(file)).map(({ id }) => id)).toEqual([source.id])
          await judged(await imported(bench, source, given), wanted)
        }
        const rows = visible(bench, source.id)
        const inOrder = `SELECT * FROM ${rows} ORDER BY _file, _row, ALL`.replace(', ALL', '')
        if (each.rows) expect(await bench.engine.all(inOrder)).toMatchObject(each.rows)
        const context = {
          engine: bench.engine,
          rows: (name: string) => visible(bench, name),
          asOf: '2024-12-31',
          setting: () => undefined,
        }
        const facts = await source.facts(context)
        if (each.facts) expect(facts).toMatchObject(each.facts)
        for (const { dataset, from, to } of facts) {
          expect(source.gives).toContain(dataset)
          expect(from <= to).toBe(true)
        }
      })
    }
  })
}

async function judged(reading: BulkReading, wanted: BulkCase['imports'][number]['expect']): Promise<void> {
  expect(addsUp(reading)).toBe(true)
  const tally = { read: 0, kept: 0, duplicate: 0, superseded: 0, rejected: 0 }
  for (const { tally: one } of reading.files)
    for (const key of Object.keys(tally) as (keyof typeof tally)[]) tally[key] += one[key]
  expect(tally).toMatchObject(wanted.tally)
  expect(reading.rejects).toMatchObject(wanted.rejects ?? [])
  expect(reading.quirks).toMatchObject(wanted.quirks ?? [])
  expect(reading.notes.map(({ code }) => code)).toEqual(wanted.notes ?? [])
  if (wanted.segments) expect(reading.segments).toMatchObject(wanted.segments)
  for (const { faults } of reading.rejects)
    for (const { code } of faults) expect(words[`source.fault.${code}`], code).toBeDefined()
  for (const { code } of reading.quirks) expect(words[`source.quirk.${code}`], code).toBeDefined()
  for (const { message, fix } of [...reading.notes, ...reading.refused])
    for (const id of [message.id, fix?.id ?? '']) expect(words[id], id).toBeDefined()
  for (const { personal } of reading.segments) {
    if (!wanted.personal) continue
    const columns = await bench.engine.all<{ column_name: string }>(
      `DESCRIBE SELECT * FROM read_parquet('${personal}')`,
    )
    expect(columns.map(({ column_name }) => column_name)).toEqual(wanted.personal)
  }
}
