import { type Clause, parseFrequency, type StatedFrequency } from '../../agreement/index.ts'
import { activity } from '../../clauses/activity/index.ts'
import { provision } from '../../clauses/provision/index.ts'
import { review } from '../../clauses/review/index.ts'
import { decimal, type Span } from '../../language/index.ts'
import type { Check, CheckContext, Draft } from '../room.ts'

type Meaning = Pick<StatedFrequency, 'times' | 'per'>

/** GOV-1: a word for "how often" that has two meanings; one finding for each row or sentence. */
export const ambiguousFrequency: Check = (context) => {
  const rows = [...context.clauses(activity), ...context.clauses(review)].flatMap((clause): Draft[] => {
    const text = clause.terms.frequencyText ?? clause.terms.frequency?.times ?? ''
    const meanings = clause.terms.frequency?.meanings
    if (!meanings || isSettled(context, clause, meanings, text)) return []
    return [draftOf(clause, clause.places.frequency ?? clause.span, wordIn(text) ?? text, meanings)]
  })
  const loose = context.clauses(provision).flatMap((clause): Draft[] => {
    const word = wordIn(clause.terms.text)
    const meanings = word === undefined ? undefined : parseFrequency(from(clause.terms.text, word))?.meanings
    if (word === undefined || !meanings || isSettled(context, clause, meanings, word)) return []
    return [draftOf(clause, clause.span, word, meanings)]
  })
  return [...rows, ...loose]
}

const WORDS = /\bbi[\s-]?(?:weekly|monthly|annual(?:ly)?|semanal|mensual|anual)(?:es|mente)?\b/i

function wordIn(text: string): string | undefined {
  return WORDS.exec(text)?.[0]
}

// The words right after it may say which of the two is meant.
function from(text: string, word: string): string {
  const at = text.indexOf(word)
  return text.slice(at, at + word.length + 40)
}

// A rule, or another cell of the row that names one of the two meanings without doubt.
function isSettled(context: CheckContext, clause: Clause, meanings: readonly Meaning[], text: string): boolean {
  const rule = context.rules.find('frequency', clause.id)
  const { times, per } = rule?.value ?? {}
  // "Bi-weekly: every two weeks" says nothing of "bi-annual"; a rule for the row itself is meant for it.
  const fits = !times || !per || meanings.some((each) => perYear(each) === perYear({ times, per }))
  if (rule && (rule.clause === clause.id || fits)) return true
  return clause.cells.some((cell) => {
    const other = cell.text === text || wordIn(cell.text) ? undefined : parseFrequency(cell.text)
    return other && !other.meanings && meanings.some((each) => perYear(each) === perYear(other))
  })
}

function draftOf(clause: Clause, at: Span, words: string, meanings: readonly Meaning[]): Draft {
  const [first = '—', second = '—'] = meanings.map(perYear)
  return {
    at,
    clause: clause.id,
    params: { words, what: clause.title, first: { decimal: first }, second: { decimal: second } },
    operands: [words.toLowerCase()],
  }
}

const YEAR_HAS = { year: 1, month: 12, week: 52, day: 365 } as const

/** How many times a year, as a plain decimal. */
function perYear({ times, per }: Meaning): string {
  return decimal(times).times(YEAR_HAS[per]).toFixed()
}
