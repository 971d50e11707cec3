import type { DayLoad } from '../load/day-load.ts'
import type { Chance, Deployment } from '../world.ts'

/** One metric of the provider's GetMetricDataV2, as asked for and answered. */
export interface MetricValue {
  name: string
  value: number
  /** Seconds of a threshold. */
  threshold?: { comparison: 'LT'; seconds: number }
}

/** A saved call asks for one group of metrics that share their filters. */
export interface MetricGroup {
  filter: 'QUEUE' | 'ROUTING_PROFILE'
  applies(deployment: Deployment): boolean
  values(load: DayLoad, chance: Chance, threshold: number): MetricValue[]
}

// Four decimals are enough for an average and keep the files short.
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}

function ratio(part: number, whole: number, factor = 1): number {
  return whole === 0 ? 0 : rounded((part / whole) * factor)
}

function queueValues(load: DayLoad, _: Chance, seconds: number): MetricValue[] {
  const threshold = { comparison: 'LT', seconds } as const
  return [
    { name: 'CONTACTS_CREATED', value: load.contacts },
    { name: 'CONTACTS_QUEUED', value: load.offered },
    { name: 'CONTACTS_HANDLED', value: load.handled },
    { name: 'CONTACTS_ABANDONED', value: load.abandoned },
    { name: 'CONTACTS_TRANSFERRED_OUT', value: load.transferred },
    { name: 'SUM_CONTACTS_ANSWERED_IN_X', value: load.answeredInTime, threshold },
    { name: 'SERVICE_LEVEL', value: ratio(load.answeredInTime, load.offered, 100), threshold },
    { name: 'ABANDONMENT_RATE', value: ratio(load.abandoned, load.offered, 100) },
    { name: 'AVG_QUEUE_ANSWER_TIME', value: ratio(load.answerSeconds, load.handled) },
    { name: 'AVG_HANDLE_TIME', value: ratio(load.handleSeconds, load.handled) },
    { name: 'SUM_HANDLE_TIME', value: load.handleSeconds },
  ]
}

function agentValues(load: DayLoad, chance: Chance): MetricValue[] {
  // A tenth to a quarter of the time logged in is spent on meals, breaks and training.
  const productive = Math.max(load.handleSeconds, load.loginSeconds * (0.76 + 0.1 * chance.next()))
  return [
    { name: 'SUM_ONLINE_TIME_AGENT', value: load.loginSeconds },
    { name: 'AGENT_OCCUPANCY', value: ratio(load.handleSeconds, productive, 100) },
  ]
}

function scheduleValues(load: DayLoad, chance: Chance): MetricValue[] {
  const scheduled = Math.round(load.loginSeconds * (1.01 + 0.06 * chance.next()))
  const adherent = Math.min(scheduled, Math.round(scheduled * (0.86 + 0.1 * chance.next())))
  return [
    { name: 'AGENT_SCHEDULED_TIME', value: scheduled },
    { name: 'AGENT_ADHERENT_TIME', value: adherent },
    { name: 'AGENT_NON_ADHERENT_TIME', value: scheduled - adherent },
    { name: 'AGENT_SCHEDULE_ADHERENCE', value: ratio(adherent, scheduled, 100) },
  ]
}

function evaluationValues(load: DayLoad, chance: Chance): MetricValue[] {
  const performed = Math.min(load.handled, chance.poisson(load.agentsOnline * 0.35))
  const score = performed === 0 ? 0 : Math.min(100, rounded(chance.normal(84, 9 / Math.sqrt(performed))))
  return [
    { name: 'EVALUATIONS_PERFORMED', value: performed },
    { name: 'AVG_EVALUATION_SCORE', value: score },
  ]
}

/** What is asked of every deployment, and of those with workforce or quality management besides. */
export const METRIC_GROUPS: readonly MetricGroup[] = [
  { filter: 'QUEUE', applies: () => true, values: queueValues },
  { filter: 'ROUTING_PROFILE', applies: () => true, values: agentValues },
  { filter: 'ROUTING_PROFILE', applies: (deployment) => deployment.workforce, values: scheduleValues },
  { filter: 'QUEUE', applies: (deployment) => deployment.quality, values: evaluationValues },
]
