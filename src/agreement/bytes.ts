import { message, type Problem } from '../language/index.ts'

/** Bounds that no real agreement reaches; beyond them reading could take more than a person would wait. */
export const LIMITS = { bytes: 8 * 1024 * 1024, lineLength: 20_000, nesting: 60, paragraphLines: 2000 }

/** Decodes a document's bytes. Without text there is at least one problem saying why, where, and what to do. */
export function textOfBytes(bytes: Uint8Array, file: string): { text?: string; problems: Problem[] } {
  const refuse = (code: string, line = 1, column = 1, params = {}): { problems: Problem[] } => ({
    problems: [
      {
        code,
        where: { file, line, column, endLine: line, endColumn: column + 1 },
        message: message(code, params),
        fix: message(`${code}.fix`),
      },
    ],
  })
  if (bytes.length > LIMITS.bytes)
    return refuse('document/too-large', 1, 1, {
      size: Math.ceil(bytes.length / 1048576),
      limit: LIMITS.bytes / 1048576,
    })
  const wide = wideEncoding(bytes)
  if (wide) return refuse('document/not-utf8', 1, 1, { encoding: wide })
  const nul = bytes.indexOf(0)
  if (nul >= 0 || isKnownBinary(bytes)) return refuse('document/binary', ...placeOf(bytes, Math.max(0, nul)))
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text.trim() === '') return refuse('document/empty')
    const markdown = !/\.ya?ml$/i.test(file)
    return (markdown ? tooIntricate(text, refuse) : undefined) ?? { text, problems: [] }
  } catch {
    return refuse('document/not-utf8', ...placeOf(bytes, firstInvalid(bytes)), { encoding: 'Windows-1252 / Latin-1' })
  }
}

function wideEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16 LE'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16 BE'
  return undefined
}

// PDF, ZIP (Word, Excel), PNG, JPEG: the files that people hand in by mistake.
function isKnownBinary(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 4))
  return (
    head === '%PDF' ||
    head.startsWith('PK\u0003\u0004') ||
    head.startsWith('\u0089PNG') ||
    head.startsWith('\u00ff\u00d8\u00ff')
  )
}

function placeOf(bytes: Uint8Array, offset: number): [number, number] {
  let line = 1
  let lineStart = 0
  for (let at = 0; at < offset; at += 1) {
    if (bytes[at] !== 10) continue
    line += 1
    lineStart = at + 1
  }
  return [line, offset - lineStart + 1]
}

function firstInvalid(bytes: Uint8Array): number {
  // Halving finds the longest prefix that decodes; a cut inside a character is no fault with `stream`.
  let [good, bad] = [0, bytes.length]
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true })
      good = middle
    } catch {
      bad = middle
    }
  }
  return good
}

type Refuse = (code: string, line?: number, column?: number, params?: object) => { problems: Problem[] }

// Markdown's own rules make very long lines, very deep nesting and endless paragraphs cost more than linear time.
function tooIntricate(text: string, refuse: Refuse): { problems: Problem[] } | undefined {
  let run = 0
  const lines = text.split(/\r\n|\n|\r/)
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (line.length > LIMITS.lineLength)
      return refuse('document/line-too-long', at + 1, LIMITS.lineLength, {
        length: line.length,
        limit: LIMITS.lineLength,
      })
    const markers = /^(?:\s*(?:>|[-*+](?=\s)|\d+[.)](?=\s)))*/.exec(line)?.[0].replace(/\s/g, '').length ?? 0
    const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0
    if (Math.max(markers, line.trim() === '' ? 0 : indent / 2) > LIMITS.nesting)
      return refuse('document/too-deep', at + 1, 1, { limit: LIMITS.nesting })
    run = line.trim() === '' || /^\s*[|#]/.test(line) ? 0 : run + 1
    if (run > LIMITS.paragraphLines)
      return refuse('document/paragraph-too-long', at + 1, 1, { limit: LIMITS.paragraphLines })
  }
  return undefined
}
