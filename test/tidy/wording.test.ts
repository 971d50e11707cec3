import { describe, expect, it } from 'vitest'
import { readList, readTree, treeOf } from './tree.ts'
import { wordingsIn, wordingViolations } from './wording.ts'

const floors = readList<{ wordings: number }>('floors.yaml')
const tree = readTree('src')

describe('English and Spanish in src', () => {
  it('both exist everywhere, with the same placeholders', () => {
    expect(wordingViolations(tree)).toEqual([])
  })

  it('were seen', () => {
    expect(wordingsIn(tree).length).toBeGreaterThan(tree.has('src/clauses/registry.ts') ? floors.wordings : 0)
  })
})

describe('the wording rule', () => {
  const found = (yaml: string) => wordingViolations(treeOf({ 'src/a/words.yaml': yaml }))

  it.each([
    ['a: { en: One }', 'a has no es'],
    ['a: { es: Uno }', 'a has no en'],
    ['a: { en: One, es: "" }', 'a has no es'],
    ['a: { en: One, es: }', 'a has no es'],
    ['a: { en: [one], es: [] }', 'a has no es'],
    ['- b: { message: { en: "{a} of {b}", es: "{a}" } }', '0.b.message fills in {a, b} in en, {a} in es'],
  ])('finds the fault in %s', (yaml, fault) => {
    expect(found(yaml)).toEqual([`src/a/words.yaml ${fault}`])
  })

  it.each([
    ['a: { en: "{b} of {a}", es: "{a}: {b}" }'],
    ['a: { en: "{n#day|days}", es: "{n#día|días}" }'],
    ['sections: { en: [], es: [] }'],
    ['holidays: { cl: 1, es: 2 }'],
    ['a: { required: true, en: [one], es: [uno, una] }'],
  ])('accepts %s', (yaml) => {
    expect(found(yaml)).toEqual([])
  })

  it('leaves cases alone', () => {
    expect(wordingViolations(treeOf({ 'src/a/cases/a.yaml': 'a: { en: One }' }))).toEqual([])
  })
})
