import { type Clause, plain, plainLabel } from '../../agreement/index.ts'
import { type CreditBandTerms, creditBand } from '../../clauses/credit-band/index.ts'
import { type ServiceLevelTerms, serviceLevel } from '../../clauses/service-level/index.ts'
import { decimal, type Span } from '../../language/index.ts'
import type { CheckContext, Draft } from '../room.ts'
import { byTable, cellOf, placeOf } from '../tables.ts'

type Level = Clause<ServiceLevelTerms>

/** One band of a ladder: from `atLeast` up to `below`, either open, pays `credit` per cent. */
export interface Band {
  below?: string | undefined
  atLeast?: string | undefined
  credit: string
  at: Span
  clause?: string
}

/** Bands of credit that belong together, and the service levels that they pay for. */
export interface Ladder {
  bands: Band[]
  levels: Level[]
}

const ABOUT: [ServiceLevelTerms['subject'], RegExp][] = [
  ['availability', /availab|uptime|disponib|service level|nivel de servicio/],
  ['resolution-time', /resol/],
  ['response-time', /respon|respuesta|atencion/],
  ['change-success', /chang|cambio/],
  ['satisfaction', /satisf|nps|csat/],
]

/** All ladders of the text and the supplement. */
export function ladders(context: CheckContext): Ladder[] {
  const levels = context.clauses(serviceLevel)
  return [...laddersOfText(context, levels), ...laddersOfRules(context, levels)]
}

function laddersOfText(context: CheckContext, levels: readonly Level[]): Ladder[] {
  return byTable(context.agreement, context.clauses(creditBand)).flatMap((table) => {
    const byMetric = new Map<string, Clause<CreditBandTerms>[]>()
    for (const clause of table.clauses) {
      const metric = plainLabel(clause.terms.of ?? '')
      byMetric.set(metric, [...(byMetric.get(metric) ?? []), clause])
    }
    return [...byMetric].map(([metric, clauses]) => ({
      levels: levelsNamed(metric, levels),
      bands: clauses.map((clause) => ({ ...bounds(clause.terms), at: placeOf(clause, 'band'), clause: clause.id })),
    }))
  })
}

function laddersOfRules(context: CheckContext, levels: readonly Level[]): Ladder[] {
  return context.rules.all('credit-ladder').flatMap((rule): Ladder[] => {
    const bands = rule.value?.bands
    if (!bands || bands.length === 0) return []
    const own = levels.filter((level) => level.id === rule.clause)
    const paid = own.length > 0 ? own : levels.filter((level) => level.terms.target?.unit === 'percent')
    return [{ levels: paid, bands: bands.map((band) => ({ ...bounds(band), at: rule.span })) }]
  })
}

function bounds({
  below,
  atLeast,
  credit,
}: {
  below?: string | undefined
  atLeast?: string | undefined
  credit: string
}) {
  return { below, atLeast, credit }
}

// A ladder without a metric, or with a heading that names none of ours ("Service Credits"), is about availability.
function levelsNamed(metric: string, levels: readonly Level[]): Level[] {
  const named = levels.filter((level) => {
    const own = plainLabel(level.terms.metric)
    return metric !== '' && (own === metric || ` ${metric} `.includes(` ${own} `) || ` ${own} `.includes(` ${metric} `))
  })
  if (named.length > 0) return named
  const subject = ABOUT.find(([, words]) => words.test(metric))?.[0] ?? 'availability'
  const about = levels.filter((level) => level.terms.subject === subject)
  const credited = levels.filter((level) => level.terms.penalty === 'credit')
  return about.length > 0 || credited.length !== 1 ? about : credited
}

/** Whether larger numbers are better for what a ladder measures: per cents of availability, unless it pays for times. */
function largerIsBetter(ladder: Ladder): boolean {
  return !ladder.levels.some((level) => /most|less/.test(level.terms.target?.comparison ?? ''))
}

/** Bands from the lowest numbers to the highest; those without any bound belong to no order. */
function ascending(ladder: Ladder): Band[] {
  const lower = (band: Band) => Number(band.atLeast ?? Number.NEGATIVE_INFINITY)
  const upper = (band: Band) => Number(band.below ?? Number.POSITIVE_INFINITY)
  return ladder.bands
    .filter((band) => band.below !== undefined || band.atLeast !== undefined)
    .sort((a, b) => (lower(a) === lower(b) ? upper(a) - upper(b) : lower(a) - lower(b)))
}

function pairs(bands: readonly Band[]): [Band, Band][] {
  return bands.slice(1).map((band, at) => [bands[at] as Band, band])
}

/** SLV-7: between two bands, or beyond the worst one, no credit is said. */
export function ladderGap(context: CheckContext): Draft[] {
  return ladders(context).flatMap((ladder) => {
    const bands = ascending(ladder)
    const step = finestStep(bands)
    const drafts = pairs(bands).flatMap(([low, high]): Draft[] => {
      if (low.below === undefined || high.atLeast === undefined) return []
      if (decimal(high.atLeast).minus(low.below).lte(step)) return []
      return [between(low, high, low.below, high.atLeast)]
    })
    const worst = bands[0]
    const open = worst?.atLeast !== undefined && worst.below !== undefined && Number(worst.atLeast) > 0
    if (worst && open && largerIsBetter(ladder) && decimal(worst.credit).gt(0))
      drafts.push(between(worst, worst, '0', worst.atLeast ?? '0'))
    return drafts
  })
}

// "99.0 – 99.4" beside "99.5 – 99.9" is how a scale of one decimal is written, not a gap.
function finestStep(bands: readonly Band[]): string {
  const numbers = bands.flatMap((band) => [band.below ?? '', band.atLeast ?? ''])
  const decimals = Math.max(0, ...numbers.map((each) => (each.split('.')[1] ?? '').length))
  return decimals === 0 ? '0' : `0.${'0'.repeat(decimals - 1)}1`
}

function between(low: Band, high: Band, from: string, to: string): Draft {
  return {
    at: low.at,
    ...(low.clause ? { clause: low.clause } : {}),
    params: { from: { percent: from }, to: { percent: to } },
    related: low === high ? [] : [{ span: high.at, label: 'other', params: { credit: { percent: high.credit } } }],
    operands: [from, to],
  }
}

/** SLV-8: one value lies in two bands. A boundary that two ranges share by how ranges are written is no overlap. */
export function ladderOverlap(context: CheckContext): Draft[] {
  return ladders(context).flatMap((ladder) =>
    pairs(ascending(ladder)).flatMap(([low, high]): Draft[] => {
      if (low.below === undefined || high.atLeast === undefined) return []
      if (decimal(high.atLeast).gte(low.below)) return []
      const top = high.below !== undefined && decimal(high.below).lt(low.below) ? high.below : low.below
      const draft = between(low, high, high.atLeast, top)
      return [
        { ...draft, params: { ...draft.params, credit: { percent: low.credit }, other: { percent: high.credit } } },
      ]
    }),
  )
}

/** SLV-9: worse service pays a smaller credit. */
export function ladderOrder(context: CheckContext): Draft[] {
  return ladders(context).flatMap((ladder) => {
    const bands = ascending(ladder)
    const fromBest = largerIsBetter(ladder) ? bands.reverse() : bands
    return pairs(fromBest).flatMap(([better, worse]): Draft[] => {
      if (decimal(worse.credit).gte(better.credit)) return []
      return [
        {
          at: worse.at,
          ...(worse.clause ? { clause: worse.clause } : {}),
          params: { worse: { percent: worse.credit }, better: { percent: better.credit } },
          related: [{ span: better.at, label: 'better', params: { credit: { percent: better.credit } } }],
          operands: [worse.below ?? '', worse.atLeast ?? ''],
        },
      ]
    })
  })
}

const BELOW =
  /(?:below|under|less than|lower than|<=?|bajo|debajo de|inferior(?:es)? a|menor(?:es)? (?:a|que)|menos de)\s*(?:el |the )?(\d+(?:[.,]\d+)?)\s*(?:%|per ?cent|por ciento)/

/** SLV-10: a band, or the penalty's own words, pays although the target is met. */
export function creditWhenMet(context: CheckContext): Draft[] {
  const byLadder = ladders(context).flatMap((ladder) => {
    const [level, another] = ladder.levels
    const target = level && floorOf(level)
    if (!level || another || target === undefined) return []
    return ladder.bands
      .filter((band) => decimal(band.credit).gt(0) && band.below !== undefined && decimal(band.below).gt(target))
      .map((band) => paidThoughMet(level, band.at, band.below ?? '', target, band.clause))
  })
  const byWords = context.clauses(serviceLevel).flatMap((level) => {
    const target = floorOf(level)
    const below = level.terms.penalty === 'credit' ? BELOW.exec(plain(level.terms.penaltyText ?? ''))?.[1] : undefined
    const bound = below?.replace(',', '.')
    if (bound === undefined || target === undefined || decimal(bound).lte(target)) return []
    return [paidThoughMet(level, placeOf(level, 'penalty'), bound, target, level.id)]
  })
  return [...byLadder, ...byWords]
}

function paidThoughMet(level: Level, at: Span, below: string, target: string, clause: string | undefined): Draft {
  return {
    at,
    ...(clause ? { clause } : {}),
    params: { metric: level.terms.metric, below: { percent: below }, target: { percent: target } },
    related: [{ span: placeOf(level, 'target'), label: 'target', params: { target: { percent: target } } }],
    operands: [level.id, below],
  }
}

/** The least per cent that keeps a promise; undefined when it is no floor in per cent. */
function floorOf(level: Level): string | undefined {
  const { target } = level.terms
  return target?.unit === 'percent' && /at-least|more-than|equal/.test(target.comparison) ? target.value : undefined
}

/** Whether words beside a promise of credit say how much: a percentage or an amount. */
export function saysHowMuch(text: string): boolean {
  const share = /\d[\d.,]*\s?%|\d\s*(?:per ?cent|por ciento)|\b(?:\p{L}+ )(?:per ?cent|por ciento)\b/u
  return share.test(plain(text)) || /[$€£]\s?\d|\b[A-Z]{3}\s?\d|\d\s?[A-Z]{3}\b/.test(text)
}

/** Words of a row's penalty: the cell as written, else the term. */
export function penaltyWords(level: Level): string {
  return cellOf(level, 'penalty')?.text ?? level.terms.penaltyText ?? ''
}
