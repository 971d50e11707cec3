import type { Mention } from './types.ts'

interface Word {
  fold: string
  raw: string
  start: number
  end: number
}

interface Entry<T> {
  words: readonly string[]
  /** Set for names in capitals, which are found inside a text in capitals only. */
  capitals?: readonly string[]
  /** An everyday word, read as the name only when it is the whole text. */
  whole: boolean
  value: T
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu
const ACRONYM = /^[^\p{Ll}]{1,8}$/u

/** Lower case without accents: `São` and `sao`, `Fráncfort` and `francfort` are one word. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

function words(text: string): Word[] {
  return [...text.matchAll(WORD)].map((match) => ({
    fold: fold(match[0]),
    raw: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }))
}

/** The words of a text in lower case, without accents. */
export function foldedWords(text: string): string[] {
  return words(text).map((word) => word.fold)
}

/** Names of things, found as a whole text or inside one; case, accents and punctuation do not matter. */
export class Names<T> {
  readonly #byFirst = new Map<string, Entry<T>[]>()

  add(name: string, value: T, whole = false): void {
    const parts = words(name)
    const first = parts[0]
    if (first === undefined) return
    const entry: Entry<T> = { words: parts.map((part) => part.fold), whole, value }
    if (ACRONYM.test(name) && /\p{L}/u.test(name)) entry.capitals = parts.map((part) => part.raw)
    const same = this.#byFirst.get(first.fold)
    if (same === undefined) this.#byFirst.set(first.fold, [entry])
    else same.push(entry)
  }

  /** Everything that the whole text names. */
  exact(text: string): T[] {
    const asked = foldedWords(text)
    const found = (this.#byFirst.get(asked[0] ?? '') ?? []).filter(
      (entry) => entry.words.length === asked.length && entry.words.every((word, index) => word === asked[index]),
    )
    return [...new Set(found.map((entry) => entry.value))]
  }

  /** Names inside a text, the longest at each place, none overlapping. */
  mentions(text: string, wanted: (value: T) => boolean = () => true): Mention<T[]>[] {
    const all = words(text)
    const found: Mention<T[]>[] = []
    for (let index = 0; index < all.length; ) {
      const { length, values } = this.#longestAt(all, index, wanted)
      const first = all[index] as Word
      const last = all[index + Math.max(length, 1) - 1] as Word
      if (length > 0) {
        found.push({ value: values, text: text.slice(first.start, last.end), start: first.start, end: last.end })
      }
      index += Math.max(length, 1)
    }
    return found
  }

  #longestAt(all: readonly Word[], index: number, wanted: (value: T) => boolean): { length: number; values: T[] } {
    let length = 0
    let values: T[] = []
    for (const entry of this.#byFirst.get(all[index]?.fold ?? '') ?? []) {
      if (entry.whole || entry.words.length < length || !wanted(entry.value)) continue
      if (!entry.words.every((word, offset) => all[index + offset]?.fold === word)) continue
      if (entry.capitals && !entry.capitals.every((word, offset) => all[index + offset]?.raw === word)) continue
      if (entry.words.length > length) values = []
      length = entry.words.length
      if (!values.includes(entry.value)) values.push(entry.value)
    }
    return { length, values }
  }
}
