import { type Month, monthsBetween, utcText } from '../calendar.ts'
import { numbered } from '../faults.ts'
import { downTimes, minutesDown } from '../load/outages.ts'
import { jsonFile } from '../text.ts'
import type { Deployment, Output, Part, PartTruth, PlantedFault, World } from '../world.ts'
import { coverage, type Interval, silencesOf } from './silences.ts'

const FIRST_CHECK = 7001

/** Outage summaries of an uptime monitor, one check for each deployment; true to the minute but where the probe was silent. */
export const probes: Part = {
  id: 'probes',
  weight(world) {
    return 1 + world.deployments.length * monthsBetween(world.from, world.to).length * 0.2
  },
  write: writeProbes,
}

async function writeProbes(world: World, output: Output, progress: (done: number) => void): Promise<PartTruth> {
  const months = monthsBetween(world.from, world.to)
  const silences = silencesOf(world)
  const down: Record<string, number> = {}
  const served: Record<string, number> = {}
  for (const [at, deployment] of world.deployments.entries()) {
    for (const month of months) {
      const covered = coverage(world, deployment, month)
      if (covered === undefined) continue
      const silent = silences.filter((each) => each.deployment === deployment && each.month.id === month.id)
      await output.file(fileOf(deployment, month), summaryOf(world, deployment, covered, silent))
      const key = `${deployment.alias} ${month.id}`
      down[key] = minutesDown(world, deployment, covered.beginsAt, covered.endsAt)
      served[key] = covered.endsAt - covered.beginsAt
    }
    progress((at + 1) / world.deployments.length)
  }
  const faults = silences.map((each): Omit<PlantedFault, 'id'> => {
    const { deployment, month, beginsAt, endsAt } = each
    const subject = { deployment: deployment.alias, from: utcText(beginsAt), to: utcText(endsAt) }
    const effect = { value: String(endsAt - beginsAt), unit: 'minute' }
    return {
      kind: 'silent-probe',
      on: utcText(beginsAt).slice(0, 10),
      file: fileOf(deployment, month),
      subject,
      effect,
    }
  })
  return {
    totals: { minutesDownByDeploymentMonth: down, minutesServedByDeploymentMonth: served },
    faults: numbered(faults),
  }
}

function fileOf(deployment: Deployment, month: Month): string {
  return `probes/${deployment.alias}/${month.id}.json`
}

function summaryOf(world: World, deployment: Deployment, covered: Interval, silent: readonly Interval[]): string {
  const marked = [
    ...downTimes(world, deployment, covered.beginsAt, covered.endsAt).map((each) => ({ ...each, status: 'down' })),
    ...silent.map(({ beginsAt, endsAt }) => ({ beginsAt, endsAt, status: 'unknown' })),
  ].sort((a, b) => a.beginsAt - b.beginsAt)
  const states: { status: string; timefrom: number; timeto: number }[] = []
  const add = (status: string, from: number, to: number): void => {
    if (from < to) states.push({ status, timefrom: from * 60, timeto: to * 60 })
  }
  let at = covered.beginsAt
  for (const { beginsAt, endsAt, status } of marked) {
    add('up', at, beginsAt)
    add(status, beginsAt, endsAt)
    at = endsAt
  }
  add('up', at, covered.endsAt)
  const name = `${deployment.alias} voice path`
  const check = { id: FIRST_CHECK + deployment.ordinal, name, hostname: `${deployment.alias}.my.connect.aws` }
  return jsonFile({ check, summary: { states } })
}
