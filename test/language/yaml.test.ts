import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { z } from 'zod'
import { type Path, spanText, YamlSource } from '../../src/language/index.ts'

const read = (text: string) => new YamlSource(text, 'a.yaml')

const agreement = `title: Un convenio
years:
  - year: 1
    minimum: 3000000.00
  - year: 2
    minimum: "4000000"
notes: {first: uno, second: [dos, tres]}
`

describe('values and their places', () => {
  it.each([
    [['title'], '1:8-1:19'],
    [['years', 0, 'year'], '3:11-3:12'],
    [['years', 0, 'minimum'], '4:14-4:24'],
    [['years', 1, 'minimum'], '6:14-6:23'],
    [['notes', 'second', 1], '7:35-7:39'],
    [['years', 0, 'nothing'], '3:5-5:1'],
    [['years', 7, 'minimum'], '3:3-7:1'],
  ] as [Path, string][])('%j is at %s', (path, place) => {
    expect(spanText(read(agreement).spanAt(path))).toBe(place)
  })

  it('knows where keys are', () => {
    expect(spanText(read(agreement).spanOfKey(['years', 0], 'minimum'))).toBe('4:5-4:12')
    expect(spanText(read(agreement).spanOfKey(['notes'], 'second'))).toBe('7:21-7:27')
    expect(spanText(read(agreement).spanOfKey([], 'nothing'))).toBe('1:1-8:1')
  })

  it.each(['1.50', '3000000.00', '0.1000000000000000055511151231257827', '12345678901234567890', '1e3', '-0.0', '007'])(
    'keeps the characters of %s',
    (number) => {
      expect(read(`a: {b: ${number}}`).textAt(['a', 'b'])).toBe(number)
    },
  )

  it('gives no text where there is none', () => {
    expect(read('a: null\nb:\nc: [1]\nd: yes\ne: true').textAt(['a'])).toBeUndefined()
    const source = read('a: null\nb:\nc: [1]\nd: yes\ne: true')
    expect(['b', 'c', 'x'].map((key) => source.textAt([key]))).toEqual([undefined, undefined, undefined])
    expect(['d', 'e'].map((key) => source.textAt([key]))).toEqual(['yes', 'true'])
  })

  it('finds every text of any data again at its place', () => {
    const data = fc.array(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[a-zñ€ ]{0,20}$/)))
    fc.assert(
      fc.property(data, (list) => {
        const text = stringify(list, { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 0 })
        const source = read(text)
        expect(source.problems).toEqual([])
        const lines = text.split('\n')
        list.forEach((entry, at) => {
          for (const [key, value] of Object.entries(entry)) {
            expect(source.textAt([at, key])).toBe(value)
            const span = source.spanAt([at, key])
            expect(lines[span.line - 1]?.slice(span.column - 1, span.endColumn - 1)).toBe(JSON.stringify(value))
          }
        })
      }),
    )
  })
})

const laughs = Array.from({ length: 30 }, (_, at) => `a${at}: &a${at} [${at === 0 ? 'x' : `*a${at - 1}, *a${at - 1}`}]`)

describe('what is no good YAML', () => {
  it.each([
    ['a billion laughs', laughs.join('\n')],
    ['100,000 nested lists', '['.repeat(100_000)],
    ['100,000 closed lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['100,000 nested maps', '{a: '.repeat(100_000)],
    ['100,000 nested dashes', '- '.repeat(100_000)],
    ['5,000 nested keys', '? '.repeat(5000)],
    ['deep indentation', Array.from({ length: 3000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
    ['an open quote', 'a: "b'],
    ['an open bracket', 'a: [1, 2'],
    ['bad indentation', 'a:\n  b: 1\n c: 2'],
    ['a tab', 'a:\n\t- b'],
    ['an unknown alias', 'a: *nothing'],
    ['the same key twice', 'a: 1\nb: 2\na: 3'],
    ['two documents', 'a: 1\n---\nb: 2'],
    ['a control character', 'a: "\\q"'],
  ])('%s: a problem with its place and a fix, never an exception', (_, text) => {
    const { problems, data } = read(text)
    expect(problems.length).toBeGreaterThan(0)
    expect(data).toBeUndefined()
    const lines = text.split('\n')
    for (const { code, where, message, fix } of problems) {
      expect(code).toBe('yaml/broken')
      expect(message.params.detail).toMatch(/\w/)
      expect(fix?.id).toBe('yaml/broken.fix')
      expect(where.file).toBe('a.yaml')
      expect(where.line).toBeGreaterThanOrEqual(1)
      expect(where.line).toBeLessThanOrEqual(lines.length)
      expect(where.column).toBeGreaterThanOrEqual(1)
    }
  })

  it('is told where it is', () => {
    expect(read('a: 1\nb: 2\na: 3').problems[0]?.where).toMatchObject({ line: 3, column: 1 })
    expect(read('a: 1\nb: [1').problems[0]?.where.line).toBe(2)
  })

  it('is told of all faults, not of the first only', () => {
    expect(read('a: 1\na: 2\nb: 1\nb: 2').problems.map(({ where }) => where.line)).toEqual([2, 4])
  })

  it('never throws on any text', () => {
    const pieces = fc.constantFrom(
      'a: ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '\n',
      '  ',
      '"',
      "'",
      '&a ',
      '*a ',
      '!!',
      '? ',
      '#',
      '|\n',
    )
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const source = read(text)
        source.spanAt(['a', 0, 'b'])
        source.spanOfKey(['a'], 'b')
        source.textAt([0, 'a'])
        source.check(z.strictObject({ a: z.string() }))
      }),
      { numRuns: 500 },
    )
  })
})

describe('checking against a form', () => {
  const form = z.strictObject({
    year: z.int(),
    note: z.string().optional(),
    parts: z.array(z.strictObject({ a: z.int() })),
  })

  it('gives the data when it fits', () => {
    expect(read('year: 1\nparts: [{a: 2}]').check(form)).toEqual({ year: 1, parts: [{ a: 2 }] })
  })

  it('reports every fault at its place', () => {
    const source = read('year: one\nextra: 1\nparts:\n  - a: 1\n  - a: x\n    b: 2\n')
    expect(source.check(form)).toBeUndefined()
    const found = source.problems.map(({ code, where }) => `${code} ${where.line}:${where.column}`)
    expect(found.sort()).toEqual(
      ['yaml/bad-field 1:7', 'yaml/unknown-field 2:1', 'yaml/bad-field 5:8', 'yaml/unknown-field 6:5'].sort(),
    )
  })
})
