import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareSpans, joinSpans, type Span, spanFromText, spanText } from '../../src/language/index.ts'

const at = fc.integer({ min: 1, max: 100_000 })
const span = fc
  .record({ line: at, column: at, lines: fc.nat(50), endColumn: at })
  .map(({ line, column, lines, endColumn }): Span => {
    return {
      file: 'a.md',
      line,
      column,
      endLine: line + lines,
      endColumn: lines === 0 ? column + endColumn : endColumn,
    }
  })
const holds = (outer: Span, inner: Span) =>
  (outer.line < inner.line || (outer.line === inner.line && outer.column <= inner.column)) &&
  (outer.endLine > inner.endLine || (outer.endLine === inner.endLine && outer.endColumn >= inner.endColumn))

describe('a span', () => {
  it('is read back from its short form', () => {
    fc.assert(
      fc.property(span, (each) => {
        expect(spanFromText(spanText(each), 'a.md')).toEqual(each)
      }),
    )
  })

  it.each(['', '1:2', '1:2-3', '1:2-3:4 ', 'a:b-c:d', '1:2-3:4:5', '-1:2-3:4'])('is not read from %j', (text) => {
    expect(spanFromText(text, 'a.md')).toBeUndefined()
  })

  it('is ordered by place, the same from both sides', () => {
    fc.assert(
      fc.property(span, span, span, (a, b, c) => {
        expect(Math.sign(compareSpans(a, b)) + Math.sign(compareSpans(b, a))).toBe(0)
        const sorted = [a, b, c].sort(compareSpans)
        expect(compareSpans(sorted[0] as Span, sorted[2] as Span)).toBeLessThanOrEqual(0)
      }),
    )
    const [a, b] = [spanFromText('9:1-9:2', 'a.md'), spanFromText('1:1-1:2', 'b.md')] as [Span, Span]
    expect(compareSpans(a, b)).toBeLessThan(0)
  })

  it('joined with another holds both and nothing outside', () => {
    fc.assert(
      fc.property(span, span, (a, b) => {
        const both = joinSpans(a, b)
        expect(holds(both, a) && holds(both, b)).toBe(true)
        expect(joinSpans(b, a)).toEqual(both)
        expect([a, b].some((each) => each.line === both.line && each.column === both.column)).toBe(true)
        expect([a, b].some((each) => each.endLine === both.endLine && each.endColumn === both.endColumn)).toBe(true)
      }),
    )
  })
})
