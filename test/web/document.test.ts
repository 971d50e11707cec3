import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Block as Read, readMarkdown } from '../../src/agreement/index.ts'
import { diffLines } from '../../web/src/pages/drafts/line-diff.ts'
import {
  type AgreementDocument,
  type Block,
  type End,
  endsOf,
  type Finding,
  linesOf,
  marksIn,
  overlaps,
  type Place,
  placeAll,
} from '../../web/src/parts/document/document.ts'
import { type Inline, readInline } from '../../web/src/parts/document/inline.ts'
import { quote } from '../../web/src/parts/document/quote.ts'

const FILE = 'agreements/wom-aws-chile/agreement.md'
const text = readFileSync(new URL(`../../${FILE}`, import.meta.url), 'utf8')
const lines = text.split('\n')

function wordsAt({ line, column, endLine, endColumn }: Place): string {
  const own = lines.slice(line - 1, endLine)
  own[own.length - 1] = (own.at(-1) as string).slice(0, endColumn - 1)
  own[0] = (own[0] as string).slice(column - 1)
  return own.join('\n')
}

function shown(block: Read): Block {
  const { span } = block
  if (block.form === 'heading') return { type: 'heading', depth: block.depth, text: block.text, span }
  if (block.form === 'rule') return { type: 'rule', span }
  if (block.form === 'table') {
    const cells = (row: readonly { span: Place }[]) =>
      row.map((cell) => ({ text: wordsAt(cell.span), span: cell.span }))
    return { type: 'table', span, header: cells(block.columns), rows: block.rows.map((row) => cells(row.cells)) }
  }
  return { type: block.form === 'item' ? 'item' : 'paragraph', text: wordsAt(span), span }
}

const blocks = readMarkdown(text, FILE).map(shown)
const place = (line: number, column: number, endColumn: number): Place => ({
  file: FILE,
  line,
  column,
  endLine: line,
  endColumn,
})
const finding = (primary: Place, related: Finding['related'] = []): Finding => ({
  code: 'a/b',
  rule: 'A-1',
  title: '',
  family: 'a',
  severity: 'error',
  confidence: 'proved',
  message: '',
  explain: '',
  fix: '',
  clause: null,
  money: null,
  primary,
  related,
  fingerprint: `${primary.line}:${primary.column}`,
  waived: null,
})
const agreement = (parts: Partial<AgreementDocument>): AgreementDocument => ({
  id: 'a',
  title: '',
  language: 'en',
  file: FILE,
  asOf: '2025-01-31',
  blocks,
  clauses: [],
  findings: [],
  ...parts,
})

describe('the document on the page', () => {
  it('puts what is said of any line to the block that holds the line', () => {
    const written = lines.flatMap((line, at) => (line.trim() === '' ? [] : [at + 1]))
    const findings = written.map((line) => finding(place(line, 1, 2)))
    const { sections, elsewhere } = placeAll(agreement({ findings }))
    const placed = sections.flatMap((section) => section.blocks)
    expect(placed).toHaveLength(blocks.length)
    expect(elsewhere.findings).toEqual([])
    for (const { block, findings: own } of placed) {
      for (const { primary } of own) {
        expect(primary.line).toBeGreaterThanOrEqual(block.span.line)
        expect(primary.line).toBeLessThanOrEqual(block.span.endLine)
      }
    }
    expect(placed.flatMap((each) => each.findings)).toHaveLength(written.length)
  })

  it('keeps what another file says apart', () => {
    const other = finding({ ...place(3, 1, 5), file: 'amendments/a1.yaml' })
    expect(placeAll(agreement({ findings: [other] })).elsewhere.findings).toEqual([other])
  })

  it('marks the very words of a place, in every cell and line', () => {
    let cells = 0
    for (const block of blocks) {
      const pieces = [...(block.rows?.flat() ?? []), ...(block.text ? [{ text: block.text, span: block.span }] : [])]
      for (const piece of pieces.filter(() => block.type !== 'heading')) {
        for (const line of linesOf(piece.text, piece.span)) {
          const [from, to] = [2, Math.max(3, line.text.length - 1)]
          const column = line.column as number
          const [end] = endsOf(finding(place(line.line, column + from, column + to))) as [End]
          const [mark] = marksIn(line, [end])
          if (line.text.length <= from) continue
          expect(line.text.slice(mark?.from, mark?.to)).toBe(wordsAt(end.span))
          cells += 1
        }
      }
    }
    expect(cells).toBeGreaterThan(200)
  })

  it('marks a whole line whose text is not letter for letter that of the document', () => {
    const [line] = linesOf('AWS Advanced Partner', place(29, 1, 23))
    const [end] = endsOf(finding(place(29, 5, 8))) as [End]
    expect(line && marksIn(line, [end])).toEqual([{ from: 0, to: 20, end }])
  })

  it('quotes the row and marks the cell of each end', () => {
    const [own, other] = endsOf(
      finding(place(75, 23, 35), [{ span: place(219, 55, 64), label: 'another country' }]),
    ) as [End, End]
    const [row] = quote(blocks, own)
    expect(row?.columns).toEqual(['Standard', 'What Is Required', 'State'])
    expect(row?.pieces.map((piece) => piece.marks.length)).toEqual([0, 1, 0])
    const [entry] = quote(blocks, other)
    const [piece] = entry?.pieces ?? []
    expect(piece?.text.slice(piece.marks[0]?.from, piece.marks[0]?.to)).toBe('eu-west-2')
  })

  it('finds places that share a character, the same either way round', () => {
    expect(overlaps(place(5, 1, 10), place(5, 9, 12))).toBe(true)
    expect(overlaps(place(5, 1, 10), place(5, 10, 12))).toBe(false)
    const any = fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
    fc.assert(
      fc.property(any, any, ([line, column, length], [otherLine, otherColumn, otherLength]) => {
        const a = place(line, column, column + length)
        const b = place(otherLine, otherColumn, otherColumn + otherLength)
        expect(overlaps(a, b)).toBe(overlaps(b, a))
      }),
    )
  })
})

describe('marks inside a line', () => {
  const leaves = (parts: readonly Inline[]): Inline[] =>
    parts.flatMap((part) => (part.parts.length > 0 ? leaves(part.parts) : [part]))
  const kinds = (line: string) => leaves(readInline(line)).map((part) => `${part.kind}:${part.text}`)

  it('are shown as what they mean', () => {
    expect(kinds('a `b*` c')).toEqual(['text:a ', 'code:b*', 'text: c'])
    expect(readInline('**Owner**: ~~me~~ *you*').map((part) => part.kind)).toEqual([
      'strong',
      'text',
      'strike',
      'text',
      'emphasis',
    ])
    expect(kinds('\\*not\\* snake_case_name 3 * 4 * 5').join('')).not.toContain('emphasis')
    expect(kinds('see [the terms](javascript:alert)').join('|')).toBe(
      'text:see |text:the terms|text: (javascript:alert)',
    )
  })

  it('never lose, invent or move a word, whatever the text', () => {
    const piece = fc.constantFrom('**', '*', '_', '~~', '`', '[', '](', ')', '\\', ' ', 'a', '<b>', 'ñ', '😀', '!')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        const line = pieces.join('')
        let last = 0
        for (const part of leaves(readInline(line))) {
          if (part.text.startsWith(' (') && !line.startsWith(part.text, part.from)) continue
          expect(line.slice(part.from, part.from + part.text.length)).toBe(part.text)
          expect(part.from).toBeGreaterThanOrEqual(last)
          last = part.from + part.text.length
        }
        const letters = (words: string) => words.match(/[añb😀]/gu)?.length ?? 0
        const said = leaves(readInline(line)).map((part) => part.text)
        expect(letters(said.join(''))).toBe(letters(line))
      }),
      { numRuns: 2000 },
    )
  })

  it('are read in time that grows no faster than a hostile line', () => {
    for (const mark of ['*', '**', '_', '~~', '`', '[', '[](', '\\']) readInline(mark.repeat(4_000))
  }, 4_000)
})

describe('two texts of a draft', () => {
  it('are both whole in their comparison, with no line said to differ that is alone the same', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((each) => each.join('\n'))
    fc.assert(
      fc.property(text, text, (theirs, mine) => {
        const diff = diffLines(theirs, mine)
        const without = (side: string) => diff.filter((line) => line.in !== side).map((line) => line.text)
        expect(without('mine').join('\n')).toBe(theirs)
        expect(without('theirs').join('\n')).toBe(mine)
      }),
    )
    expect(diffLines('a\nb\nc', 'a\nB\nc').filter((line) => line.in === 'both')).toHaveLength(2)
    expect(diffLines('same', 'same').every((line) => line.in === 'both')).toBe(true)
  })
})
