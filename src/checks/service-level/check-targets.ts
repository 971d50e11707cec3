import { type Clause, plain, plainLabel } from '../../agreement/index.ts'
import type { ServiceTerms } from '../../clauses/service/index.ts'
import { type ServiceLevelTerms, serviceLevel } from '../../clauses/service-level/index.ts'
import type { ProviderId, Source, UpstreamServiceLevel } from '../../facts/index.ts'
import { decimal, message, type Param, type TraceNode, trace } from '../../language/index.ts'
import { coveredServices } from '../covered.ts'
import type { CheckContext, Draft } from '../room.ts'
import { cellOf, placeOf, remarksOf } from '../tables.ts'

type Level = Clause<ServiceLevelTerms>

/** A covered service with the level that its provider promises for it. */
interface Part {
  clause: Clause<ServiceTerms>
  level: UpstreamServiceLevel
  source: Source
}

/** The cloud provider of the agreement, by the name of its party. */
function providerOf(context: CheckContext): ProviderId | undefined {
  const { facts, agreement } = context
  const name = agreement.parties.find((party) => party.side === 'provider')?.name ?? ''
  return (facts.providerNamed(name) ?? facts.providersIn(name)[0]?.value)?.id
}

function partsOf(context: CheckContext): Part[] {
  const { facts, asOf } = context
  const provider = providerOf(context)
  const parts = new Map<string, Part>()
  for (const clause of coveredServices(context)) {
    const { terms } = clause
    const within = facts.servicesIn(terms.service, provider)
    const named = facts.serviceNamed(terms.service, provider) ?? (within.length === 1 ? within[0]?.value : undefined)
    const fact = named && facts.upstreamServiceLevel(named.id, asOf)
    if (named && fact?.status === 'known' && !parts.has(named.id))
      parts.set(named.id, { clause, level: fact.value, source: fact.source })
  }
  return [...parts.values()]
}

/** A promise of availability in per cent that must at least be reached. */
function promised(clause: Level): string | undefined {
  const { subject, target } = clause.terms
  if (subject !== 'availability' || target?.unit !== 'percent' || /less|most/.test(target.comparison)) return undefined
  return target.value
}

/** The parts a promise stands on: the service that its row names, or all that are covered. */
function partsUnder(clause: Level, parts: readonly Part[], context: CheckContext): readonly Part[] {
  const named = context.facts.servicesIn(`${clause.terms.component ?? ''} ${clause.terms.metric}`, providerOf(context))
  if (named.length === 0) return parts
  return parts.filter((part) => named.some((each) => each.value.id === part.level.service || sameName(each.text, part)))
}

function sameName(text: string, part: Part): boolean {
  return plainLabel(text) === plainLabel(part.clause.terms.service)
}

/** SLV-4: as high as each of several parts, so that the parts in series promise less than the whole. */
export function compositeAboveParts(context: CheckContext): Draft[] {
  const parts = partsOf(context)
  if (parts.length < 2) return []
  return context.clauses(serviceLevel).flatMap((clause): Draft[] => {
    const promise = promised(clause)
    if (promise === undefined || context.rules.find('composite-note', clause.id)) return []
    const under = partsUnder(clause, parts, context)
    const equal = under.filter((part) => decimal(part.level.target).eq(promise))
    const lower = under.some((part) => decimal(part.level.target).lt(promise))
    const series = under.reduce((product, part) => product.times(part.level.target).div(100), decimal(100))
    if (equal.length < 2 || lower || series.gte(promise)) return []
    const digits = Math.max(2, (promise.split('.')[1] ?? '').length)
    const params = {
      metric: clause.terms.metric,
      promise: { percent: promise },
      count: under.length,
      levels: under.map((part): Param => ({ percent: part.level.target })),
      series: { percent: series.toDecimalPlaces(digits, 1).toString() },
    }
    const related = under.map((part) => ({
      span: placeOf(part.clause, 'service'),
      label: 'part',
      params: levelOf(part),
    }))
    const node = trace('formula', message('service-level/composite-above-parts', params), {
      children: under.map((part) => factOf(part, 'service-level/composite-above-parts.label.part')),
    })
    return [{ at: placeOf(clause, 'target'), clause: clause.id, params, related, trace: node }]
  })
}

function levelOf(part: Part): Record<string, Param> {
  return { service: part.clause.terms.service, level: { percent: part.level.target } }
}

function factOf(part: Part, label: string): TraceNode {
  const { title, url, readOn } = part.source
  const source = { title, readOn, ...(url ? { url } : {}) }
  return trace('fact', message(label, levelOf(part)), { span: part.clause.span, source })
}

/** SLV-5: higher than the best that the provider itself promises for a part. */
export function exceedsUpstream(context: CheckContext): Draft[] {
  const parts = partsOf(context)
  if (parts.length === 0) return []
  return context.clauses(serviceLevel).flatMap((clause): Draft[] => {
    const promise = promised(clause)
    if (promise === undefined || context.rules.find('composite-note', clause.id)) return []
    const lower = partsUnder(clause, parts, context)
      .filter((part) => decimal(part.level.target).lt(promise))
      .sort((a, b) => decimal(a.level.target).cmp(b.level.target))
    const [least] = lower
    if (!least) return []
    return [
      {
        at: placeOf(clause, 'target'),
        clause: clause.id,
        params: { metric: clause.terms.metric, promise: { percent: promise }, ...levelOf(least) },
        related: lower.map((part) => ({ span: placeOf(part.clause, 'service'), label: 'part', params: levelOf(part) })),
        trace: trace('formula', message('service-level/exceeds-upstream.title'), {
          children: lower.map((part) => factOf(part, 'service-level/exceeds-upstream.label.part')),
        }),
      },
    ]
  })
}

const SMALL = new Set(
  'of the a an and for in to at de del la el los las y en por para service services level levels sla servicio servicios nivel niveles'.split(
    ' ',
  ),
)
const GENERIC = new Set(
  'commitment commitments target targets annex appendix schedule exhibit anexo apendice summary resumen compromiso compromisos metric metrics metrica metricas key operational operacionales contractual general penalties credits objectives objetivos indicator indicators indicadores b c d e i ii iii iv v'.split(
    ' ',
  ),
)
const ALIKE: Record<string, string> = {
  uptime: 'availability',
  disponibilidad: 'availability',
  resolve: 'resolution',
  resolucion: 'resolution',
}

function keyWords(text: string, ...without: ReadonlySet<string>[]): string {
  const words = plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => ALIKE[word] ?? word)
  return [...new Set(words.filter((word) => word !== '' && !without.some((list) => list.has(word))))].sort().join(' ')
}

/** SLV-6: one metric, two different targets. Rows that speak of different things (plans, regions, priorities) are apart. */
export function twoTargets(context: CheckContext): Draft[] {
  const groups = new Map<string, Map<string, Level>>()
  return context.clauses(serviceLevel).flatMap((clause): Draft[] => {
    const { terms } = clause
    const metric = [
      keyWords(terms.metric, SMALL),
      plain(terms.priority ?? ''),
      plain(terms.component ?? ''),
      windowOf(terms),
    ].join('|')
    const stated = targetText(clause)
    // A row that is named by its priority alone speaks of whatever its table is about.
    if (metric.startsWith('|') || stated === '' || terms.metric === terms.priority) return []
    const scope = scopeOf(clause)
    const group = groups.get(metric) ?? new Map<string, Level>()
    groups.set(metric, group)
    // A general heading ("Service Levels", "Annex B") speaks of the same thing as any other.
    const other = scope === '' ? group.values().next().value : (group.get(scope) ?? group.get(''))
    if (!group.has(scope)) group.set(scope, clause)
    if (!other || targetText(other) === stated) return []
    return [
      {
        at: placeOf(clause, 'target', 'resolution', 'response'),
        clause: clause.id,
        params: { metric: terms.metric, target: targetWords(clause), other: targetWords(other) },
        related: [
          {
            span: placeOf(other, 'target', 'resolution', 'response'),
            label: 'other',
            params: { target: targetWords(other) },
          },
        ],
        operands: [other.id],
      },
    ]
  })
}

// "In each calendar month" and "monthly" are one window, and the one that is meant where none is said.
function windowOf({ window = 'month' }: ServiceLevelTerms): string {
  const words = plain(window)
  return MEASURED_OVER.find(([pattern]) => pattern.test(words))?.[1] ?? words
}

const MEASURED_OVER: [RegExp, string][] = [
  [
    /^(?:in |en )?(?:per |each |every |any |a |one |por |cada |al |el |durante el )?(?:calendar |contract )?(?:month(?:ly)?|mes|mensual(?:mente)?)(?: calendario)?$/,
    'month',
  ],
  [
    /^(?:in |en )?(?:per |each |every |any |a |one |por |cada |al |el )?(?:calendar |contract )?(?:quarter(?:ly)?|trimestre|trimestral(?:mente)?)(?: calendario)?$/,
    'quarter',
  ],
]

// A sentence says by itself what it speaks of; a row may owe that to its heading.
function isSentence(clause: Level): boolean {
  return clause.cells.length === 1 && clause.cells[0]?.role === undefined
}

function scopeOf(clause: Level): string {
  if (isSentence(clause)) return ''
  const remarks = clause.cells.some((cell) => cell.role !== undefined)
    ? remarksOf(clause).map((cell) => plain(cell.text))
    : []
  return [keyWords((clause.section.at(-1) ?? '').replace(/\d+/g, ' '), SMALL, GENERIC), ...remarks]
    .filter((each) => each !== '')
    .join('|')
}

function targetText({ terms }: Level): string {
  const { target, response, resolution } = terms
  const value = target && [target.comparison, decimal(target.value).toString(), target.unit].join(' ')
  const times = [response, resolution].map((time) => (time ? `${time.amount} ${time.unit}` : ''))
  return [value ?? '', ...times].join(' ').trim()
}

function targetWords(clause: Level): string {
  const cells = ['target', 'response', 'resolution'].map((role) => cellOf(clause, role)?.text)
  return cells.filter((text) => text !== undefined).join(' / ') || targetText(clause)
}

/** SLV-14: more than everything, or less than nothing. */
export function impossibleTarget(context: CheckContext): Draft[] {
  return context.clauses(serviceLevel).flatMap((clause): Draft[] => {
    const limit = limitOf(clause)
    if (limit === undefined) return []
    const params = { metric: clause.terms.metric, target: targetWords(clause), limit }
    return [{ at: placeOf(clause, 'target'), clause: clause.id, params }]
  })
}

const UNBOUNDED = /capacity|headroom|growth|increase|utili[sz]ation|capacidad|crecimiento|aumento|utilizacion|holgura/
const OUT_OF =
  /(\d+(?:[.,]\d+)?)\s*(?:\/|out of|of|sobre|de un total de|de)\s*(\d+(?:[.,]\d+)?)(?!\s*(?:dias|days|meses|months|horas|hours))/

/** The limit that a target breaks; undefined when it breaks none. */
function limitOf(clause: Level): Param | undefined {
  const { target, metric, subject } = clause.terms
  const words = plain(`${metric} ${cellOf(clause, 'target')?.text ?? ''}`)
  if (!target) return undefined
  const value = decimal(target.value)
  const isFloor = !/most|less/.test(target.comparison)
  const above = (limit: number) => value.gt(limit) || (target.comparison === 'more-than' && value.gte(limit))
  if (target.unit === 'percent' && !UNBOUNDED.test(words)) {
    if (isFloor && above(100)) return { percent: '100' }
    if (value.lt(0) || (!isFloor && target.comparison === 'less-than' && value.eq(0))) return { percent: '0' }
  }
  if (/\bnps\b|net promoter/.test(words) && target.unit !== 'percent' && isFloor && above(100))
    return { decimal: '100' }
  if (/hour|minute|second|day/.test(target.unit) && value.lt(0)) return { decimal: '0' }
  const score = subject === 'satisfaction' ? OUT_OF.exec(words) : null
  const most = score?.[2]?.replace(',', '.')
  return most !== undefined && decimal((score?.[1] ?? '0').replace(',', '.')).gt(most) ? { decimal: most } : undefined
}
