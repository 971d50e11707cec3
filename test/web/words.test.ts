import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { LANGUAGES, readWords, type WordEntry } from '../../web/build/words.ts'

const SOURCE = fileURLToPath(new URL('../../web/src/', import.meta.url))
const PLACEHOLDER = /\{([a-zA-Z][a-zA-Z0-9]*)(#[^|{}]*\|[^{}]*)?\}/g
const words = readWords(SOURCE)
const ids = new Set(words.map((entry) => entry.id))

/** What is wrong with texts: a language that is missing, other placeholders, an id told twice. */
function faultsIn(entries: readonly WordEntry[]): string[] {
  const seen = new Map<string, string>()
  return entries.flatMap(({ id, file, texts }) => {
    const faults: string[] = []
    const before = seen.get(id)
    if (before !== undefined) faults.push(`${id} stands in ${before} and in ${file}`)
    seen.set(id, file)
    for (const language of LANGUAGES) if (!texts[language]?.trim()) faults.push(`${file} ${id} has no ${language}`)
    const [english, spanish] = LANGUAGES.map((language) => placeholdersOf(texts[language] ?? ''))
    if (english !== spanish) faults.push(`${file} ${id} fills in {${english}} in en, {${spanish}} in es`)
    return faults
  })
}

function placeholdersOf(text: string): string {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name]) => name))].sort().join(', ')
}

/** Ids that the pages ask for as a literal: `t('clauses.title')`. */
function idsAskedFor(): { file: string; id: string }[] {
  return readdirSync(SOURCE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name)
      const text = readFileSync(file, 'utf8')
      return [...text.matchAll(/\b(?:t|say|words|w)\('([a-z][a-zA-Z0-9.-]+)'/g)].map(([, id]) => ({
        file,
        id: id ?? '',
      }))
    })
}

describe('words of the pages', () => {
  it('stand in both languages, once, with the same placeholders', () => {
    expect(words.length).toBeGreaterThan(150)
    expect(faultsIn(words)).toEqual([])
  })

  it('exist wherever a page asks for them', () => {
    const asked = idsAskedFor()
    expect(asked.length).toBeGreaterThan(100)
    expect(asked.filter(({ id }) => !ids.has(id)).map(({ file, id }) => `${file}: ${id}`)).toEqual([])
  })

  it('would be missed: a planted gap, another placeholder and a second telling are found', () => {
    const file = 'planted.yaml'
    const planted: WordEntry[] = [
      { id: 'a.title', file, texts: { en: 'Title', es: 'Título' } },
      { id: 'a.title', file: 'other.yaml', texts: { en: 'Title', es: 'Título' } },
      { id: 'a.gap', file, texts: { en: 'Gap' } },
      { id: 'a.count', file, texts: { en: '{count} {count#row|rows}', es: '{number} filas' } },
    ]
    expect(faultsIn(planted)).toHaveLength(3)
  })
})
