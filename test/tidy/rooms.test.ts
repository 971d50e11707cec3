import { describe, expect, it } from 'vitest'
import { readRooms, roomViolations, type Shapes } from './rooms.ts'
import { readList, readTree, treeOf } from './tree.ts'

const shapes = readList<Shapes>('rooms.yaml')
const floors = readList<{ cases: number }>('floors.yaml')
const tree = readTree('src')

describe('rooms of src', () => {
  it('have their shape, and their rules, findings and cases fit together', () => {
    expect(roomViolations(tree, shapes)).toEqual([])
  })

  it('were seen with their cases', () => {
    const cases = readRooms(tree, shapes).flatMap((room) => room.cases)
    expect(cases.length).toBeGreaterThanOrEqual(tree.has('src/clauses/registry.ts') ? floors.cases : 0)
  })
})

const clause = {
  'src/clauses/price/README.md': '# Price\n\n- **PRC-1** A price has a unit.\n',
  'src/clauses/price/index.ts': 'export const price = 1',
  'src/clauses/price/terms.ts': 'export const terms = 1',
  'src/clauses/price/reads.yaml': 'kind: price',
  'src/clauses/price/words.yaml': 'title: { en: Price, es: Precio }',
  'src/clauses/price/judge.ts': 'export const judge = 1',
  'src/clauses/price/cases/price.yaml': '- { name: a unit, rule: PRC-1, given: {}, expect: {} }',
}
const check = {
  'src/checks/arithmetic/README.md': '# Arithmetic\n\n| Rule | |\n| --- | --- |\n| ARI-1 | Totals add up. |\n',
  'src/checks/arithmetic/index.ts': 'export const arithmetic = 1',
  'src/checks/arithmetic/check.ts': 'export const check = 1',
  'src/checks/arithmetic/findings.yaml': 'arithmetic/total: { rule: ARI-1 }',
  'src/checks/arithmetic/cases/total.yaml':
    '- { name: wrong, rule: ARI-1, finds: [arithmetic/total] }\n- { name: right, rule: [ARI-1], finds: [] }',
}

describe('the room rule', () => {
  const found = (files: Record<string, string>, changes: Record<string, string | undefined>) => {
    const changed = Object.entries({ ...files, ...changes }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    )
    return roomViolations(treeOf(Object.fromEntries(changed)), shapes)
  }

  it('accepts rooms in shape', () => {
    expect(found({ ...clause, ...check }, {})).toEqual([])
    const list = '- { code: arithmetic/total, rule: [ARI-1] }'
    expect(found(check, { 'src/checks/arithmetic/findings.yaml': list })).toEqual([])
    expect(found(check, { 'src/checks/arithmetic/check-sums.ts': '1' })).toEqual([])
  })

  it.each(Object.keys(clause).filter((path) => !path.includes('/cases/')))('misses %s', (path) => {
    expect(found(clause, { [path]: undefined })).toContain(`src/clauses/price lacks ${path.split('/').at(-1)}`)
    expect(found(clause, { [path]: '' })).toContain(`src/clauses/price lacks ${path.split('/').at(-1)}`)
  })

  it.each(Object.keys(check).filter((path) => !path.includes('/cases/')))('misses %s', (path) => {
    expect(found(check, { [path]: undefined })).toContain(`src/checks/arithmetic lacks ${path.split('/').at(-1)}`)
  })

  it.each([
    [{ 'src/clauses/price/cases/price.yaml': undefined }, 'lacks cases/*.yaml'],
    [{ 'src/clauses/price/README.md': '# Price, see PRC-1' }, 'has a README.md without rule ids'],
    [{ 'src/clauses/price/README.md': '# Price\n\nPRC-1\n\n## PRC-2' }, 'has no case for PRC-2'],
    [{ 'src/clauses/price/cases/more.yaml': '- { name: b, rule: PRC-9 }' }, 'cases/more.yaml "b" names PRC-9, which'],
    [{ 'src/clauses/price/cases/more.yaml': 'cases: [{ name: b }]' }, 'cases/more.yaml "b" names no rule'],
  ])('finds %j', (changes, fault) => {
    expect(found(clause, changes).join('\n')).toContain(`src/clauses/price ${fault}`)
  })

  it.each([
    [{ 'src/checks/arithmetic/sums.ts': '1' }, 'may not have sums.ts'],
    [{ 'src/checks/arithmetic/README.md': 'ARI-1\n\nARI-2' }, 'defines ARI-2, which no finding in findings.yaml names'],
    [
      { 'src/checks/arithmetic/findings.yaml': 'arithmetic/total: { rule: [ARI-1, ARI-3] }' },
      'findings.yaml names ARI-3',
    ],
    [{ 'src/checks/arithmetic/findings.yaml': 'arithmetic/other: { rule: ARI-1 }' }, 'which findings.yaml lacks'],
    [{ 'src/checks/arithmetic/findings.yaml': 'sum/total: { rule: ARI-1 }' }, 'does not begin with arithmetic/'],
    [
      { 'src/checks/arithmetic/cases/total.yaml': '- { name: right, rule: ARI-1, finds: [] }' },
      'has no failing case for ARI-1',
    ],
    [
      { 'src/checks/arithmetic/cases/total.yaml': '- { rule: ARI-1, finds: arithmetic/total }' },
      'has no passing case for ARI-1',
    ],
    [
      { 'src/checks/arithmetic/cases/total.yaml': '- { name: no word of findings, rule: ARI-1 }' },
      'has no passing case for ARI-1',
    ],
  ])('finds %j', (changes, fault) => {
    expect(found(check, changes).join('\n')).toContain(fault)
  })

  it('finds an id of two rooms', () => {
    const other = Object.entries(clause).map(([path, text]) => [path.replace('price', 'term'), text] as const)
    expect(found(clause, Object.fromEntries(other))).toEqual([
      'src/clauses/term uses PRC-1, which belongs to src/clauses/price',
    ])
  })
})
