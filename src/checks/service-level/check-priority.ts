import { type Clause, plain } from '../../agreement/index.ts'
import { type ServiceLevelTerms, serviceLevel } from '../../clauses/service-level/index.ts'
import { approximateDays, DURATION_UNITS, type Duration, decimal } from '../../language/index.ts'
import type { CheckContext, Draft } from '../room.ts'
import { byTable, placeOf } from '../tables.ts'

type Level = Clause<ServiceLevelTerms>
type Clock = 'response' | 'resolution'

/** One time that is promised for one priority. */
interface Timed {
  clause: Level
  clock: Clock
  time: Duration
  place: string
}

const RANKS: [RegExp, number][] = [
  [/\b(?:critical|critica|critico|urgent|urgente|blocker|emergency|emergencia)\b/, 1],
  [/\b(?:high|alta|alto|major|mayor|grave)\b/, 2],
  [/\b(?:medium|media|medio|moderate|moderada|moderado|normal)\b/, 3],
  [/\b(?:low|baja|bajo|minor|menor|leve)\b/, 4],
  [/\b(?:cosmetic|cosmetica|planning|informativ[oa]|trivial)\b/, 5],
]

/** 1 for the highest priority; undefined when the words name none. */
function rankOf(clause: Level): number | undefined {
  const named = clause.terms.priority
  const text = plain(named ?? clause.terms.metric)
  const digit = /\b(?:p|s|sev|severity|severidad|priority|prioridad)[\s.-]*([0-5])\b/.exec(text)?.[1]
  const bare = named === undefined ? undefined : /^(?:level |nivel )?([0-5])\b/.exec(text)?.[1]
  if (digit ?? bare) return Number(digit ?? bare)
  return named === undefined ? undefined : RANKS.find(([words]) => words.test(text))?.[1]
}

function timesOf(clause: Level): Timed[] {
  const { response, resolution, target, subject } = clause.terms
  const times: Timed[] = []
  if (response) times.push({ clause, clock: 'response', time: response, place: 'response' })
  if (resolution) times.push({ clause, clock: 'resolution', time: resolution, place: 'resolution' })
  const unit = DURATION_UNITS.find((each) => each === target?.unit)
  const clock = subject === 'response-time' ? 'response' : subject === 'resolution-time' ? 'resolution' : undefined
  if (target && unit && clock && !times.some((each) => each.clock === clock))
    times.push({ clause, clock, time: { amount: target.value, unit }, place: 'target' })
  return times
}

// A business day is anything from eight working hours to the three days of a weekend.
function least(time: Duration): number {
  return time.unit === 'business-day' ? approximateDays(time) / 4.2 : approximateDays(time)
}

function longest(time: Duration): number {
  return time.unit === 'business-day' ? approximateDays(time) + 2 : approximateDays(time)
}

/** Whether one time is longer than another whatever a business day means. */
function isLonger(a: Duration, b: Duration): boolean {
  if (a.unit === b.unit) return decimal(a.amount).gt(b.amount)
  return least(a) > longest(b) * 1.001
}

/** SLV-12: a higher priority waits longer than a lower one, or the answer takes longer than the solution. */
export function priorityOrder(context: CheckContext): Draft[] {
  return byTable(context.agreement, context.clauses(serviceLevel)).flatMap((table) => {
    const times = table.clauses.flatMap(timesOf)
    return [...fallingTimes(times), ...slowResponses(times)]
  })
}

function fallingTimes(times: readonly Timed[]): Draft[] {
  return (['response', 'resolution'] as const).flatMap((clock) => {
    const ranked = times
      .filter((each) => each.clock === clock)
      .map((each) => ({ ...each, rank: rankOf(each.clause) }))
      .filter((each): each is Timed & { rank: number } => each.rank !== undefined)
      .sort((a, b) => a.rank - b.rank)
    // Two rows of one priority: the table speaks of more than one thing, and nothing can be compared.
    if (new Set(ranked.map((each) => each.rank)).size < ranked.length) return []
    return ranked.slice(1).flatMap((lower, at) => {
      const higher = ranked[at]
      return higher && isLonger(higher.time, lower.time) ? [longer(higher, lower, 'other')] : []
    })
  })
}

const CLOCK_WORDS =
  /\b(?:respon\w*|respuestas?|atencion|acknowledg\w*|acuse|resol\w*|solucion|repair|restor\w*|fix|first|initial|primera|inicial)\b/g

// "Mean time to respond" and "Mean time to resolve" are of one incident; other pairs need not be.
function incidentOf({ clause, place }: Timed): string {
  if (place !== 'target') return clause.id
  const { metric, priority, component } = clause.terms
  const words = plain(metric)
    .replace(CLOCK_WORDS, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return [words, plain(priority ?? ''), plain(component ?? '')].join('|')
}

function slowResponses(times: readonly Timed[]): Draft[] {
  const byIncident = new Map<string, Timed[]>()
  for (const each of times) {
    const group = byIncident.get(incidentOf(each))
    if (group) group.push(each)
    else byIncident.set(incidentOf(each), [each])
  }
  return [...byIncident.values()].flatMap((group) => {
    const [response, another] = group.filter((each) => each.clock === 'response')
    const [resolution, more] = group.filter((each) => each.clock === 'resolution')
    if (!response || !resolution || another || more || !isLonger(response.time, resolution.time)) return []
    return [longer(response, resolution, 'other')]
  })
}

function longer(a: Timed, b: Timed, label: string): Draft {
  return {
    at: placeOf(a.clause, a.place),
    clause: a.clause.id,
    params: { first: nameOf(a), time: a.time, second: nameOf(b), other: b.time },
    related: [{ span: placeOf(b.clause, b.place), label, params: { time: b.time } }],
    operands: [a.clock, b.clause.id, b.clock],
  }
}

function nameOf(timed: Timed) {
  const { priority, metric } = timed.clause.terms
  return [priority ?? metric, { word: `service-level/priority-order.label.${timed.clock}` }]
}
