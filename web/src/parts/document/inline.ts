/** How a piece of a line is marked. */
export type InlineKind = 'text' | 'strong' | 'emphasis' | 'code' | 'strike'

/** A piece of a line: words with their offset in it, or marked pieces. */
export interface Inline {
  kind: InlineKind
  /** Offset of `text` in the line. */
  from: number
  text: string
  parts: Inline[]
}

const PAIRS: readonly { mark: string; kind: InlineKind; inWord: boolean }[] = [
  { mark: '**', kind: 'strong', inWord: true },
  { mark: '__', kind: 'strong', inWord: false },
  { mark: '~~', kind: 'strike', inWord: true },
  { mark: '*', kind: 'emphasis', inWord: true },
  { mark: '_', kind: 'emphasis', inWord: false },
]
const ESCAPED = /^\\[!-/:-@[-`{-~]/
const LINK = /^!?\[([^\]\n]*)\]\(([^)\s]*)(?:\s+"[^"\n]*")?\)/
const DEEPEST = 6

/**
 * The Markdown marks inside one line. Only words come out, never markup: what a document says is shown, not run.
 * A mark without its partner stands for itself.
 */
export function readInline(line: string, from = 0, depth = 0): Inline[] {
  const output: Inline[] = []
  let words = ''
  let start = 0
  const flush = () => {
    if (words) output.push({ kind: 'text', from: from + start, text: words, parts: [] })
    words = ''
  }
  let at = 0
  while (at < line.length) {
    const marked = depth < DEEPEST ? markedAt(line, at, from, depth) : undefined
    if (marked) {
      flush()
      output.push(...marked.pieces)
      at = marked.next
      continue
    }
    if (!words) start = at
    words += line[at]
    at += 1
  }
  flush()
  return output
}

function markedAt(line: string, at: number, from: number, depth: number) {
  const rest = line[at] === '\\' || line[at] === '[' || line[at] === '!' ? line.slice(at, at + 2000) : ''
  if (ESCAPED.test(rest)) return { pieces: [leaf('text', from + at + 1, line[at + 1] as string)], next: at + 2 }
  const link = rest ? LINK.exec(rest) : null
  if (link) {
    const open = line.indexOf('[', at) + 1
    const [whole, words = '', address = ''] = link
    const told = words === address || address === '' ? [] : [leaf('text', from + at + whole.length, ` (${address})`)]
    return { pieces: [...readInline(words, from + open, depth + 1), ...told], next: at + whole.length }
  }
  return codeAt(line, at, from) ?? pairAt(line, at, from, depth)
}

function leaf(kind: InlineKind, from: number, text: string): Inline {
  return { kind, from, text, parts: [] }
}

function codeAt(line: string, at: number, from: number) {
  if (line[at] !== '`') return undefined
  const fence = /^`+/.exec(line.slice(at))?.[0] ?? '`'
  const end = line.indexOf(fence, at + fence.length)
  if (end < 0) return undefined
  return {
    pieces: [leaf('code', from + at + fence.length, line.slice(at + fence.length, end))],
    next: end + fence.length,
  }
}

function pairAt(line: string, at: number, from: number, depth: number) {
  for (const { mark, kind, inWord } of PAIRS) {
    if (!line.startsWith(mark, at)) continue
    const open = at + mark.length
    if (isSpace(line[open]) || (!inWord && isWord(line[at - 1]))) continue
    const end = closing(line, open, mark, inWord)
    if (end < 0) continue
    const parts = readInline(line.slice(open, end), from + open, depth + 1)
    return { pieces: [{ kind, from: from + open, text: line.slice(open, end), parts }], next: end + mark.length }
  }
  return undefined
}

function closing(line: string, open: number, mark: string, inWord: boolean): number {
  let end = line.indexOf(mark, open)
  while (end >= 0) {
    const doubled = mark.length === 1 && (line[end + 1] === mark || line[end - 1] === mark)
    if (end > open && !isSpace(line[end - 1]) && !doubled && (inWord || !isWord(line[end + mark.length]))) return end
    end = line.indexOf(mark, end + (doubled ? 2 : 1))
  }
  return -1
}

function isSpace(letter: string | undefined): boolean {
  return letter === undefined || /\s/.test(letter)
}

function isWord(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}]/u.test(letter)
}
