import type { TrueContact } from '../load/contacts-of.ts'
import type { Shift } from '../load/shifts.ts'

/** Statuses an agent sets. */
export type Status = 'Available' | 'Offline' | 'Colación'

/** What an agent is doing from a moment on. Times are seconds since 1970. */
export interface AgentState {
  status: Status
  statusSince: number
  contact?: { contact: TrueContact; state: 'CONNECTED' | 'ENDED'; since: number }
}

/** Something that happened to an agent, with what was before and after. */
export interface AgentMoment {
  at: number
  type: 'LOGIN' | 'LOGOUT' | 'STATE_CHANGE' | 'HEART_BEAT'
  before: AgentState
  after: AgentState
}

const HEART_BEAT_SECONDS = 120
const MEAL_SECONDS = 1800
const SHORTEST_SHIFT_WITH_MEAL = 18_000

/**
 * One agent's shift: login, every contact taken, a meal when there is time for one, logout, and a heart beat whenever
 * nothing else happened for two minutes.
 */
export function timelineOf(shift: Shift, contacts: readonly TrueContact[]): AgentMoment[] {
  const changes = changesOf(shift, contacts)
  const moments: AgentMoment[] = []
  let state: AgentState = { status: 'Offline', statusSince: shift.beginsAt - 54_000 }
  const step = (at: number, type: AgentMoment['type'], after: AgentState): void => {
    moments.push({ at, type, before: state, after })
    state = after
  }
  step(shift.beginsAt, 'LOGIN', { status: 'Available', statusSince: shift.beginsAt })
  let last = shift.beginsAt
  const beat = (until: number): void => {
    for (let at = last + HEART_BEAT_SECONDS; at < until; at += HEART_BEAT_SECONDS) step(at, 'HEART_BEAT', state)
  }
  for (const { at, change } of changes) {
    beat(at)
    step(at, 'STATE_CHANGE', change(state))
    last = at
  }
  beat(shift.endsAt)
  step(shift.endsAt, 'LOGOUT', { status: 'Offline', statusSince: shift.endsAt })
  return moments
}

interface Change {
  at: number
  change(before: AgentState): AgentState
}

function changesOf(shift: Shift, contacts: readonly TrueContact[]): Change[] {
  const taken: { from: number; to: number }[] = []
  const changes: Change[] = []
  for (const contact of [...contacts].sort((a, b) => a.answeredAt - b.answeredAt)) {
    const to = contact.disconnectedAt + contact.afterContactSeconds
    // A second contact at the same time and one that outlasts the shift are left to the contact records.
    if (contact.answeredAt <= (taken.at(-1)?.to ?? shift.beginsAt) || to >= shift.endsAt) continue
    taken.push({ from: contact.answeredAt, to })
    changes.push({ at: contact.answeredAt, change: (before) => withContact(before, contact, 'CONNECTED') })
    changes.push({ at: contact.disconnectedAt, change: (before) => withContact(before, contact, 'ENDED') })
    changes.push({ at: to, change: ({ status, statusSince }) => ({ status, statusSince }) })
  }
  const meal = mealTime(shift, taken)
  if (meal !== undefined) {
    for (const [status, at] of [['Colación', meal] as const, ['Available', meal + MEAL_SECONDS] as const]) {
      changes.push({ at, change: () => ({ status, statusSince: at }) })
    }
  }
  return changes.sort((a, b) => a.at - b.at)
}

function withContact(before: AgentState, contact: TrueContact, state: 'CONNECTED' | 'ENDED'): AgentState {
  const since = state === 'CONNECTED' ? contact.answeredAt : contact.disconnectedAt
  return { status: before.status, statusSince: before.statusSince, contact: { contact, state, since } }
}

/** The first half hour without a contact after a third of the shift. */
function mealTime(shift: Shift, taken: readonly { from: number; to: number }[]): number | undefined {
  const length = shift.endsAt - shift.beginsAt
  if (length < SHORTEST_SHIFT_WITH_MEAL) return undefined
  let from = shift.beginsAt + Math.floor(length / 3)
  for (const each of [...taken, { from: shift.endsAt, to: shift.endsAt }]) {
    if (each.to <= from) continue
    if (each.from - from > MEAL_SECONDS + 2) return from + 1
    from = each.to
  }
  return undefined
}
