import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { TOPIC_NAMES } from '../../src/agreement/index.ts'
import { checkRooms, findingPages } from '../../src/checks/registry.ts'
import { clauseRooms, clauseWords } from '../../src/clauses/registry.ts'
import { VERDICTS } from '../../src/clauses/room.ts'
import { GRADES } from '../../src/evidence/index.ts'
import { LANGUAGES, readData, TERM_IDS, type Words } from '../../src/language/index.ts'
import { allWords } from '../../src/reports/index.ts'

interface TermWords {
  term: string
  plural?: string
  spoken?: string
  definition: string
}

interface Term {
  id: string
  en: TermWords
  es: TermWords
  source: string
  code?: string
  banned?: string[]
}

const file = new URL('../../src/language/terms.yaml', import.meta.url)
const groups = parse(readFileSync(file, 'utf8')) as { group: Record<string, string>; terms: Term[] }[]
const terms = groups.flatMap((group) => group.terms)
const byId = new Map(terms.map((term) => [term.id, term]))
const withPrefix = (prefix: string) =>
  terms.filter((term) => term.id.startsWith(`${prefix}.`)).map((term) => term.id.slice(prefix.length + 1))

describe('terms.yaml', () => {
  it('is what the glossary and the term ids were made of', () => {
    const script = fileURLToPath(new URL('../../scripts/write-terms.mjs', import.meta.url))
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect([...TERM_IDS].sort()).toEqual([...byId.keys()].sort())
  })

  it('has each id once, both languages, a source and nothing unknown', () => {
    expect(byId.size).toBe(terms.length)
    expect(byId.size).toBeGreaterThan(180)
    const fields = ['id', 'en', 'es', 'source', 'code', 'banned']
    for (const term of terms) {
      expect(
        Object.keys(term).filter((key) => !fields.includes(key)),
        term.id,
      ).toEqual([])
      expect(term.source, term.id).toMatch(/\w/)
      for (const language of LANGUAGES) {
        expect(term[language].term, `${term.id} ${language}`).toMatch(/^\p{L}/u)
        expect(term[language].definition, `${term.id} ${language}`).toMatch(/^\p{Lu}.*\.$/u)
      }
    }
  })

  it.each(LANGUAGES)('gives no word of %s two meanings', (language) => {
    const meanings = new Map<string, Set<string>>()
    for (const term of terms) {
      const { term: word, plural, spoken } = term[language]
      for (const each of [word, plural, spoken]) {
        if (each) meanings.set(each.toLowerCase(), (meanings.get(each.toLowerCase()) ?? new Set()).add(term.id))
      }
    }
    expect([...meanings].filter(([, ids]) => ids.size > 1).map(([word, ids]) => [word, ...ids])).toEqual([])
  })

  it('bans no word that is a term itself', () => {
    const words = new Set(terms.flatMap(({ en, es }) => [en.term, en.plural, es.term, es.plural]))
    expect(terms.flatMap((term) => term.banned ?? []).filter((word) => words.has(word))).toEqual([])
  })

  it('names identifiers that exist', () => {
    const src = fileURLToPath(new URL('../../src/', import.meta.url))
    const code = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('term-ids.ts'))
      .map((path) => readFileSync(`${src}/${path}`, 'utf8'))
      .join('\n')
    const unknown = terms.filter((term) => term.code && !new RegExp(`(?<!\\w)${term.code}(?!\\w)`).test(code))
    expect(unknown.map((term) => [term.id, term.code])).toEqual([])
  })
})

describe('every part of the product has its term', () => {
  const pages = Object.values(findingPages())
  it.each([
    ['kind', clauseRooms.map((room) => room.id)],
    ['family', checkRooms.map((room) => room.id)],
    ['topic', TOPIC_NAMES],
    ['verdict', [...VERDICTS]],
    ['grade', [...GRADES]],
    ['force', ['obligation', 'target', 'estimate', 'statement']],
    ['lifecycle', ['not-begun', 'running', 'ended', 'disputed']],
    ['severity', ['error', 'warning', 'info']],
    ['confidence', ['proved', 'computed', 'heuristic']],
    ['side', ['partner', 'provider', 'both', 'none']],
  ])('%s', (prefix, ids) => {
    expect(withPrefix(prefix).sort()).toEqual([...ids].sort())
  })

  it('dataset', () => {
    const needed = new Set(clauseRooms.flatMap((room) => room.needs.map((need) => need.dataset)))
    expect([...needed].filter((dataset) => !withPrefix('dataset').includes(dataset))).toEqual([])
  })

  it('no finding is of another severity or confidence', () => {
    expect(pages.length).toBeGreaterThan(0)
    for (const page of pages) {
      expect(withPrefix('severity')).toContain(page.severity)
      expect(withPrefix('confidence')).toContain(page.confidence)
    }
  })
})

describe('the words that are shown', () => {
  const language = readData(new URL('../../src/language/words.yaml', import.meta.url)) as Words
  it.each([
    ['verdict', clauseWords()],
    ['grade', clauseWords()],
    ['lifecycle', clauseWords()],
    ['force', language],
    ['side', language],
    ['severity', allWords()],
  ])('are the terms: %s', (prefix, words) => {
    for (const id of withPrefix(prefix).map((name) => `${prefix}.${name}`)) {
      const { en, es } = byId.get(id) as Term
      expect(words[id], id).toEqual({ en: en.spoken ?? en.term, es: es.spoken ?? es.term })
    }
  })
})
