import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseSource } from './syntax.ts'
import { modules, readList, readTree, treeOf } from './tree.ts'
import { bannedSynonyms, type WordList, wordViolations } from './words.ts'

const list = readList<WordList>('words.yaml')
const floors = readList<{ bannedWords: number; comments: number }>('floors.yaml')
const tree = readTree('src', 'scripts', 'test')
const banned = bannedSynonyms(parse(tree.get('src/language/terms.yaml') ?? ''))

describe('the words of the code', () => {
  it('are those of language/terms.yaml, and say something', () => {
    const ours = new Map([...tree].filter(([path]) => path.startsWith('src/')))
    expect(wordViolations(ours, banned, list)).toEqual([])
  })

  it('are in file names and identifiers of scripts and tests, too', () => {
    const around = new Map([...tree].filter(([path]) => /^(scripts|test)\/.*\.m?[jt]s$/.test(path)))
    expect(wordViolations(around, [], { ...list, exceptions: [] })).toEqual([])
  })

  it('were compared with many banned ones', () => {
    expect(banned.length).toBeGreaterThan(floors.bannedWords)
    const ours = modules(tree).filter(([path]) => path.startsWith('src/'))
    const comments = ours.flatMap(([path, text]) => parseSource(path, text).comments)
    expect(comments.length).toBeGreaterThan(tree.has('src/clauses/registry.ts') ? floors.comments : 0)
  })
})

describe('the word rule', () => {
  const some = bannedSynonyms({
    provider: { en: 'provider', banned: ['vendor'] },
    'service-level': { banned: { en: ['performance target'], es: ['proveedor'] } },
  })
  const found = (files: Record<string, string>) => wordViolations(treeOf(files), some, { ...list, exceptions: [] })

  it('reads the banned lists of both languages', () => {
    expect(some).toEqual([
      { words: ['vendor'], term: 'provider' },
      { words: ['performance', 'target'], term: 'service-level' },
      { words: ['proveedor'], term: 'service-level' },
    ])
    expect(bannedSynonyms([{ id: 'provider', banned: ['vendor'] }])).toEqual([{ words: ['vendor'], term: 'provider' }])
  })

  it.each([
    ['vendor', 'const vendorName = 1'],
    ['vendor', 'const MAIN_VENDOR = 1'],
    ['vendor', 'interface A { vendors: string }'],
    ['vendor', 'type AWSVendor = 1'],
    ['vendor', "import { vendor } from './b.ts'"],
    ['vendor', '// The vendor pays.'],
    ['vendor', '/**\n * Vendors pay.\n */\nconst a = 1'],
    ['performance target', 'const performanceTarget = 1'],
    ['performance target', '// Its performance targets.'],
    ['helper', 'class DateHelper {}'],
    ['util', 'const dateUtils = 1'],
  ])('finds "%s" in %j', (word, text) => {
    expect(found({ 'src/a/a.ts': text }).join()).toContain(`"${word}"`)
  })

  it.each([
    ['const vendible = 1'],
    ["const a = 'the vendor says'"],
    ['const a = b.vendor'],
    ["import { Vendor } from 'package'\nconst a = new Vendor()"],
    ['// The column is called `vendor`, or "vendor".'],
    ['// The target of performance.'],
  ])('leaves %j alone', (text) => {
    expect(found({ 'src/a/a.ts': text })).toEqual([])
  })

  it('finds words in READMEs and file names', () => {
    const files = { 'src/a/README.md': '# A\n\nThe vendor pays.\n\n```\nvendor\n```\n', 'src/vendor/date-utils.ts': '' }
    expect(found(files)).toEqual([
      'src/vendor/date-utils.ts:1 "vendor" is banned, the word is "provider": file name',
      'src/vendor/date-utils.ts:1 "util" says nothing about what it is for: file name',
      'src/vendor/date-utils.ts:1 "utils" says nothing about what it is for: file name',
      'src/a/README.md:3 "vendor" is banned, the word is "provider": The vendor pays.',
    ])
  })

  it('knows exceptions, and which of them nothing needs', () => {
    const exceptions = [{ file: 'src/a/a.ts', word: 'vendor', why: 'a column of theirs' }]
    const check = (text: string) => wordViolations(treeOf({ 'src/a/a.ts': text }), some, { ...list, exceptions })
    expect(check('const vendor = 1')).toEqual([])
    expect(check('')).toEqual(['needless exception: src/a/a.ts vendor'])
  })
})
