import type { Cell, ColumnWords, KnownKind, Party, Reads } from './clause.ts'
import { parseDuration, parseFrequency } from './measures.ts'
import { parseCount, parseDate, parseMoney, parsePercentage, vocabulary } from './values.ts'
import { holdsPhrase, plainLabel } from './words.ts'

/** What a table is taken for, and which role each of its columns plays. */
export interface TableMatch {
  known: KnownKind
  roles: (string | undefined)[]
  /** Roles that the kind makes no sense without. */
  needed: ReadonlySet<string>
  score: number
}

/** How well a heading path announces a kind: 3 for its exact name on the nearest heading, less for looser or farther ones. */
export function sectionScore(section: readonly string[], reads: Reads): number {
  const phrases = phrasesOf(reads.sections)
  for (let up = 0; up < section.length; up += 1) {
    const heading = plainLabel(section[section.length - 1 - up] ?? '')
    // "=services" must be the whole of the nearest heading: inside other headings such a word says nothing.
    const exact = phrases.some((phrase) => heading === phrase || (up === 0 && phrase === `=${heading}`))
    if (exact) return Math.max(0.5, 3 - 1.5 * up)
    if (phrases.some((phrase) => holdsOpenPhrase(heading, phrase))) return Math.max(0.4, 2 - up)
  }
  return 0
}

const open = new Map<string, RegExp>()

// "location of … data" is in "Location of Bank Data".
function holdsOpenPhrase(heading: string, phrase: string): boolean {
  if (!phrase.includes('…')) return holdsPhrase(heading, phrase)
  const pattern = open.get(phrase) ?? new RegExp(`(?:^| )${phrase.replace(' … ', '(?: \\S+){0,2} ')}(?: |$)`)
  open.set(phrase, pattern)
  return pattern.test(heading)
}

const prepared = new WeakMap<object, string[]>()

/** Both languages' phrases in plain form, longest first; prepared once. */
export function phrasesOf(words: { en?: string[]; es?: string[] }): string[] {
  const known = prepared.get(words)
  if (known) return known
  const phrases = [...(words.en ?? []), ...(words.es ?? [])].map(plainLabel).filter((each) => each !== '')
  const sorted = [...new Set(phrases)].sort((a, b) => b.length - a.length)
  prepared.set(words, sorted)
  return sorted
}

/** The kind whose columns and headings fit a table best; undefined when none fits well enough. */
export function recogniseTable(
  columns: Cell[],
  rows: readonly Cell[][],
  section: readonly string[],
  kinds: readonly KnownKind[],
  parties: readonly Party[],
): TableMatch | undefined {
  let best: TableMatch | undefined
  const seen = new Set(columns.flatMap((column) => plainLabel(column.text).split(' ')))
  for (const known of kinds) {
    const heading = sectionScore(section, known.reads)
    for (const { columns: wanted } of known.reads.tables ?? []) {
      if (heading === 0 && !mayName(seen, wanted)) continue
      const match = matchColumns(columns, rows, wanted, heading, parties)
      if (match && (!best || match.score > best.score)) best = { known, needed: neededRoles(wanted), ...match }
    }
  }
  return best && best.score >= 3.5 ? best : undefined
}

const firstWords = new WeakMap<object, Set<string>>()

// Most kinds share no word with a table's header: one look at first words spares comparing every phrase.
function mayName(seen: ReadonlySet<string>, wanted: Record<string, ColumnWords>): boolean {
  let first = firstWords.get(wanted)
  if (!first) {
    first = new Set(
      Object.values(wanted).flatMap((words) => phrasesOf(words).map((phrase) => phrase.split(' ', 1)[0] ?? '')),
    )
    firstWords.set(wanted, first)
  }
  if (Object.values(wanted).some((words) => words.party)) return true
  for (const word of seen) if (first.has(word)) return true
  return false
}

function neededRoles(wanted: Record<string, ColumnWords>): ReadonlySet<string> {
  return new Set(Object.keys(wanted).filter((role) => wanted[role]?.required))
}

function matchColumns(
  columns: Cell[],
  rows: readonly Cell[][],
  wanted: Record<string, ColumnWords>,
  heading: number,
  parties: readonly Party[],
): { roles: (string | undefined)[]; score: number } | undefined {
  const roles: (string | undefined)[] = columns.map(() => undefined)
  let score = heading
  for (const exactOnly of [true, false]) {
    for (const [role, words] of Object.entries(wanted)) {
      if (roles.includes(role)) continue
      const at = columns.findIndex(
        (column, index) => roles[index] === undefined && namesColumn(column, words, parties, exactOnly),
      )
      if (at < 0) continue
      roles[at] = role
      score += exactOnly ? 2 : 1.25
    }
  }
  score += fillByContent(columns, rows, wanted, roles, heading)
  const missing = Object.entries(wanted).some(([role, words]) => words.required && !roles.includes(role))
  if (missing) return undefined
  return { roles, score: score - 0.5 * roles.filter((role) => role === undefined).length }
}

function namesColumn(column: Cell, words: ColumnWords, parties: readonly Party[], exactOnly: boolean): boolean {
  const label = plainLabel(column.text)
  if (words.party && namesParty(label, words.party, parties, exactOnly)) return true
  const phrases = phrasesOf(words)
  if (exactOnly) return phrases.includes(label) || phrases.includes(withoutDate(label))
  // "Monthly quantity" counts, whatever "monthly" says elsewhere.
  if (words.value === 'money' && vocabulary.countWords.some((word) => holdsPhrase(label, word))) return false
  // Inside a longer header "by" or "a" says nothing.
  return phrases.some((phrase) => phrase.length > 2 && holdsPhrase(label, phrase))
}

const MONTH = [
  ...vocabulary.months.en,
  ...vocabulary.months.es,
  ...vocabulary.monthsShort.en,
  ...vocabulary.monthsShort.es,
]
  .concat('setiembre', 'sept')
  .sort((a, b) => b.length - a.length)
  .join('|')
const DATED = new RegExp(
  `\\b(?:${MONTH}) \\d{1,2} (?:19|20)\\d\\d\\b|(?:\\b\\d{1,2} )?(?:de )?(?:\\b(?:${MONTH}) )?(?:del? )?\\b(?:19|20)\\d\\d\\b`,
  'u',
)

// "Persons holding it on 30 June 2025" and "Target 2025" are named by the rest of their words; a day alone says "as of".
function withoutDate(label: string): string {
  const rest = label.replace(DATED, ' ').replace(/\s+/g, ' ').trim()
  return rest === '' && /[a-z]/.test(label) ? 'as of' : rest
}

function namesParty(
  label: string,
  side: 'partner' | 'provider',
  parties: readonly Party[],
  exactOnly: boolean,
): boolean {
  const names = parties.filter((party) => party.side === side).flatMap((party) => party.aliases)
  const words = names.length > 0 ? [...names, ...vocabulary.partyWords[side]] : vocabulary.partyWords[side]
  return exactOnly ? words.includes(label) : words.some((word) => holdsPhrase(label, word))
}

// A known heading over columns with unknown words: the values decide, when exactly one free column holds that kind of value.
function fillByContent(
  columns: Cell[],
  rows: readonly Cell[][],
  wanted: Record<string, ColumnWords>,
  roles: (string | undefined)[],
  heading: number,
): number {
  if (heading < 1 || rows.length === 0) return 0
  let gained = 0
  // What has a form of its own is looked for first; words fit anywhere.
  const byForm = Object.entries(wanted).sort((a, b) => Number(isText(a[1])) - Number(isText(b[1])))
  for (const [role, words] of byForm) {
    if (!words.required || roles.includes(role)) continue
    const free = columns.map((_, at) => at).filter((at) => roles[at] === undefined)
    const kind = words.value ?? 'text'
    const fits =
      kind === 'text'
        ? free.slice(0, 1)
        : free.filter((at) =>
            holdsMostly(
              kind,
              rows.map((row) => row[at]?.text ?? ''),
            ),
          )
    if (fits.length === 0 || (kind !== 'text' && fits.length > 1)) continue
    // What a row is about stands in its first column; a later one that is merely free is a remark.
    if (kind === 'text' && role === Object.keys(wanted)[0] && fits[0] !== 0) continue
    roles[fits[0] as number] = role
    // A column of region codes says more than its header could.
    gained += kind === 'region' ? 2 : 0.75
  }
  return gained
}

function isText(words: ColumnWords): boolean {
  return (words.value ?? 'text') === 'text'
}

const REGION_CODE =
  /(?<![\p{L}\d-])(?:[a-z]{2}(?:-[a-z]+)+-\d{1,2}|[a-z]+-(?:north|south|east|west|central)[a-z]*\d{1,2})(?![\p{L}\d-])/iu

function holdsMostly(kind: NonNullable<ColumnWords['value']>, texts: string[]): boolean {
  const fits = texts.filter((text) => holdsValue(kind, text)).length
  return fits > 0 && fits * 2 > texts.length
}

function holdsValue(kind: NonNullable<ColumnWords['value']>, text: string): boolean {
  switch (kind) {
    case 'money':
      return /[$€£]|[A-Z]{3}|\d\s*[kKmM]\b/.test(text) && parseMoney(text, '.') !== undefined
    case 'percentage':
      return parsePercentage(text, '.') !== undefined
    case 'number':
      return /^\s*[\d.,]+\s*$/.test(text) && parseCount(text, '.') !== undefined
    case 'date':
      return parseDate(text) !== undefined
    case 'duration':
      return parseDuration(text, '.') !== undefined
    case 'frequency':
      return parseFrequency(text) !== undefined
    case 'region':
      return REGION_CODE.test(text)
    default:
      return text.trim() !== ''
  }
}

/** Which kind and field a row label or the words before a colon mean. */
export interface LabelMatch {
  known: KnownKind
  field: string
  exact: boolean
}

/** An index of all kinds' labels, so that a row costs one look-up. */
export class LabelIndex {
  readonly #exact = new Map<string, LabelMatch[]>()
  /** Phrases by their first word, longest first. */
  readonly #loose = new Map<string, { phrase: string; match: LabelMatch }[]>()

  constructor(kinds: readonly KnownKind[]) {
    for (const known of kinds) {
      for (const [field, words] of Object.entries(known.reads.labels ?? {})) {
        for (const phrase of phrasesOf(words)) {
          const whole = phrase.replace(/^=/, '')
          const matches = this.#exact.get(whole) ?? []
          matches.push({ known, field, exact: true })
          this.#exact.set(whole, matches)
          // "=partner" must be the whole label: inside longer labels such a word says nothing.
          if (phrase === whole && phrase.length >= 5) this.#addLoose(phrase, { known, field, exact: false })
        }
      }
    }
    for (const each of this.#loose.values()) each.sort((a, b) => b.phrase.length - a.phrase.length)
  }

  #addLoose(phrase: string, match: LabelMatch): void {
    const word = phrase.split(' ', 1)[0] ?? ''
    const same = this.#loose.get(word)
    if (same) same.push({ phrase, match })
    else this.#loose.set(word, [{ phrase, match }])
  }

  /** The meaning of a label; a kind that the section announces wins, then the first that has the exact words. */
  find(text: string, section: readonly string[]): LabelMatch | undefined {
    const label = plainLabel(text)
    const exact = this.#exact.get(label)
    if (exact?.length === 1) return exact[0]
    if (exact) {
      const announced = exact.map((each) => ({ each, score: sectionScore(section, each.known.reads) }))
      return announced.sort((a, b) => b.score - a.score)[0]?.each
    }
    if (label.length === 0 || label.length > 60) return undefined
    let best: { phrase: string; match: LabelMatch } | undefined
    for (const word of label.split(' ')) {
      const found = this.#loose.get(word)?.find(({ phrase }) => holdsPhrase(label, phrase))
      if (found && found.phrase.length > (best?.phrase.length ?? 0)) best = found
    }
    return best?.match
  }
}
