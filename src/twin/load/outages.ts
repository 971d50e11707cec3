import type { Deployment, TrueIncident, World } from '../world.ts'

/** Service was down from `beginsAt` until before `endsAt`, in minutes since 1970. */
export interface Outage {
  beginsAt: number
  endsAt: number
  incident: TrueIncident
}

const outages = new WeakMap<World, Map<string, Outage[]>>()

/** All outages of a deployment in order of their beginning. */
export function outagesOf(world: World, deployment: Deployment): readonly Outage[] {
  let known = outages.get(world)
  if (known === undefined) {
    known = byDeployment(world)
    outages.set(world, known)
  }
  return known.get(deployment.alias) ?? []
}

function byDeployment(world: World): Map<string, Outage[]> {
  const found = new Map<string, Outage[]>()
  for (const incident of world.incidents) {
    if (incident.outageMinutes <= 0) continue
    const list = found.get(incident.deployment.alias) ?? []
    found.set(incident.deployment.alias, list)
    list.push({ beginsAt: incident.beginsAt, endsAt: incident.beginsAt + incident.outageMinutes, incident })
  }
  for (const list of found.values()) list.sort((a, b) => a.beginsAt - b.beginsAt || a.endsAt - b.endsAt)
  return found
}

/** Down times without overlap, cut to [from, to) in minutes since 1970. */
export function downTimes(
  world: World,
  deployment: Deployment,
  from: number,
  to: number,
): { beginsAt: number; endsAt: number }[] {
  const merged: { beginsAt: number; endsAt: number }[] = []
  for (const outage of outagesOf(world, deployment)) {
    const beginsAt = Math.max(outage.beginsAt, from)
    const endsAt = Math.min(outage.endsAt, to)
    if (beginsAt >= endsAt) continue
    const last = merged.at(-1)
    if (last !== undefined && beginsAt <= last.endsAt) last.endsAt = Math.max(last.endsAt, endsAt)
    else merged.push({ beginsAt, endsAt })
  }
  return merged
}

/** Minutes down in [from, to), both in minutes since 1970. */
export function minutesDown(world: World, deployment: Deployment, from: number, to: number): number {
  return downTimes(world, deployment, from, to).reduce((sum, each) => sum + each.endsAt - each.beginsAt, 0)
}
