import { type Clause, parseDate, plainLabel, type Rule, type Topic, type TopicValue } from '../../agreement/index.ts'
import { accreditation } from '../../clauses/accreditation/index.ts'
import { activity } from '../../clauses/activity/index.ts'
import { certification } from '../../clauses/certification/index.ts'
import { type CreditBandTerms, creditBand } from '../../clauses/credit-band/index.ts'
import { customerMetric } from '../../clauses/customer-metric/index.ts'
import { exit } from '../../clauses/exit/index.ts'
import { fund } from '../../clauses/fund/index.ts'
import { growthInitiative } from '../../clauses/growth-initiative/index.ts'
import { price } from '../../clauses/price/index.ts'
import { responsibility } from '../../clauses/responsibility/index.ts'
import { review } from '../../clauses/review/index.ts'
import { serviceLevel } from '../../clauses/service-level/index.ts'
import { decimal } from '../../language/index.ts'
import type { CheckContext } from '../room.ts'
import {
  type Contradiction,
  descriptionsDiffer,
  laddersDiffer,
  outside,
  perYear,
  windowsDiffer,
} from './check-compare.ts'

/** What one clause says of a topic for itself: nothing (open), the same as the entry, or something else at a place. */
type Stated = { open: true } | { open: false; differs?: { role: string; words: string } }

const OPEN: Stated = { open: true }
const SAME: Stated = { open: false }

function differs(role: string, words: string): Stated {
  return { open: false, differs: { role, words } }
}

type Value<T extends Topic> = Partial<TopicValue<T>>
type Ask = (clause: Clause, value: Value<Topic>) => Stated

/** What clauses say for themselves in their own cells, compared with entries of the supplement. */
export class Rows {
  readonly #context: CheckContext
  readonly #byKind = new Map<string, Clause[]>()
  readonly #byId = new Map<string, Clause>()
  #bands: Map<string, Clause<CreditBandTerms>[]> | undefined

  constructor(context: CheckContext) {
    this.#context = context
    for (const clause of context.agreement.clauses) {
      this.#byId.set(clause.id, clause)
      const same = this.#byKind.get(clause.kind)
      if (same) same.push(clause)
      else this.#byKind.set(clause.kind, [clause])
    }
  }

  /**
   * An entry for one clause disagrees when the clause says something else. An entry for a kind, or for all, speaks for what
   * the rows leave open; it disagrees only when none is open and one says something else.
   */
  against(entry: Rule): Contradiction[] {
    if (entry.topic === 'currency') return this.#currency(entry)
    const asks = this.#asks(entry.topic)
    const scope = this.#scope(entry, Object.keys(asks))
    const stated = scope.map((clause) => ({ clause, stated: asks[clause.kind]?.(clause, entry.value ?? {}) ?? OPEN }))
    const ownClause = entry.clause !== undefined && this.#byId.has(entry.clause)
    if (!ownClause && stated.some((each) => each.stated.open)) return []
    return stated.flatMap(({ clause, stated: said }): Contradiction[] => {
      if (said.open || !said.differs) return []
      const span = clause.places[said.differs.role] ?? clause.span
      return [{ words: said.differs.words, span, clause: clause.id }]
    })
  }

  #scope(entry: Rule, kinds: readonly string[]): Clause[] {
    const own = entry.clause === undefined ? undefined : this.#byId.get(entry.clause)
    if (own) return [own]
    const wanted = entry.clause === undefined ? kinds : kinds.filter((kind) => kind === entry.clause)
    return wanted.flatMap((kind) => this.#byKind.get(kind) ?? [])
  }

  // Bare signs are what an entry settles; only a text whose every amount has another currency disagrees.
  #currency(entry: Rule): Contradiction[] {
    const { currency } = (entry.value ?? {}) as Value<'currency'>
    const clauses = this.#scope(entry, [...this.#byKind.keys()])
    let other: Contradiction | undefined
    for (const clause of clauses) {
      for (const { code, term } of currenciesIn(clause.terms)) {
        if (code === 'XXX' || code === currency) return []
        other ??= { words: code, span: clause.places[term] ?? clause.span, clause: clause.id }
      }
    }
    return other ? [other] : []
  }

  #asks(topic: Topic): Record<string, Ask> {
    const { language } = this.#context.agreement
    switch (topic) {
      case 'target-date':
        return { [customerMetric.id]: targetDate, [certification.id]: targetDate }
      case 'initiative-date':
        return { [growthInitiative.id]: initiativeDate }
      case 'fund-period':
        return { [fund.id]: fundPeriod }
      case 'claim-rules':
        return { [fund.id]: claimDeadline }
      case 'frequency':
        return { [activity.id]: frequency, [review.id]: frequency }
      case 'accountable':
        return { [responsibility.id]: accountable }
      case 'credit-ladder':
        return { [serviceLevel.id]: (clause, value) => this.#ladder(clause, value as Value<'credit-ladder'>) }
      case 'measurement':
        return { [serviceLevel.id]: (clause, value) => measurement(clause, value as Value<'measurement'>, language) }
      case 'start-event':
        return { [exit.id]: (clause, value) => startEvent(clause, value as Value<'start-event'>, language) }
      case 'rate':
        return { [price.id]: rate }
      case 'standard-scope':
        return { [accreditation.id]: validUntil }
      default:
        return {}
    }
  }

  #ladder(clause: Clause, { bands = [] }: Value<'credit-ladder'>): Stated {
    const metric = (clause.terms as { metric?: string }).metric ?? clause.title
    const own = this.#laddersOf(metric)
    const [first] = own
    if (!first) return OPEN
    const stated = own.map(({ terms }) => terms)
    if (!laddersDiffer(stated, bands)) return SAME
    const words = own.map((band) => band.cells.map((cell) => cell.text).join(' ')).join('; ')
    return { open: false, differs: { role: 'penalty', words } }
  }

  // A band belongs to the metric that it names; one that names none of them belongs to all.
  #laddersOf(metric: string): Clause<CreditBandTerms>[] {
    if (!this.#bands) {
      const metrics = this.#context.clauses(serviceLevel).flatMap(({ terms }) => wordsOf(terms.metric))
      const known = new Set(metrics)
      this.#bands = new Map()
      for (const band of this.#context.clauses(creditBand)) {
        const named = wordsOf(band.terms.of ?? '').filter((word) => known.has(word))
        for (const word of named.length > 0 ? named : ['']) {
          const same = this.#bands.get(word)
          if (same) same.push(band)
          else this.#bands.set(word, [band])
        }
      }
    }
    const bands = this.#bands
    return [...new Set(['', ...wordsOf(metric)].flatMap((word) => bands.get(word) ?? []))]
  }
}

/** Currency codes of the amounts in a clause's terms, with the term's name. */
function currenciesIn(terms: unknown): { code: string; term: string }[] {
  return Object.entries((terms ?? {}) as Record<string, unknown>).flatMap(([term, value]) => {
    const { currency } = (typeof value === 'object' && value !== null ? value : {}) as { currency?: unknown }
    return typeof currency === 'string' ? [{ code: currency, term }] : []
  })
}

function wordsOf(text: string): string[] {
  return plainLabel(text)
    .split(' ')
    .filter((word) => word.length > 3)
}

function wordsAt(clause: Clause, role: string): string {
  return clause.cells.find((cell) => cell.role === role)?.text ?? clause.cells.map((cell) => cell.text).join(' | ')
}

const targetDate: Ask = (clause, value) => {
  const stated = (clause as Clause<{ targetDate?: Parameters<typeof outside>[1] }>).terms.targetDate
  const { date } = value as Value<'target-date'>
  if (!stated || !date) return OPEN
  return outside(date, stated) ? differs('target', stated.date.slice(0, precisionDigits(stated))) : SAME
}

function precisionDigits({ precision }: { precision: 'day' | 'month' | 'year' }): number {
  return { day: 10, month: 7, year: 4 }[precision]
}

const initiativeDate: Ask = (clause, value) => {
  const stated = (clause as Clause<{ date?: Parameters<typeof outside>[1] }>).terms.date
  const { date } = value as Value<'initiative-date'>
  if (!stated || !date) return OPEN
  return outside(date, stated) ? differs('date', wordsAt(clause, 'date')) : SAME
}

const fundPeriod: Ask = (clause, value) => {
  const per = (clause as Clause<{ funding?: { per?: string } }>).terms.funding?.per
  if (per === undefined) return OPEN
  return per === (value as Value<'fund-period'>).per ? SAME : differs('funding', wordsAt(clause, 'funding'))
}

const claimDeadline: Ask = (clause, value) => {
  const stated = (clause as Clause<{ claimBy?: Parameters<typeof outside>[1] }>).terms.claimBy
  const said = parseDate((value as Value<'claim-rules'>).deadline ?? '')
  if (!stated || !said) return OPEN
  const differ = said.precision === 'day' ? outside(said.date, stated) : outside(stated.date, said)
  return differ ? differs('claimBy', wordsAt(clause, 'claimBy')) : SAME
}

type StatedFrequency = Parameters<typeof perYear>[0] & { meanings?: Parameters<typeof perYear>[0][] }

const frequency: Ask = (clause, value) => {
  const stated = (clause as Clause<{ frequency?: StatedFrequency }>).terms.frequency
  const { times, per } = value as Value<'frequency'>
  if (!stated || times === undefined || per === undefined) return OPEN
  const wanted = perYear({ times, per })
  if ((stated.meanings ?? [stated]).some((each) => perYear(each) === wanted)) return SAME
  return differs('frequency', wordsAt(clause, 'frequency'))
}

type Marks = { provider?: string; partner?: string }

const accountable: Ask = (clause, value) => {
  const { provider, partner } = (clause as Clause<Marks>).terms
  const carries = (mark: string | undefined): boolean => mark === 'yes' || mark === 'accountable'
  const [sides] = [{ provider, partner }]
  const firm = (['provider', 'partner'] as const).filter((side) => sides[side] === 'accountable')
  const whole = (['provider', 'partner'] as const).filter((side) => carries(sides[side]))
  const [only, second] = firm.length > 0 ? firm : whole
  if (!only || second || provider === 'shared' || partner === 'shared') return OPEN
  return only === (value as Value<'accountable'>).side
    ? SAME
    : differs(only, clause.cells.map((each) => each.text).join(' | '))
}

type Language = Parameters<typeof descriptionsDiffer>[2]

function measurement(clause: Clause, value: Value<'measurement'>, language: Language): Stated {
  const stated = clause.terms as Partial<Record<'formula' | 'window' | 'exclusions' | 'source', string>>
  const fields = (['formula', 'window', 'exclusions', 'source'] as const).filter(
    (field) => stated[field] && value[field],
  )
  if (fields.length === 0) return OPEN
  const other = fields.find((field) => {
    const [text, said] = [stated[field] ?? '', value[field] ?? '']
    return field === 'window' ? windowsDiffer(text, said) : descriptionsDiffer(text, said, language)
  })
  return other ? differs(other, stated[other] ?? '') : SAME
}

function startEvent(clause: Clause, { event }: Value<'start-event'>, language: Language): Stated {
  const stated = (clause as Clause<{ startEvent?: string }>).terms.startEvent
  if (!stated || !event) return OPEN
  return descriptionsDiffer(stated, event, language) ? differs('startEvent', stated) : SAME
}

type Priced = { units?: string[]; unitPrice?: { amount: string; currency: string } }

const rate: Ask = (clause, value) => {
  const { units = [], unitPrice } = (clause as Clause<Priced>).terms
  const said = (value as Value<'rate'>).rates ?? []
  const [unit] = units
  const same = units.length === 1 && said.find((each) => plainLabel(each.unit) === plainLabel(unit ?? ''))
  if (!unitPrice || !same) return OPEN
  const otherCurrency = same.currency && unitPrice.currency !== 'XXX' && same.currency !== unitPrice.currency
  if (!otherCurrency && decimal(same.amount).eq(unitPrice.amount)) return SAME
  return differs('unitPrice', wordsAt(clause, 'unitPrice'))
}

const validUntil: Ask = (clause, value) => {
  const stated = (clause as Clause<{ validUntil?: Parameters<typeof outside>[1] }>).terms.validUntil
  const said = (value as Value<'standard-scope'>).validUntil
  if (!stated || !said) return OPEN
  return outside(said, stated) ? differs('validUntil', wordsAt(clause, 'validUntil')) : SAME
}
