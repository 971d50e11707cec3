import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactSum, sameNumber } from '../../web/src/pages/why/exact.ts'
import { isWanted, rowsWanted } from '../../web/src/pages/why/rows-wanted.ts'
import {
  arithmeticOf,
  nodeAt,
  numberOf,
  pathIn,
  pathText,
  runs,
  sizeOf,
  type TraceNode,
  told,
} from '../../web/src/pages/why/trace.ts'
import { lineOfLetters, linesOf, openedAtFirst, unfoldedTo } from '../../web/src/pages/why/visible.ts'
import { cellsOf, webAddress } from '../../web/src/parts/clause/places.ts'

const KINDS = ['clause', 'formula', 'input', 'evidence', 'fact', 'rule', 'missing', 'verdict'] as const

const { node: anyTrace } = fc.letrec<{ node: TraceNode }>((tie) => ({
  node: fc.record({
    kind: fc.constantFrom(...KINDS),
    label: fc.string({ maxLength: 12 }),
    children: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant<TraceNode[]>([]),
      fc.array(tie('node'), { maxLength: 30 }),
    ),
  }),
}))

const anyDecimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
  .map(([units, scale]) => {
    const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
    const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
    return { text: units < 0n ? `-${text}` : text, units, scale }
  })

const evidence = (value: string): TraceNode => ({
  kind: 'evidence',
  label: `cost-and-usage of 31 July 2024: amount = ${value}`,
  children: [],
})

describe('exact sums', () => {
  it('are those of whole numbers at the same scale', () => {
    fc.assert(
      fc.property(fc.array(anyDecimal, { maxLength: 20 }), (values) => {
        const whole = values.reduce((sum, { units, scale }) => sum + units * 10n ** BigInt(12 - scale), 0n)
        const digits = (whole < 0n ? -whole : whole).toString().padStart(13, '0')
        const text = `${whole < 0n ? '-' : ''}${digits.slice(0, -12)}.${digits.slice(-12)}`
        expect(sameNumber(exactSum(values.map((each) => each.text)), text)).toBe(true)
      }),
    )
  })

  it('keep what a binary number would lose', () => {
    expect(exactSum(['0.1', '0.2'])).toBe('0.3')
    expect(exactSum(['3260495.10558964', '-0.00000000000001'])).toBe('3260495.10558963999999')
    expect(exactSum(['-1.50', '1.5'])).toBe('0')
  })
})

describe('a trace', () => {
  it('finds every node again by the path in the address', () => {
    fc.assert(
      fc.property(anyTrace, (root) => {
        const lines = linesOf(root, everythingOpen(root))
        expect(lines).toHaveLength(sizeOf(root) + 1)
        for (const line of lines) {
          if (line.type !== 'node') throw new Error('nothing may be folded')
          expect(pathIn(root, pathText(line.path))).toEqual(line.path)
          expect(nodeAt(root, line.path)).toBe(line.node)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('shows the node that an address names, however deep it is folded away', () => {
    fc.assert(
      fc.property(anyTrace, fc.nat(), (root, which) => {
        const all = linesOf(root, everythingOpen(root))
        const wanted = all[which % all.length]
        if (wanted?.type !== 'node') throw new Error('nothing may be folded')
        const lines = linesOf(root, openedAtFirst(root, wanted.path))
        expect(lines.some((line) => line.type === 'node' && line.key === wanted.key)).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  it('folds a run of alike leaves, and loses none of them', () => {
    const root: TraceNode = {
      kind: 'verdict',
      label: 'met',
      children: [
        { kind: 'formula', label: 'sum', children: Array.from({ length: 1000 }, (_, at) => evidence(`${at}`)) },
      ],
    }
    const folded = linesOf(root, openedAtFirst(root, []))
    expect(folded).toHaveLength(11)
    expect(folded.at(-1)).toMatchObject({ type: 'fold', hidden: 992 })
    const unfolded = linesOf(root, unfoldedTo(root, [0, 700], openedAtFirst(root, [])))
    const fold = unfolded.at(-1)
    expect(unfolded.length - 3 + (fold?.type === 'fold' ? fold.hidden : 0)).toBe(1000)
  })

  it('refuses addresses that lead nowhere', () => {
    const root: TraceNode = { kind: 'verdict', label: 'met', children: [evidence('1')] }
    expect(pathIn(root, undefined)).toEqual([])
    for (const text of ['1', '0.0', '-1', '0.', 'a', '0x0', '99999999999999999999'])
      expect(pathIn(root, text)).toBeUndefined()
  })

  it('divides children into runs that together are all of them', () => {
    fc.assert(
      fc.property(anyTrace, ({ children }) => {
        const found = runs(children)
        expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(children.length)
        found.reduce((at, { start, count }) => {
          expect(start).toBe(at)
          return at + count
        }, 0)
      }),
    )
  })

  it('reads the value that stands in the words of evidence', () => {
    expect(told(evidence('-679.7'))).toEqual({ label: 'cost-and-usage of 31 July 2024: amount', value: '-679.7' })
    expect(numberOf(evidence('-679.7'))).toBe('-679.7')
    expect(numberOf({ kind: 'formula', label: '', value: { amount: '3.5', currency: 'USD' }, children: [] })).toBe(
      '3.5',
    )
    expect(numberOf({ kind: 'formula', label: '', value: 11, children: [] })).toBe('11')
    expect(numberOf({ kind: 'rule', label: 'so = 4', children: [] })).toBeUndefined()
  })

  it('says that something adds up only when it does, to the last digit', () => {
    const sum = (amount: string, values: string[]): TraceNode => ({
      kind: 'formula',
      label: 'sum',
      value: { amount, currency: 'USD' },
      children: values.map(evidence),
    })
    expect(arithmeticOf(sum('0.3', ['0.1', '0.2']))).toBe('sum')
    expect(arithmeticOf(sum('0.30000000000000004', ['0.1', '0.2']))).toBe('other')
    expect(arithmeticOf({ ...sum('3', ['a', 'b', 'c']), value: 3 })).toBe('count')
    expect(arithmeticOf({ ...sum('3', ['a', 'b']), value: 3 })).toBe('other')
  })

  it('finds lines by the letters typed', () => {
    const root: TraceNode = {
      kind: 'verdict',
      label: 'At risk',
      children: [
        { kind: 'rule', label: 'Sum of claims', children: [] },
        { kind: 'fact', label: 'Support is set aside', children: [] },
      ],
    }
    const lines = linesOf(root, openedAtFirst(root, []))
    expect(lineOfLetters(lines, 0, 's')).toBe(1)
    expect(lineOfLetters(lines, 1, 's')).toBe(2)
    expect(lineOfLetters(lines, 0, 'sup')).toBe(2)
    expect(lineOfLetters(lines, 0, 'aside')).toBe(2)
    expect(lineOfLetters(lines, 0, 'zebra')).toBe(-1)
  })
})

describe('the words of a clause', () => {
  const span = { file: 'a.md', line: 43, column: 12, endLine: 43, endColumn: 15 }

  it('are the cells of a row, with the marked place in its own', () => {
    expect(cellsOf(43, '| Year 2 | $4M | 10% |', span)).toEqual([
      [{ text: 'Year 2', marked: false }],
      [{ text: '$4M', marked: true }],
      [{ text: '10%', marked: false }],
    ])
  })

  it('are a line without the signs of Markdown', () => {
    expect(cellsOf(7, '- **Data** stays in Chile', undefined)).toEqual([
      [{ text: 'Data stays in Chile', marked: false }],
    ])
    expect(cellsOf(7, '## 4. Terms', undefined)).toEqual([[{ text: '4. Terms', marked: false }]])
  })

  it('lose no word and gain none, whatever is marked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z0-9$%. ]{0,8}$/), { minLength: 1, maxLength: 5 }),
        fc.nat({ max: 60 }),
        fc.nat({ max: 60 }),
        (cells, column, length) => {
          const text = `| ${cells.join(' | ')} |`
          const place = { file: 'a.md', line: 1, column: column + 1, endLine: 1, endColumn: column + 1 + length }
          const read = cellsOf(1, text, place).map((cell) => cell.map((piece) => piece.text).join(''))
          expect(read).toEqual(cells.map((cell) => cell.trim()))
        },
      ),
    )
  })
})

describe('rows that a fact names', () => {
  it('are one, several, or so many that they are not named', () => {
    expect(rowsWanted(undefined)).toBeUndefined()
    expect(rowsWanted('(30)')).toEqual({ several: 30 })
    const named = rowsWanted('7, 28,19')
    expect(['7', '28', '19', '8'].map((row) => isWanted(row, named))).toEqual([true, true, true, false])
  })
})

describe('addresses of sources', () => {
  it('are followed only on the web', () => {
    expect(webAddress('https://example.org/a')).toBe('https://example.org/a')
    for (const text of ['javascript:alert(1)', 'data:text/html,x', 'not an address', '', undefined])
      expect(webAddress(text)).toBeUndefined()
  })
})

function everythingOpen(root: TraceNode) {
  const nodes = new Set<string>()
  const folds = new Map<string, number>()
  const open = (node: TraceNode, path: number[]): void => {
    nodes.add(pathText(path))
    for (const { start } of runs(node.children)) folds.set(`${pathText(path)}:${start}`, Number.MAX_SAFE_INTEGER)
    node.children.forEach((child, at) => {
      open(child, [...path, at])
    })
  }
  open(root, [])
  return { nodes, folds }
}
