import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ImportTable, importsOf, importViolations, roomsOf } from './imports.ts'
import { modules, ROOT, readList, readTree, treeOf } from './tree.ts'

const table = readList<ImportTable>('imports.yaml')
const floors = readList<{ modules: number; imports: number; rooms: Record<string, number> }>('floors.yaml')
const tree = readTree('src')

describe('imports of src', () => {
  it('follow the list of who may import whom', () => {
    expect(importViolations(tree, table)).toEqual([])
  })

  it('were seen', () => {
    const files = readdirSync(join(ROOT, 'src'), { recursive: true }).filter((name) => String(name).endsWith('.ts'))
    expect(modules(tree).length).toBe(files.length)
    const complete = tree.has('src/clauses/registry.ts')
    expect(files.length).toBeGreaterThan(complete ? floors.modules : 0)
    const imports = modules(tree).flatMap(([path, text]) => importsOf(path, text))
    expect(imports.length).toBeGreaterThan(complete ? floors.imports : 0)
  })

  it.each(table.rooms)('see every room of %s', (folder) => {
    const seen = roomsOf(tree, folder)
    const entries = tree.has(`src/${folder}/registry.ts`) || seen.length > 0 ? foldersIn(`src/${folder}`) : []
    expect(seen.sort()).toEqual(entries.sort())
    if (tree.has(`src/${folder}/registry.ts`)) expect(seen.length).toBeGreaterThanOrEqual(floors.rooms[folder] ?? 1)
  })

  it('keep to a list that has no cycle itself', () => {
    const order = Object.keys(table.folders)
    for (const [folder, known] of Object.entries(table.folders)) {
      expect(order).toEqual(expect.arrayContaining(known))
      for (const each of known) expect(table.folders[each], `${folder} and ${each}`).not.toContain(folder)
    }
  })
})

function foldersIn(path: string): string[] {
  const entries = readdirSync(join(ROOT, path), { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  // Git knows no empty folders, and a switch of branches leaves some behind.
  return folders.filter((name) => readdirSync(join(ROOT, path, name)).length > 0)
}

describe('the import rule', () => {
  it.each([
    ["import { a } from './b.ts'", './b.ts'],
    ["import type { A } from '../b.ts'", '../b.ts'],
    ["import {\n  a,\n  type B,\n} from '../b/index.ts'", '../b/index.ts'],
    ["import './b.ts'", './b.ts'],
    ["export { a } from './b.ts'", './b.ts'],
    ["export type { A } from './b.ts'", './b.ts'],
    ["export * from './b.ts'", './b.ts'],
    ["export * as b from './b.ts'", './b.ts'],
    ["const b = await import('./b.ts')", './b.ts'],
    ["let b: import('./b.ts').B", './b.ts'],
    ["import b = require('./b.ts')", './b.ts'],
    ["const url = new URL('./b.yaml', import.meta.url)", './b.yaml'],
    [`const url = new URL(\`./\${id}/b.yaml\`, import.meta.url)`, './*/b.yaml'],
  ])('sees %j', (text, specifier) => {
    expect(importsOf('src/language/a.ts', text).map((each) => each.specifier)).toEqual([specifier])
  })

  it.each(["// import { a } from './b.ts'", 'const text = "import { a } from \'./b.ts\'"', 'export const a = 1'])(
    'sees nothing in %j',
    (text) => {
      expect(importsOf('src/language/a.ts', text)).toEqual([])
    },
  )

  it.each([
    ['an allowed folder', 'src/clauses/price/judge.ts', "import '../../agreement/clause.ts'"],
    ['its own room', 'src/clauses/price/judge.ts', "import './terms.ts'"],
    ['what all rooms share', 'src/clauses/price/judge.ts', "import '../kind.ts'"],
    ['a room by its index', 'src/checks/price/check.ts', "import '../../clauses/price/index.ts'"],
    ['rooms, for the registry', 'src/clauses/registry.ts', "import './price/index.ts'"],
    ['data of rooms, for the registry', 'src/clauses/registry.ts', "new URL('./price/reads.yaml', import.meta.url)"],
    [
      'data of any room, for the registry',
      'src/clauses/registry.ts',
      `new URL(\`./\${id}/reads.yaml\`, import.meta.url)`,
    ],
    ['own data by name', 'src/facts/index.ts', `new URL(\`./data/\${name}.yaml\`, import.meta.url)`],
    ['everything, for the library', 'src/index.ts', "export * from './standing/judge.ts'"],
    ['commander, for the command line', 'src/cli/main.ts', "import 'commander'"],
  ])('allows %s', (_, path, text) => {
    expect(
      importViolations(treeOf({ [path]: text }), table).filter((line) => !line.includes('does not import')),
    ).toEqual([])
  })

  it.each([
    ['an upper folder', 'src/language/money.ts', "import type { A } from '../agreement/clause.ts'"],
    ['a sibling room', 'src/clauses/price/judge.ts', "import { a } from '../term/index.ts'"],
    ['data of a sibling room', 'src/clauses/price/judge.ts', "new URL('../term/reads.yaml', import.meta.url)"],
    ['data of any room', 'src/clauses/kind.ts', `new URL(\`./\${id}/reads.yaml\`, import.meta.url)`],
    ['the inside of a room', 'src/checks/price/check.ts', "import {\n  a,\n} from '../../clauses/price/judge.ts'"],
    ['the inside of a room, for the library', 'src/index.ts', "export * from './clauses/price/judge.ts'"],
    ['the registry, from a room', 'src/clauses/price/judge.ts', "import '../registry.ts'"],
    ['a room, from what rooms share', 'src/clauses/kind.ts', "import './price/index.ts'"],
    ['evidence, from a check', 'src/checks/price/check.ts', "import '../../evidence/ledger.ts'"],
    ['the other edge', 'src/api/server.ts', "import '../cli/main.ts'"],
    ['a reader, from the twin', 'src/twin/write.ts', "import '../sources/bill/index.ts'"],
    ['the library', 'src/cli/main.ts', "import '../index.ts'"],
    ['the tests', 'src/cli/main.ts', "import '../../test/tidy/tree.ts'"],
    ['something computed', 'src/standing/judge.ts', 'await import(name)'],
    ['argv’s library', 'src/standing/judge.ts', "import { Command } from 'commander'"],
    ['AWS', 'src/clauses/price/judge.ts', "import '@aws-sdk/client-connect'"],
    ['HTTP', 'src/standing/judge.ts', "import 'node:http'"],
    ['anything, from a folder nobody knows', 'src/misc/a.ts', 'export {}'],
  ])('refuses %s', (_, path, text) => {
    expect(importViolations(treeOf({ [path]: text }), table)).toHaveLength(1)
  })

  it('finds a cycle and a room that the registry forgot', () => {
    const circle = treeOf({
      'src/language/a.ts': "import './b.ts'",
      'src/language/b.ts': "import type {} from './c.ts'",
      'src/language/c.ts': "export * from './a.ts'",
    })
    expect(importViolations(circle, table)).toEqual([
      'cycle: src/language/a.ts → src/language/b.ts → src/language/c.ts → src/language/a.ts',
    ])
    const forgotten = treeOf({ 'src/clauses/registry.ts': '', 'src/clauses/price/index.ts': '' })
    expect(importViolations(forgotten, table)).toEqual([
      'src/clauses/registry.ts does not import src/clauses/price/index.ts',
    ])
  })
})
