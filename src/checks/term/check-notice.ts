import { type Clause, parseDuration, plain } from '../../agreement/index.ts'
import { provision } from '../../clauses/provision/index.ts'
import { term } from '../../clauses/term/index.ts'
import { approximateDays, type Duration, type Span } from '../../language/index.ts'
import type { Check, CheckContext, Draft } from '../room.ts'
import { statedTerm, valuePlace } from './check-dates.ts'

const CODE = 'term/notice-longer-than-term'

interface Length {
  duration: Duration
  at: Span
  clause?: string
}

/** TRM-6: a notice period is longer than the whole term, or than the period for which the agreement renews. */
export const noticeLongerThanTerm: Check = (context) => {
  const { duration } = statedTerm(context)
  const whole = duration && { duration: duration.value, at: duration.at, label: 'term' }
  const renewal = renewalLength(context)
  const limits = [...(whole ? [whole] : []), ...(renewal ? [{ ...renewal, label: 'renewal' }] : [])]
  if (limits.length === 0) return []
  return notices(context).flatMap((notice): Draft[] => {
    const limit = limits.find((each) => isLonger(notice.duration, each.duration))
    if (!limit) return []
    const params = {
      notice: notice.duration,
      whole: { word: `${CODE}.label.${limit.label}` },
      length: limit.duration,
    }
    const draft: Draft = { at: notice.at, params, operands: [limit.label] }
    if (limit.at !== notice.at) draft.related = [{ span: limit.at, label: limit.label }]
    if (notice.clause !== undefined) draft.clause = notice.clause
    return [draft]
  })
}

// Half a per cent forgives that 36 months and three years differ in average days.
function isLonger(notice: Duration, limit: Duration): boolean {
  return approximateDays(notice) > approximateDays(limit) * 1.005
}

function notices(context: CheckContext): Length[] {
  const header = context.clauses(term).flatMap((clause): Length[] => {
    const { field, text, duration } = clause.terms
    const own = lengthsIn(text).filter((each) => each.notice)
    const at = valuePlace(clause, 'text')
    if (own.length > 0) return own.map((each) => ({ duration: each.duration, at, clause: clause.id }))
    return field === 'notice' && duration ? [{ duration, at, clause: clause.id }] : []
  })
  const loose = context.clauses(provision).flatMap((clause) => noticesOf(clause, clause.terms.text))
  // The header's own rows come again as rules of the text.
  const known = new Set(context.clauses(term).map((clause) => placeKey(clause.span)))
  const settled = (['notice', 'renewal'] as const).flatMap((topic) =>
    context.rules.all(topic).flatMap(({ value, span }): Length[] => {
      if (known.has(placeKey(span))) return []
      const lengths = lengthsIn(value?.notice ?? '')
      const duration = (lengths.find((each) => each.notice) ?? (lengths.length === 1 ? lengths[0] : undefined))
        ?.duration
      return duration ? [{ duration, at: span }] : []
    }),
  )
  // A row may state renewal and notice together, and is then read as two clauses.
  const seen = new Map([...header, ...loose, ...settled].map((each) => [noticeKey(each), each]))
  return [...seen.values()]
}

function noticeKey({ at, duration }: Length): string {
  return `${placeKey(at)} ${duration.amount} ${duration.unit}`
}

function placeKey(span: Span): string {
  return `${span.file}:${span.line}:${span.column}`
}

function noticesOf(clause: Clause, text: string): Length[] {
  const own = lengthsIn(text).filter((each) => each.notice)
  return own.map(({ duration }) => ({ duration, at: clause.span, clause: clause.id }))
}

function renewalLength(context: CheckContext): Length | undefined {
  for (const clause of context.clauses(term)) {
    if (clause.terms.field !== 'renewal') continue
    const period = lengthsIn(clause.terms.text).find((each) => !each.notice)
    if (period) return { duration: period.duration, at: valuePlace(clause, 'text') }
  }
  return undefined
}

const LENGTH =
  /\b(?:\d+|one|two|three|four|five|six|twelve|uno?|una|dos|tres|cuatro|cinco|seis|doce)\)?[\s-]+(?:business |working |calendar )?(?:days?|weeks?|months?|years?|dias?(?: habiles| corridos)?|semanas?|mes(?:es)?|anos?)\b/g
const NOTICE_AFTER = /^['’]?s?\W*(?:\w+\W+){0,3}(?:notice|anticipacion|antelacion|preaviso|aviso)\b/
const NOTICE_BEFORE =
  /\b(?:notice|preaviso|aviso|antelacion|anticipacion)\b(?:\W+(?:previo|period|escrito|written|prior|of|de|por|lo|menos|al|a|un|no|not|less|than|at|least|menor|inferior|minima|minimo|days|dias|is|es|[a-z]+ty|\d+)){0,6}\W*$/

/** Lengths of time in a sentence, and whether each is one of notice. */
function lengthsIn(text: string): { duration: Duration; notice: boolean }[] {
  const lower = plain(text)
  return [...lower.matchAll(LENGTH)].flatMap((match) => {
    const duration = parseDuration(match[0].replace(')', ''), '.') ?? countedInWords(match[0])
    if (!duration) return []
    const after = lower.slice(match.index + match[0].length, match.index + match[0].length + 60)
    const before = lower.slice(Math.max(0, match.index - 60), match.index)
    return [{ duration, notice: NOTICE_AFTER.test(after) || NOTICE_BEFORE.test(before) }]
  })
}

// Words that the reader of durations does not count with: "un año", "twelve months".
function countedInWords(text: string): Duration | undefined {
  const count = { un: '1', una: '1', six: '6', seis: '6', twelve: '12', doce: '12' }[text.split(/[\s-]/)[0] ?? '']
  return count === undefined ? undefined : parseDuration(text.replace(/^[a-z]+/, count), '.')
}
