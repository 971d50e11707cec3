import type { Span } from '../language/index.ts'
import type { TextLine } from './blocks.ts'

// A full stop after one of these ends no sentence.
const SHORT =
  /(?:^|[\s(])(?:ltd|inc|corp|co|s\.?a|s\.?l|s\.?p\.?a|s\.?a\.?c|ltda|cía|no|nos|nr|núm|art|arts|sec|cl|vs|etc|e\.?g|i\.?e|p\.?ej|approx|aprox|est|avg|dr|mr|ms|sr|sra|av|u\.?s|ee|uu|p\.?a|a\.?m|p\.?m)\.$/iu
const BREAK = /[.!?]["”»)]?\s+(?=["“«(¿¡]?[\p{Lu}\d])/gu

/** The sentences of a paragraph, each with its own place; the paragraph as one line when it holds only one. */
export function sentencesOf(lines: readonly TextLine[], whole: TextLine, source: readonly string[]): TextLine[] {
  const starts = [0]
  for (const match of whole.text.matchAll(BREAK)) {
    const before = whole.text.slice(Math.max(0, match.index - 12), match.index + 1)
    if (!SHORT.test(before)) starts.push(match.index + match[0].length)
  }
  if (starts.length === 1) return [whole]
  const places = new Places(lines, source)
  return starts.map((start, at) => {
    const end = starts[at + 1] ?? whole.text.length
    const text = whole.text.slice(start, end).trim()
    const first = places.of(start)
    const last = places.of(Math.max(start, start + text.length - 1))
    const span: Span = {
      file: whole.span.file,
      line: first.line,
      column: first.column,
      endLine: last.line,
      endColumn: last.column + 1,
    }
    return { text, lead: at === 0 && whole.lead.length <= text.length ? whole.lead : '', struck: whole.struck, span }
  })
}

/** Places of rising offsets in a paragraph whose lines were joined by one blank each; it goes through the lines once. */
class Places {
  readonly #lines: readonly TextLine[]
  readonly #source: readonly string[]
  #at = 0
  #begin = 0

  constructor(lines: readonly TextLine[], source: readonly string[]) {
    this.#lines = lines
    this.#source = source
  }

  of(offset: number): { line: number; column: number } {
    let line = this.#lines[this.#at] as TextLine
    while (offset > this.#begin + line.text.length && this.#at + 1 < this.#lines.length) {
      this.#begin += line.text.length + 1
      this.#at += 1
      line = this.#lines[this.#at] as TextLine
    }
    return { line: line.span.line, column: columnOf(line, offset - this.#begin, this.#source) }
  }
}

// Markup before a word moves its column, so a few of its letters are looked for.
function columnOf(line: TextLine, offset: number, source: readonly string[]): number {
  const raw = source[line.span.line - 1] ?? ''
  const from = line.span.column - 1 + offset
  const piece = line.text.slice(offset, offset + 8)
  const found = raw.indexOf(piece, from)
  return (found < 0 ? Math.min(from, Math.max(0, raw.length - 1)) : found) + 1
}
