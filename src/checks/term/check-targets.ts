import { type Cell, type Clause, type Heading, parseDate, plain, type StatedDate } from '../../agreement/index.ts'
import { certification } from '../../clauses/certification/index.ts'
import { customerMetric } from '../../clauses/customer-metric/index.ts'
import { growthInitiative } from '../../clauses/growth-initiative/index.ts'
import { provision } from '../../clauses/provision/index.ts'
import { compareSpans, contractYear, lastDay, type Param, type Span } from '../../language/index.ts'
import type { Check, CheckContext, Draft } from '../room.ts'
import { lastDayOfTerm, statedTerm } from './check-dates.ts'

/** Something that is to be reached, with the day that the text gives it, if any. */
interface Target {
  clause: Clause
  date?: StatedDate
  /** Place of the target's own words. */
  at: Span
}

/** Targets that share one column, or one target alone. */
interface Group {
  at: Span
  words: string
  targets: Target[]
}

function numericTargets(context: CheckContext): Target[] {
  const metrics = context.clauses(customerMetric).filter((each) => each.terms.target !== undefined)
  const certificates = context.clauses(certification).filter((each) => each.terms.target !== undefined)
  return [...metrics, ...certificates].map((clause) => targetOf(clause, clause.terms.targetDate))
}

function allTargets(context: CheckContext): Target[] {
  const initiatives = context.clauses(growthInitiative).filter((each) => each.terms.date !== undefined)
  return [...numericTargets(context), ...initiatives.map((clause) => targetOf(clause, clause.terms.date))]
}

function targetOf(clause: Clause, date: StatedDate | undefined): Target {
  const at = clause.places.target ?? clause.places.expected ?? clause.places.label ?? clause.span
  return date ? { clause, date, at } : { clause, at }
}

const SETTLES_YEAR =
  /\b(end of|by end|year ?end|close of|eoy|fin(es)? de|final(es)? de|cierre|termino de|q[1-4]|h[12]|t[1-4]|first half|second half|primer semestre|segundo semestre|calendar year|contract year|ano calendario|ano contractual)\b/

/** TRM-8: targets dated by a bare year; one finding per column. */
export const targetYearOnly: Check = (context) => {
  const bare = allTargets(context).filter((each) => each.date?.precision === 'year' && !isSettled(context, each))
  const groups = groupBy(context, bare, 'date').filter((group) => !SETTLES_YEAR.test(plain(group.words)))
  return groups.map(({ at, words, targets }): Draft => {
    const date = targets[0]?.date?.date ?? ''
    const year = date.slice(0, 4)
    const params = {
      words,
      count: targets.length,
      first: { date: `${year}-01-01` },
      last: { date: `${year}-12-31` },
      contract: contractYearEnd(context, year),
    }
    return draftOf(at, targets, params, [year])
  })
}

// The third reading of a year, when the contract year is not the calendar year.
function contractYearEnd(context: CheckContext, year: string): Param {
  const effective = statedTerm(context).effective?.value
  if (effective?.precision !== 'day' || effective.date.endsWith('-01-01')) return '—'
  const number = Number(year) - Number(effective.date.slice(0, 4))
  return number < 1 ? '—' : { date: lastDay(contractYear(effective.date, number)) }
}

/** TRM-9: targets without any date; one finding per column. */
export const targetUndated: Check = (context) => {
  const dated = datedSections(context)
  const undated = numericTargets(context).filter(
    (each) => !each.date && !isSettled(context, each) && !dated.has(sectionOf(each.clause)),
  )
  return groupBy(context, undated, 'target').map(({ at, targets }): Draft => {
    const names = targets.slice(0, 4).map((each) => each.clause.title)
    const more = targets.length > names.length ? ['…'] : []
    return draftOf(at, targets, { count: targets.length, names: [...names, ...more] }, ['undated'])
  })
}

/** TRM-10: a target is due later than the last day of the term. */
export const targetAfterTerm: Check = (context) => {
  const last = lastDayOfTerm(statedTerm(context))
  if (!last) return []
  const late = allTargets(context).filter((each) => each.date !== undefined && each.date.date > last.date)
  return groupBy(context, late, 'date').map(({ at, words, targets }): Draft => {
    const names = targets.slice(0, 4).map((each) => each.clause.title)
    const params = { words, names, count: targets.length, end: { date: last.date } }
    const draft = draftOf(at, targets, params, [targets[0]?.date?.date ?? ''])
    return { ...draft, related: [{ span: last.at, label: 'end' }] }
  })
}

function draftOf(at: Span, targets: readonly Target[], params: Record<string, Param>, operands: string[]): Draft {
  const draft: Draft = { at, params, operands }
  const [first] = targets
  if (first) draft.clause = first.clause.id
  return draft
}

// A rule, or another cell of the row that gives the day, settles what the year leaves open.
function isSettled(context: CheckContext, { clause }: Target): boolean {
  if (context.rules.find('target-date', clause.id)) return true
  return clause.cells.some((cell) => isFullDate(parseDate(cell.text)))
}

function isFullDate(date: StatedDate | undefined): boolean {
  return date !== undefined && date.precision !== 'year'
}

/** Sections whose heading or one of whose sentences says by when its targets are to be reached. */
function datedSections(context: CheckContext): Set<string> {
  const sections = new Set<string>()
  for (const { clause } of numericTargets(context)) {
    if (clause.section.some((heading) => parseDate(heading) !== undefined)) sections.add(sectionOf(clause))
  }
  for (const clause of context.clauses(provision)) {
    const { text } = clause.terms
    if (/\b(target|goal|meta|objetivo)s?\b/i.test(text) && isFullDate(parseDate(text))) sections.add(sectionOf(clause))
  }
  return sections
}

function sectionOf(clause: Clause): string {
  return clause.section.join('\u0000')
}

/** Targets by column: the header that holds the year, else (for `target`) the header of the targets' own column. */
function groupBy(context: CheckContext, targets: readonly Target[], by: 'date' | 'target'): Group[] {
  const groups = new Map<string, Group>()
  for (const target of targets) {
    const table = target.clause.table === undefined ? undefined : context.agreement.headings[target.clause.table]
    const year = target.date?.date.slice(0, 4) ?? ''
    const header = by === 'date' ? headerWith(table, year) : headerOf(table, target)
    const own = by === 'date' ? cellWith(target.clause, year) : undefined
    const place = header?.span ?? own?.span ?? target.at
    const shared = header ? header.span : (table?.span ?? undefined)
    const key = [shared ? spanKey(shared) : sectionOf(target.clause), year, own && !table ? spanKey(place) : ''].join()
    const group = groups.get(key)
    if (group) group.targets.push(target)
    else groups.set(key, { at: place, words: header?.text ?? own?.text ?? year, targets: [target] })
  }
  return [...groups.values()].sort((a, b) => compareSpans(a.at, b.at))
}

function spanKey(span: Span): string {
  return `${span.line}:${span.column}`
}

function headerWith(table: Heading | undefined, year: string): Cell | undefined {
  return table?.columns?.find((cell) => cell.text.includes(year))
}

function cellWith(clause: Clause, year: string): Cell | undefined {
  return clause.cells.find((cell) => cell.text.includes(year))
}

function headerOf(table: Heading | undefined, { clause, at }: Target): Cell | undefined {
  const own = clause.cells.find((cell) => cell.role === 'target' || compareSpans(cell.span, at) === 0)
  return table?.columns?.find((cell) => own !== undefined && cell.text === own.column)
}
