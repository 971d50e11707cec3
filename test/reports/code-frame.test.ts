import { describe, expect, it } from 'vitest'
import { codeFrame, type Mark } from '../../src/reports/index.ts'

const paper = { width: 60, colour: false }
const lines = [
  '# Agreement',
  '',
  '| Data Residency | Chile only |',
  '| Recovery | Cross-region |',
  '',
  `- ${'far '.repeat(30)}away (eu-west-2) at the end`,
]
const texts = new Map([
  ['a.md', lines],
  ['b.yaml', ['entries:', '  - topic: currency']],
])
const mark = (file: string, line: number, column: number, length: number, label: string, primary = false): Mark => ({
  span: { file, line, column, endLine: line, endColumn: column + length },
  label,
  primary,
})

describe('a code frame', () => {
  it('shows both places of a contradiction, each with its label', () => {
    const frame = codeFrame(
      [mark('a.md', 4, 14, 12, '', true), mark('a.md', 3, 20, 10, 'data must stay here')],
      texts,
      'error',
      paper,
    )
    expect(frame).toEqual([
      '    ┌─ a.md:4:14',
      '  3 │ | Data Residency | Chile only |',
      '    │                    ---------- data must stay here',
      '  4 │ | Recovery | Cross-region |',
      '    │              ^^^^^^^^^^^^',
    ])
  })
  it('shows two files one under the other', () => {
    const frame = codeFrame(
      [mark('b.yaml', 2, 5, 15, '', true), mark('a.md', 3, 3, 14, 'the text')],
      texts,
      'error',
      paper,
    )
    expect(frame.join('\n')).toContain('┌─ b.yaml:2:5')
    expect(frame.join('\n')).toContain('├─ a.md:3:3')
  })
  it('moves along a line that is wider than the page, and stays inside the page', () => {
    const column = (lines[5] as string).indexOf('eu-west-2') + 1
    const frame = codeFrame(
      [mark('a.md', 6, column, 9, 'a label that is long enough to need a second line of its own', true)],
      texts,
      'error',
      paper,
    )
    expect(frame.every((line) => line.length <= 60)).toBe(true)
    const at = frame.findIndex((line) => line.includes('^'))
    const under = (frame[at] as string).indexOf('^')
    expect((frame[at - 1] as string).slice(under, under + 9)).toBe('eu-west-2')
  })
  it('survives places outside the text', () => {
    expect(() =>
      codeFrame([mark('a.md', 99, 1, 5, 'x', true), mark('c.md', 1, 1, 1, 'y')], texts, 'error', paper),
    ).not.toThrow()
  })
})
