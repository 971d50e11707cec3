import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** Languages of the pages. */
export const LANGUAGES = ['en', 'es'] as const

/** One of them. */
export type WordLanguage = (typeof LANGUAGES)[number]

/** A text of the pages, with the file it stands in. */
export interface WordEntry {
  id: string
  file: string
  texts: Partial<Record<WordLanguage, string>>
}

/** Every `words.yaml` below a folder. */
export function wordFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === 'words.yaml')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Every text of the pages; ids may be nested in the YAML and are then joined by points. */
export function readWords(folder: string): WordEntry[] {
  return wordFiles(folder).flatMap((file) => entriesIn(parse(readFileSync(file, 'utf8')), file, ''))
}

function entriesIn(value: unknown, file: string, id: string): WordEntry[] {
  if (typeof value !== 'object' || value === null) return value === null ? [] : [{ id, file, texts: {} }]
  const record = value as Record<string, unknown>
  if (isText(record)) return [{ id, file, texts: record }]
  return Object.entries(record).flatMap(([key, child]) => entriesIn(child, file, id === '' ? key : `${id}.${key}`))
}

function isText(record: Record<string, unknown>): record is Partial<Record<WordLanguage, string>> {
  return LANGUAGES.some((language) => typeof record[language] === 'string')
}
