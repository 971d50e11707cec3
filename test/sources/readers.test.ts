import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { isIsoDate } from '../../src/language/index.ts'
import { readCsv } from '../../src/sources/csv-rows.ts'
import { dayAndTime, exactDecimal, minutesBetween, oneOf, timestamp } from '../../src/sources/fields.ts'
import { cellDetail } from '../../src/sources/input-row.ts'
import { readJson } from '../../src/sources/json-rows.ts'

const cell = fc.string({
  unit: fc.constantFrom('a', 'b', '1', ' ', ',', ';', '"', '\n', '\r\n', 'ñ', '.'),
  maxLength: 8,
})
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

describe('tables', () => {
  test('give the cells that csv-parse gives', () => {
    const tables = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(tables, fc.constantFrom(',', ';'), fc.constantFrom('\n', '\r\n'), (rows, sign, end) => {
        const text = [['A', 'B', 'C'], ...rows].map((row) => row.map(quoted).join(sign)).join(end)
        const expected: string[][] = parse(text, { delimiter: sign, from_line: 2, trim: false })
        const read = readCsv(text)
        const cells = read?.rows.map((row) => ['A', 'B', 'C'].map((column) => row.fields[column]))
        expect(cells).toEqual(expected.map((row) => row.map((each) => each.trim())))
        expect(read?.rows.map((row) => row.raw)).toEqual(rows.map((row) => row.map(quoted).join(sign)))
      }),
      { seed: 3, numRuns: 500 },
    )
  })

  test('with any bytes in them keep every character that is no blank line', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', 'é', ' '), maxLength: 60 })
    fc.assert(
      fc.property(text, (body) => {
        const read = readCsv(`A,B\n${body}`)
        const kept = (read?.rows ?? []).map((row) => row.raw).join('')
        expect(kept.replace(/[\s]/g, '')).toBe(body.replace(/\s/g, ''))
        expect(read?.rows.map((row) => row.row)).toEqual(read?.rows.map((_, at) => at + 1))
      }),
      { seed: 4, numRuns: 2000 },
    )
  })

  test.each([
    ['an unclosed quote', 'A,B\n1,"x\n2,y\n3,z\n', ['unclosed-quote', '', '']],
    ['a quote closed too early', 'A,B\n1,"x" y\n2,y\n', ['text-after-quote', '']],
    ['a quote that swallows lines', 'A,B\n1,"x\n2,"y"\n3,z\n', ['text-after-quote', '', '']],
    ['too few and too many cells', 'A,B\n1\n1,2,3\n1,2\n', ['too-few-cells', 'too-many-cells', '']],
  ])('%s costs its own row alone', (_, text, codes) => {
    expect(readCsv(text)?.rows.map((row) => row.faults[0]?.code ?? '')).toEqual(codes)
  })

  test('tell what is odd about them', () => {
    const rows = readCsv('\ufeffa_a;B;B\r\nNULL; x ;1\r\n', ['A A'])?.rows
    expect(rows?.[0]?.fields).toEqual({ 'A A': '', B: 'x' })
    expect(rows?.[0]?.quirks.map(({ code, field }) => `${code} ${field}`)).toEqual([
      'duplicate-column B',
      'column-name A A',
      'literal-null A A',
      'trimmed B',
    ])
  })

  test('are read in time that grows with their length', () => {
    for (const line of ['1,"x\n', '"\n', '" ,"\n', '   \n1,2\n']) {
      const begun = performance.now()
      readCsv(`A,B\n${line.repeat(40_000)}`)
      expect(performance.now() - begun).toBeLessThan(20_000)
    }
  }, 120_000)
})

const shape = { lists: ['result'], known: ['id'] }

describe('objects', () => {
  test('are those that JSON.parse gives, with numbers as they were written', () => {
    const texts = (value: unknown): unknown => {
      if (typeof value === 'number') return JSON.stringify(value)
      if (Array.isArray(value)) return value.map(texts)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, texts(each)]))
    }
    const element = fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false } as object))
    fc.assert(
      fc.property(fc.array(element), fc.constantFrom(0, 1), (list, indent) => {
        const given = list.map((each, at) => ({ ...each, id: at }))
        const expected = (JSON.parse(JSON.stringify(given)) as object[]).map(texts)
        for (const document of [
          JSON.stringify({ a: '1', result: given, z: '2' }, undefined, indent),
          JSON.stringify(given),
        ]) {
          const read = readJson(document, shape)
          expect(read?.whole).toBe(true)
          expect(JSON.parse(JSON.stringify(read?.rows.map((row) => row.fields)))).toEqual(expected)
        }
        const lines = given.map((each) => JSON.stringify(each)).join(indent === 0 ? '' : '\n')
        const read = readJson(lines, shape)
        if (given.length > 0) expect(JSON.parse(JSON.stringify(read?.rows.map((row) => row.fields)))).toEqual(expected)
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  test.each([
    ['in the middle', '{"result":[{"id":1},{"id":2,"x":"y},{"id":3},{"id":4}]}', ['1', '!', '3', '4']],
    ['a comma too few', '{"result":[{"id":1}{"id":2 "x":1},{"id":3}]}', ['1', '!', '3']],
    ['cut off', '{"result":[{"id":1},{"id":2,"x":', ['1', '!']],
    ['cut off between two', '{"result":[{"id":1},{"id":2},', ['1', '2', '!']],
    ['before the list', '{"a":tru,"result":[{"id":1}]}', ['!', '1']],
    ['behind the list', '{"result":[{"id":1}],"a":x}', ['1', '!']],
    ['a line', '{"id":1}\n{"id":2,}\n{"id":3}\n', ['1', '!', '3']],
    ['an element that is none', '[{"id":1},7,{"id":3}]', ['1', '!', '3']],
    ['nested too deeply', `[{"id":${'['.repeat(5000)}},{"id":2}]`, ['!', '2']],
  ])('%s: what is whole is read', (_, text, ids) => {
    const read = readJson(text, shape)
    expect(read?.rows.map((row) => (row.faults.length > 0 ? '!' : row.fields.id))).toEqual(ids)
    expect(read?.whole).toBe(false)
  })

  test('say where they are broken, and which key stands twice', () => {
    const read = readJson('{"result":[\n{"id":1,"id":2},\n{"id":x}]}', shape)
    expect(read?.rows[0]).toMatchObject({ fields: { id: '2' }, quirks: [{ code: 'duplicate-key', field: 'id' }] })
    expect(read?.rows[1]).toMatchObject({ raw: '{"id":x}]}', faults: [{ code: 'json-broken', detail: '3:7' }] })
  })

  test.each(['', 'x', '7', '{}', '{"other":[{"a":1}]}', '"result"'])('%j is not of the shape', (text) => {
    expect(readJson(text, shape)).toBeUndefined()
  })

  test('are read in time that grows with their length', () => {
    for (const part of ['{"id":"', '{"id":1,"x":[{', '{"id":1,,},', '{"id":x},\n']) {
      const begun = performance.now()
      readJson(`{"result":[${part.repeat(20_000)}]}`, shape)
      expect(performance.now() - begun).toBeLessThan(20_000)
    }
  }, 120_000)
})

describe('fields', () => {
  test.each([
    ['12000.10', '12000.10'],
    ['-0.000000000001', '-0.000000000001'],
    ['1.234,56', '1234.56 number-format'],
    ['1,234.56', '1234.56 number-format'],
    ['1.234.567', '1234567 number-format'],
    ['12,5', '12.5 number-format'],
    ['0,125', '0.125 number-format'],
    ['1.5e3', '1500 exponent'],
    ['1,234', 'ambiguous-number'],
    ['1.2.3', 'not-a-number'],
    ['$12', 'not-a-number'],
    ['٣', 'not-a-number'],
  ])('the number %s is %s', (cell, expected) => {
    expect(told(exactDecimal(cell))).toBe(expected)
  })

  test.each([
    ['2024-02-29', '2024-02-29'],
    ['2023-02-29', 'not-a-day'],
    ['31/12/2024', '2024-12-31 day-format'],
    ['31-12-2024', '2024-12-31 day-format'],
    ['12/31/2024', '2024-12-31 day-format'],
    ['05/05/2024', '2024-05-05 day-format'],
    ['05/06/2024', 'ambiguous-day'],
    ['2024/1/5', '2024-01-05 day-format'],
    ['2024-01-15 13:04:05', '2024-01-15'],
    ['1/2/24', 'not-a-day'],
    ['0024-01-01', 'not-a-day'],
  ])('the day %s is %s', (cell, expected) => {
    expect(told(dayAndTime(cell))).toBe(expected)
  })

  test.each([
    ['2024-01-15 13:04:05', '2024-01-15T13:04:05Z'],
    ['2024-01-15T10:04:05-03:00', '2024-01-15T13:04:05Z'],
    ['2024-01-15T13:04:05.123Z', '2024-01-15T13:04:05.123Z'],
    ['1704067200', '2024-01-01T00:00:00Z'],
    ['1704067200000', '2024-01-01T00:00:00Z'],
    ['2024-02-30 00:00:00', 'not-a-timestamp'],
    ['2024-01-15 23:59:60', 'not-a-timestamp'],
    ['2024-01-15', 'not-a-timestamp'],
  ])('the moment %s is %s', (cell, expected) => {
    expect(told(timestamp(cell))).toBe(expected)
  })

  test('moments are those that Temporal reads', () => {
    const two = (max: number) => fc.integer({ min: 0, max }).map((each) => String(each).padStart(2, '0'))
    const year = fc.integer({ min: 1895, max: 2205 }).map(String)
    const zone = fc.oneof(
      fc.constant('Z'),
      fc.tuple(fc.constantFrom('+', '-'), two(15), two(59)).map(([a, b, c]) => `${a}${b}:${c}`),
    )
    const fraction = fc.constantFrom('', '.5', '.120', '.000', '.123456789')
    fc.assert(
      fc.property(fc.tuple(year, two(13), two(32), two(24), two(60), two(59), fraction, zone), (parts) => {
        const [y, mo, d, h, mi, s, f, z] = parts
        const cell = `${y}-${mo}-${d}T${h}:${mi}:${s}${f}${z}`
        const far = Number(y) < 1900 || Number(y) > 2199
        expect(told(timestamp(cell))).toBe(far ? 'not-a-timestamp' : (inTemporal(cell) ?? 'not-a-timestamp'))
        if (!far)
          expect(told(dayAndTime(`${y}-${mo}-${d}`))).toBe(
            isIsoDate(`${y}-${mo}-${d}`) ? `${y}-${mo}-${d}` : 'not-a-day',
          )
      }),
      { seed: 6, numRuns: 2000 },
    )
  })

  test('a word is known in any casing, and told', () => {
    expect(told(oneOf('Closed', 'Open')('CLOSED'))).toBe('Closed casing')
    expect(told(oneOf('Closed')('Shut'))).toBe('unknown-word')
  })

  test('minutes are exact over any clock change', () => {
    expect(minutesBetween('2024-09-07T23:59:30Z', '2024-09-08T04:00:00Z')).toBe('240.5')
  })

  test('details show no person', () => {
    expect(cellDetail('ana.perez@wom.cl', 'word')).toBe('aaa.aaaaa@aaa.aa')
    expect(cellDetail('+56 9 8765 4321', 'figure')).toBe('+99 9 9999 9999')
    expect(cellDetail('Ana', 'figure')).toBe('Aaa')
    expect(cellDetail('2024-13-01 10:00:00', 'figure')).toBe('2024-13-01 10:00:00')
  })
})

function told(read: { value: unknown; quirk?: string } | { fault: string }): string {
  return 'fault' in read ? read.fault : [String(read.value), read.quirk].filter(Boolean).join(' ')
}

function inTemporal(text: string): string | undefined {
  try {
    return Temporal.Instant.from(text).toString()
  } catch {
    return undefined
  }
}
