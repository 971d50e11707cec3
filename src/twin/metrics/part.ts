import { addDays, type IsoDate } from '../../language/index.ts'
import { type Month, monthsBetween, startOfDay, utcText } from '../calendar.ts'
import { type DayLoad, dayLoad, SERVICE_LEVEL_SECONDS } from '../load/day-load.ts'
import { instanceOf } from '../load/instance.ts'
import type { Deployment, Output, Part, PartTruth, World } from '../world.ts'
import { METRIC_GROUPS, type MetricGroup, type MetricValue } from './metric-values.ts'

const MILLISECONDS_PER_FILE = 2

/** Daily usage metrics of every live deployment, as saved answers of the provider's metric service. */
export const usageMetrics: Part = {
  id: 'metrics',
  weight(world) {
    return 1 + world.deployments.length * monthsBetween(world.from, world.to).length * MILLISECONDS_PER_FILE
  },
  write: writeMetrics,
}

const COUNTED = [
  ...['contacts', 'offered', 'handled', 'abandoned', 'transferred', 'callbacks', 'voiceSeconds', 'chatMessages'],
] as const satisfies readonly (keyof DayLoad)[]

async function writeMetrics(world: World, output: Output, progress: (done: number) => void): Promise<PartTruth> {
  const months = monthsBetween(world.from, world.to).map((month) => ({ month, days: clockOf(world, month) }))
  const byMonth: Record<string, Record<string, number>> = {}
  const contacts: Record<string, number> = {}
  for (const [at, deployment] of world.deployments.entries()) {
    for (const { month, days: clock } of months) {
      const live = clock.filter(({ day }) => deployment.subscribersOn(day) > 0)
      const days = live.map(({ day }) => dayLoad(world, deployment, day))
      if (days.length === 0) continue
      await output.file(`metrics/${deployment.alias}/${month.id}.jsonl`, callsOf(world, deployment, live, days))
      for (const field of COUNTED) {
        const name = `${field}ByMonth`
        const total = byMonth[name] ?? {}
        byMonth[name] = total
        total[month.id] = days.reduce((sum, each) => sum + each[field], total[month.id] ?? 0)
      }
      contacts[`${deployment.alias} ${month.id}`] = days.reduce((sum, each) => sum + each.contacts, 0)
    }
    progress((at + 1) / world.deployments.length)
  }
  return { totals: { ...byMonth, contactsByDeploymentMonth: contacts }, faults: [] }
}

/** A local day and its beginning and end in UTC. */
interface ClockDay {
  day: IsoDate
  begins: string
  ends: string
}

function clockOf({ scenario }: World, month: Month): ClockDay[] {
  return Array.from({ length: month.days }, (_, at) => {
    const [day, next] = [addDays(month.first, at), addDays(month.first, at + 1)]
    const [begins = '', ends = ''] = [day, next].map((each) => utcText(startOfDay(scenario.timeZone, each)))
    return { day, begins, ends }
  })
}

interface DayValues extends ClockDay {
  values: MetricValue[]
}

function callsOf(world: World, deployment: Deployment, live: readonly ClockDay[], loads: readonly DayLoad[]): string {
  const chance = world.chance(`metrics ${deployment.alias} ${live[0]?.day}`)
  const calls = METRIC_GROUPS.filter((group) => group.applies(deployment)).map((group) => {
    const days = live.map((clock, at): DayValues => {
      const load = loads[at]
      return { ...clock, values: load === undefined ? [] : group.values(load, chance, SERVICE_LEVEL_SECONDS) }
    })
    const request = JSON.stringify(requestOf(world, deployment, group, days)).slice(0, -1)
    const metrics = days[0]?.values.map(metricText).join(',') ?? ''
    const results = days.map(resultOf).join(',')
    return `{"Request":${request},"Metrics":[${metrics}]},"Response":{"MetricResults":[${results}]}}\n`
  })
  return calls.join('')
}

function requestOf(world: World, deployment: Deployment, { filter }: MetricGroup, days: readonly DayValues[]) {
  const { queues, routing } = instanceOf(world, deployment)
  return {
    ResourceArn: deployment.instanceArn,
    StartTime: days[0]?.begins,
    EndTime: days.at(-1)?.ends,
    Interval: { IntervalPeriod: 'DAY', TimeZone: world.scenario.timeZone },
    Filters: [
      { FilterKey: filter, FilterValues: (filter === 'QUEUE' ? queues : routing).map((each) => idOf(each.arn)) },
    ],
    Groupings: [],
  }
}

function idOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** Written by hand: the files hold some hundred thousand values. */
function resultOf({ begins, ends, values }: DayValues): string {
  const collections = values.map((each) => `{"Metric":${metricText(each)},"Value":${each.value}}`)
  const interval = `{"Interval":"DAY","StartTime":"${begins}","EndTime":"${ends}"}`
  return `{"Dimensions":{},"MetricInterval":${interval},"Collections":[${collections.join(',')}]}`
}

function metricText({ name, threshold }: MetricValue): string {
  if (threshold === undefined) return `{"Name":"${name}"}`
  const { comparison, seconds } = threshold
  return `{"Name":"${name}","Threshold":[{"Comparison":"${comparison}","ThresholdValue":${seconds}}]}`
}
