import { findingPages, findingWords } from '../checks/registry.ts'
import { clauseWords } from '../clauses/registry.ts'
import { type Language, readData, type Speaker, speaker, type Words } from '../language/index.ts'

let merged: Words | undefined

/** Every word of the product by id, from all rooms; loaded once. */
export function allWords(): Words {
  if (!merged) {
    const own = [
      '../language/words.yaml',
      '../agreement/words.yaml',
      '../evidence/words.yaml',
      './words.yaml',
      './words-evidence.yaml',
      './messages.yaml',
    ].map((file) => readData(new URL(file, import.meta.url)) as Words)
    merged = Object.assign({}, findingWords(findingPages()), clauseWords(), ...own) as Words
  }
  return merged
}

/** A speaker of one language that knows every word, and `more` that only some commands need. */
export function speakerOf(language: Language, more: Words = {}): Speaker {
  return speaker(language, { ...allWords(), ...more })
}
