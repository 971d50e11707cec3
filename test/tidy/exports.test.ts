import { describe, expect, it } from 'vitest'
import { publicExports, undocumentedExports } from './exports.ts'
import { readList, readTree, treeOf } from './tree.ts'

const floors = readList<{ publicExports: number }>('floors.yaml')
const tree = readTree('src')

describe('exports of src', () => {
  it('say what they are for', () => {
    expect(undocumentedExports(tree)).toEqual([])
  })

  it('were seen', () => {
    expect(publicExports(tree).length).toBeGreaterThan(tree.has('src/clauses/registry.ts') ? floors.publicExports : 0)
  })
})

describe('the export rule', () => {
  it.each([
    ['export function bare() {}'],
    ['export const bare = () => 1'],
    ['export default function bare() {}'],
    ['// not a doc comment\nexport function bare() {}'],
    ['/* nor this */\nexport function bare() {}'],
    ['/** */\nexport function bare() {}'],
    ['/** Of another. */\nconst a = 1\nexport function bare() { return a }'],
    ['function bare() {}\nexport { bare }'],
  ])('finds the function in %j', (text) => {
    expect(undocumentedExports(treeOf({ 'src/a/a.ts': text }))).toEqual([expect.stringContaining('bare has no doc')])
  })

  it.each([
    ['/** Explained. */\nexport function good() {}'],
    ['/** Explained. */\n// biome-ignore lint: because\nexport function good() {}'],
    [
      '/** Once. */\nexport function good(a: 1): 1\nexport function good(a: 2): 2\nexport function good(a: 1 | 2) { return a }',
    ],
    ['/** Explained. */\nfunction good() {}\nexport { good }'],
    ['export const number = 1'],
    ['export interface Inner {}'],
    ['function own() {}'],
  ])('accepts %j', (text) => {
    expect(undocumentedExports(treeOf({ 'src/a/a.ts': text }))).toEqual([])
  })

  it('follows what an index passes on', () => {
    const inner = 'export interface Bare {}\nexport const one = 1\n/** Explained. */\nexport type Good = 1'
    const found = (index: string) => undocumentedExports(treeOf({ 'src/a/index.ts': index, 'src/a/b.ts': inner }))
    expect(found('')).toEqual([])
    expect(found("export type { Bare } from './b.ts'")).toEqual(['src/a/b.ts:1 Bare has no doc comment'])
    expect(found("export type { Bare as Other } from './b.ts'")).toEqual(['src/a/b.ts:1 Bare has no doc comment'])
    expect(found("import { one } from './b.ts'\nexport { one }")).toEqual(['src/a/b.ts:2 one has no doc comment'])
    expect(found("export * from './b.ts'")).toHaveLength(2)
    expect(found('export class Own {}')).toEqual(['src/a/index.ts:1 Own has no doc comment'])
  })
})
