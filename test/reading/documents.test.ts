import { describe, expect, it } from 'vitest'
import { clauseRooms } from '../../src/clauses/registry.ts'
import { allDocuments, figures, ofKind, ownerless, read, realDocument, textOf } from './setting.ts'

const example = textOf('agreements/wom-aws-chile/agreement.md')
const spanish = textOf('agreements/wom-aws-chile/agreement.es.md')

describe.each(allDocuments())('%s', (_, text) => {
  const agreement = read(text)

  it('has an owner for every line that is not blank', () => expect(ownerless(agreement)).toEqual([]))

  it('has clauses whose ids are unique and whose places lie inside the text', () => {
    const ids = agreement.clauses.map((clause) => clause.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { span, cells } of agreement.clauses) {
      for (const place of [span, ...cells.map((cell) => cell.span)]) {
        expect(place.line).toBeGreaterThanOrEqual(1)
        expect(place.endLine).toBeLessThanOrEqual(agreement.lines.length)
        expect(place.endColumn).toBeLessThanOrEqual((agreement.lines[place.endLine - 1] ?? '').length + 1)
      }
    }
  })

  it('has terms that their own schemas accept', () => {
    for (const clause of agreement.clauses.filter((each) => each.kind !== 'unread')) {
      const room = clauseRooms.find((each) => each.id === clause.kind)
      expect(
        room?.terms.safeParse(clause.terms).error?.message,
        `${clause.id}: ${JSON.stringify(clause.terms)}`,
      ).toBeUndefined()
    }
  })

  it('shows a cell at the place where it stands', () => {
    const cells = agreement.clauses
      .flatMap((clause) => clause.cells)
      .filter((cell) => cell.span.line === cell.span.endLine)
    const wrong = cells.filter((cell) => {
      const shown = (agreement.lines[cell.span.line - 1] ?? '').slice(cell.span.column - 1, cell.span.endColumn - 1)
      return cell.text !== '' && shown.replace(/[*_`~\\]|\s/g, '') !== cell.text.replace(/[*_`~\\]|\s/g, '')
    })
    expect(wrong.map((cell) => `${cell.span.line}: ${cell.text}`)).toEqual([])
  })
})

const COUNTS = {
  term: 5,
  service: 4,
  'partner-tier': 4,
  commitment: 3,
  price: 5,
  implementation: 5,
  standard: 4,
  'managed-service': 5,
  'service-level': 4,
  'customer-metric': 4,
  'growth-initiative': 4,
  certification: 4,
  training: 4,
  fund: 4,
  activity: 4,
  relationship: 4,
  review: 4,
  responsibility: 5,
  accreditation: 4,
  residency: 4,
  exit: 3,
  'document-control': 4,
}

describe.each([
  ['the example', example],
  ['the example in Spanish', spanish],
  ...(realDocument() ? [['the real document', realDocument() as string]] : []),
] as [string, string][])('%s', (_, text) => {
  const agreement = read(text)
  it.each(Object.entries(COUNTS))('has its %s clauses: %i', (kind, count) => {
    expect(ofKind(agreement, kind).map((clause) => clause.title)).toHaveLength(count)
  })
  it('leaves nothing unread', () => expect(ofKind(agreement, 'unread').map((clause) => clause.title)).toEqual([]))
  it('has no other kinds', () => {
    const others = agreement.clauses.filter((clause) => !(clause.kind in COUNTS))
    expect(others.map((clause) => `${clause.kind}: ${clause.title}`)).toEqual([])
  })
})

describe('one agreement in two languages', () => {
  it.each(Object.keys(COUNTS))('has the same %s figures', (kind) => {
    expect(figures(read(spanish), kind)).toEqual(figures(read(example), kind))
  })
  it('has the same forces and sides', () => {
    const sides = (text: string): string[] =>
      read(text).clauses.map((each) => `${each.kind} ${each.force} ${each.obligor} ${each.beneficiary}`)
    expect(sides(spanish)).toEqual(sides(example))
  })
})
