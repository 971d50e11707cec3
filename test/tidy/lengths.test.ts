import { describe, expect, it } from 'vitest'
import { functionsOf, lengthViolations } from './lengths.ts'
import { modules, readList, readTree, treeOf } from './tree.ts'

const floors = readList<{ functions: number }>('floors.yaml')
const tree = readTree('src')

describe('lengths in src', () => {
  it('are at most 400 lines a file and 60 a function', () => {
    expect(lengthViolations(tree)).toEqual([])
  })

  it('were measured', () => {
    const functions = modules(tree).flatMap(([path, text]) => functionsOf(path, text))
    expect(functions.length).toBeGreaterThan(tree.has('src/clauses/registry.ts') ? floors.functions : 0)
  })
})

describe('the length rule', () => {
  const lines = (count: number) => 'a()\n'.repeat(count)

  it.each([
    ['function long() {\n', '}', 'long'],
    ['const long = () => {\n', '}', 'long'],
    ['const long = async function () {\n', '}', 'long'],
    ['class A {\nlong() {\n', '}}', 'long'],
    ['const a = {\nlong: () => {\n', '}}', 'long'],
    ['each((one) => {\n', '})', 'a function'],
  ])('finds 61 lines after %j', (head, tail, name) => {
    const found = (count: number) => lengthViolations(treeOf({ 'src/a/a.ts': head + lines(count) + tail }))
    expect(found(58)).toEqual([])
    expect(found(59)).toEqual([expect.stringContaining(`${name} has 61 lines`)])
  })

  it('finds 401 lines in a file', () => {
    expect(lengthViolations(treeOf({ 'src/a/a.ts': lines(400) }))).toEqual([])
    expect(lengthViolations(treeOf({ 'src/a/a.ts': lines(401) }))).toEqual(['src/a/a.ts has 401 lines, more than 400'])
  })

  it('is not misled by braces in texts, templates and comments', () => {
    const text = `const a = () => {\n  b('}', \`\${c('{')}\`, /[}]/) // }\n}\n${lines(70)}`
    expect(functionsOf('src/a/a.ts', text)).toEqual([{ name: 'a', line: 1, lines: 3 }])
  })
})
