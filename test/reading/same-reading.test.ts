import { describe, expect, it } from 'vitest'
import { addColumn, REFORMED, RENAMED, reorderSections, replaceAll, swapColumns } from './rewrite.ts'
import { figures, ofKind, read, realDocument, textOf } from './setting.ts'

const KINDS = [
  'term',
  'service',
  'commitment',
  'price',
  'implementation',
  'standard',
  'managed-service',
  'service-level',
  'customer-metric',
  'growth-initiative',
  'certification',
  'training',
  'fund',
  'activity',
  'relationship',
  'review',
  'responsibility',
  'accreditation',
  'residency',
  'exit',
  'document-control',
]
const texts: [string, string][] = [['the example', textOf('agreements/wom-aws-chile/agreement.md')]]
const real = realDocument()
if (real) texts.push(['the real document', real])

const sorted = (values: unknown[]): string[] => values.map((each) => JSON.stringify(each)).sort()

describe.each(texts)('%s', (_, text) => {
  const before = read(text)
  const rewritten: [string, string][] = [
    ['reordered sections', reorderSections(text)],
    ['swapped columns', swapColumns(text)],
    ['an extra column in every table', addColumn(text)],
    ['headings in other words', replaceAll(text, RENAMED)],
    ['Windows line ends', text.replaceAll('\n', '\r\n')],
  ]
  it.each(rewritten)('reads the same with %s', (_name, other) => {
    expect(other).not.toBe(text)
    const after = read(other)
    for (const kind of KINDS) expect(sorted(figures(after, kind)), kind).toEqual(sorted(figures(before, kind)))
    expect(ofKind(after, 'unread')).toEqual([])
  })

  it('reads the same amounts and percentages in other forms', () => {
    const after = read(replaceAll(text, REFORMED))
    const amounts = (agreement: typeof after): unknown[] =>
      ofKind(agreement, 'commitment').map((clause) => (clause.terms as { minimum: { amount: string } }).minimum.amount)
    expect(amounts(after)).toEqual(amounts(before))
    expect(figures(after, 'service-level')).toEqual(figures(before, 'service-level'))
  })
})
