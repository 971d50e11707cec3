import { parse } from 'yaml'
import type { Tree } from './tree.ts'

/** A place in a data file that says the same in English and Spanish. */
interface Pair {
  file: string
  place: string
  texts: Record<'en' | 'es', string[]>
}

const PLACEHOLDER = /\{([a-zA-Z][a-zA-Z0-9]*)/g

/** Says where a language is missing, or where the two do not fill in the same placeholders. */
export function wordingViolations(tree: Tree): string[] {
  return wordingsIn(tree).flatMap(({ file, place, texts }) => {
    const missing = (['en', 'es'] as const).filter((language) => isMissing(texts[language]))
    if (missing.length > 0) return missing.map((language) => `${file} ${place} has no ${language}`)
    const [english, spanish] = [placeholdersOf(texts.en), placeholdersOf(texts.es)]
    return english === spanish ? [] : [`${file} ${place} fills in {${english}} in en, {${spanish}} in es`]
  })
}

/** Every pair of languages in the YAML of a tree, except in cases. */
export function wordingsIn(tree: Tree): Pair[] {
  return [...tree]
    .filter(([file]) => file.endsWith('.yaml') && !file.includes('/cases/'))
    .flatMap(([file, text]) => pairsIn(parse(text), file, ''))
}

function pairsIn(value: unknown, file: string, place: string): Pair[] {
  if (typeof value !== 'object' || value === null) return []
  const entries = value as Record<string, unknown>
  const own =
    isPair(entries) && !isEmptyPair(entries)
      ? [{ file, place, texts: { en: textsIn(entries.en), es: textsIn(entries.es) } }]
      : []
  const deeper = Object.entries(entries).filter(([key]) => own.length === 0 || (key !== 'en' && key !== 'es'))
  return [...own, ...deeper.flatMap(([key, child]) => pairsIn(child, file, place === '' ? key : `${place}.${key}`))]
}

/** `es` is also a country: beside other two-letter keys it is no language. */
function isPair(entries: Record<string, unknown>): boolean {
  const codes = Object.keys(entries).filter((key) => /^[a-z]{2}$/.test(key))
  return codes.length > 0 && codes.every((code) => code === 'en' || code === 'es')
}

/** Two empty lists: a vocabulary that has no such words, in either language. */
function isEmptyPair({ en, es }: Record<string, unknown>): boolean {
  return [en, es].every((words) => Array.isArray(words) && words.length === 0)
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn)
  return value === undefined || value === null ? [] : [String(value)]
}

function isMissing(texts: string[]): boolean {
  return texts.length === 0 || texts.some((text) => text.trim() === '')
}

function placeholdersOf(texts: string[]): string {
  const names = texts.flatMap((text) => [...text.matchAll(PLACEHOLDER)].map((match) => match[1]))
  return [...new Set(names)].sort().join(', ')
}
