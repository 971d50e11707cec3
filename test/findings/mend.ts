import { parse, stringify } from 'yaml'
import { type Agreement, readSupplement, type Supplement } from '../../src/agreement/index.ts'
import type { Finding } from '../../src/checks/room.ts'
import type { Language } from '../../src/language/index.ts'
import { read, textOf } from '../reading/setting.ts'

type Words = Record<Language, string>

/** One change of the text, in English and Spanish. */
type Edit =
  /** A cell of a table's row, counted from 1, gets other words. */
  | ({ line: number; cell: number } & Words)
  /** A whole line gets other words. */
  | ({ line: number; cell?: never } & Words)
  /** Lines are put in after a line. */
  | ({ after: number } & Words)
  /** A line is added to a section that the original has not got. */
  | ({ to: string } & Words)

/** What a supplement's entry says instead of the text; `line` stands for the clause on that line. */
interface Entry {
  topic: string
  line?: number
  kind?: string
  value: object
}

/** What is changed in the text, and what is said beside it. */
interface Way {
  edits?: Edit[]
  supplement?: Entry[]
}

/** How one defect is mended, and the findings that go with it. */
export interface Mend extends Way {
  name: string
  removes: { code: string; line: number }[]
  /** Other ways of saying the same, each as good. */
  or?: Way[]
  /** Its finding comes with time only; mended at the later day, and no part of the corrected agreement. */
  later?: boolean
}

interface MendFile {
  sections: Record<string, { before: number } & Words>
  mends: Mend[]
  together: Mend[]
}

const file = parse(textOf('test/findings/mends.yaml')) as MendFile

/** Mends of one defect or several, with every other way of saying them. */
export const ways: Mend[] = [...file.mends, ...file.together].flatMap((each) => [
  each,
  ...(each.or ?? []).map((way, index) => ({
    name: `${each.name} (${index + 2})`,
    removes: each.removes,
    later: each.later === true,
    ...way,
  })),
])

/** Mends for a corrected agreement, each in its nth way of saying it, or in its last where it has fewer. */
export function allMends(nth = 1): Mend[] {
  return file.mends
    .filter((each) => !each.later)
    .map((each) => {
      const way = nth === 1 ? undefined : each.or?.at(Math.min(nth - 2, each.or.length - 1))
      return way ? { name: each.name, removes: each.removes, ...way } : each
    })
}

/** A line with the number it had in the original; none when a mend put it in. */
interface Line {
  text: string
  was?: number
}

/** An agreement with mends applied. */
export interface Mended {
  text: string
  agreement: Agreement
  supplement?: Supplement
  supplementText?: string
  /** Number in the original of each line of the mended text. */
  was: (number | undefined)[]
}

/** Applies mends to a text that runs line for line with the example. */
export function mend(text: string, language: Language, chosen: readonly Mend[]): Mended {
  const lines = mendedLines(text, language, chosen)
  const mended = lines.map((each) => each.text).join('\n')
  const result: Mended = { text: mended, agreement: read(mended), was: lines.map((each) => each.was) }
  const added = chosen.flatMap((each) => each.supplement ?? [])
  if (added.length === 0) return result
  const original = read(text)
  const entries = added.map((entry) => entryOf(entry, original))
  const supplementText = stringify({ supplement: 1, entries }, { lineWidth: 120 })
  const { supplement, problems } = readSupplement(supplementText, 'supplement.yaml')
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return { ...result, supplement, supplementText }
}

function mendedLines(text: string, language: Language, chosen: readonly Mend[]): Line[] {
  const lines: Line[] = text.split('\n').map((each, index) => ({ text: each, was: index + 1 }))
  const added = new Map<number, string[]>()
  const bySection = new Map<string, string[]>()
  const edits = chosen.flatMap((each) => each.edits ?? [])
  for (const edit of edits) {
    const words = edit[language]
    if (words === undefined) throw new Error(`${JSON.stringify(edit)} has no words in ${language}`)
    if ('after' in edit) added.set(edit.after, [...(added.get(edit.after) ?? []), ...words.split('\n')])
    else if ('to' in edit) bySection.set(edit.to, [...(bySection.get(edit.to) ?? []), ...words.split('\n')])
    else change(lines[edit.line - 1] as Line, edit.cell, words)
  }
  for (const [name, { before, ...head }] of Object.entries(file.sections)) {
    const rows = bySection.get(name)
    if (rows) added.set(before - 1, [...(added.get(before - 1) ?? []), ...head[language].split('\n'), ...rows, ''])
  }
  return lines.flatMap((line) => [line, ...(added.get(line.was ?? 0) ?? []).map((each): Line => ({ text: each }))])
}

function change(line: Line, cell: number | undefined, words: string): void {
  if (cell === undefined) {
    line.text = words
    return
  }
  const cells = line.text.split('|')
  if (cells[cell] === undefined) throw new Error(`line ${line.was} has no cell ${cell}: ${line.text}`)
  cells[cell] = ` ${words} `
  line.text = cells.join('|')
}

function entryOf({ topic, line, kind, value }: Entry, original: Agreement): object {
  const clause = kind ?? (line === undefined ? undefined : original.clauses.find((each) => each.span.line === line)?.id)
  if (line !== undefined && clause === undefined) throw new Error(`no clause at line ${line} for ${topic}`)
  const agreed = { by: 'Commercial Director and Partner Manager', on: '2023-06-15', reference: 'letter 7' }
  return { topic, ...(clause ? { clause } : {}), value, agreed }
}

/** Errors and warnings by code and line of the original, sorted; infos do not count. */
export function defects(findings: readonly Finding[], was?: readonly (number | undefined)[]): string[] {
  return findings
    .filter((each) => each.severity !== 'info')
    .map(({ code, primary }) => {
      const line = was ? (was[primary.line - 1] ?? `${primary.file} ${primary.line}`) : primary.line
      return `${primary.file === 'agreement.md' ? line : `${primary.file} ${primary.line}`} ${code}`
    })
    .sort()
}
