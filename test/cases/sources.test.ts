import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sourceRooms, sourceWords } from '../../src/sources/registry.ts'
import { casesOfSource, factsOf, foundOf, type GivenFile, readingOf } from './source-setting.ts'

const words = sourceWords()
const records = sourceRooms.filter((room) => room.store === 'records')

for (const room of records.filter((one) => !process.env.ROOM || one.id === process.env.ROOM)) {
  for (const each of casesOfSource(room.id)) {
    describe(each.place, () => {
      test(`${[each.rule].flat().join(', ')}: ${each.name}`, () => {
        const { recognised = true, refused, facts, derived, rejects = [], quirks = [] } = each.expect
        const files: GivenFile[] = [each, ...(each.more ?? [])]
        for (const file of files) {
          const known = sourceRooms.filter((one) => one.recognise(foundOf(file))).map((one) => one.id)
          expect(known).toEqual(recognised ? [room.id] : [])
        }
        const readings = files.map((file) => readingOf(room, file))
        const refusals = readings.flatMap((reading) => reading.refused ?? [])
        expect(refusals.map(({ code }) => code)).toEqual(refused === undefined ? [] : [refused])
        for (const { code, message, fix } of refusals)
          for (const id of [code, message.id, fix?.id ?? '']) expect(words[id], id).toBeDefined()
        const rows = readings.flatMap((reading) => reading.rows ?? [])
        expect(rows.filter((row) => row.rejected.length > 0 && row.facts.length > 0)).toEqual([])
        expect(rows.flatMap(({ row, rejected }) => rejected.map((fault) => ({ row, ...fault })))).toMatchObject(rejects)
        expect(counted(rows.flatMap((row) => row.quirks ?? []))).toMatchObject(quirks)
        for (const { code } of rows.flatMap((row) => row.rejected))
          expect(words[`source.fault.${code}`], code).toBeDefined()
        for (const { code } of rows.flatMap((row) => row.quirks ?? []))
          expect(words[`source.quirk.${code}`], code).toBeDefined()
        const found = rows.flatMap((row) => row.facts)
        for (const { dataset } of found) expect(room.gives).toContain(dataset)
        if (facts) expect(found).toMatchObject(facts)
        if (!derived) return
        const made = room.derive?.(factsOf(room, files, each.asOf)) ?? []
        expect(made).toMatchObject(derived)
        for (const { from, to, dataset } of made) {
          expect(from <= to).toBe(true)
          expect(room.gives).toContain(dataset)
        }
      })
    })
  }
}

function counted(quirks: readonly { code: string; field: string }[]): object[] {
  const counts = new Map<string, { code: string; field: string; count: number }>()
  for (const { code, field } of quirks) {
    const known = counts.get(`${code} ${field}`)
    if (known) known.count += 1
    else counts.set(`${code} ${field}`, { code, field, count: 1 })
  }
  return [...counts.values()]
}

test('every source is registered, in order of its name, with what it is called and how to get its files', () => {
  const folder = new URL('../../src/sources/', import.meta.url)
  const rooms = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(sourceRooms.map((room) => room.id)).toEqual(rooms.map((entry) => entry.name).sort())
  for (const { id } of sourceRooms) {
    expect(words[`source.${id}`], id).toBeDefined()
    expect(words[`source.${id}.files`], id).toBeDefined()
  }
})
