import type { Deployment, Person } from '../world.ts'

/** A note of a ticket's timeline. */
export interface Note {
  /** Seconds since 1970, as all times here. */
  at: number
  by: string
  text: string
}

/** A ticket of the service desk before it has its number. */
export interface Ticket {
  sysId: string
  deployment: Deployment
  priority: 1 | 2 | 3 | 4
  short: string
  description: string
  caller: string
  assigned: string
  openedAt: number
  workStartAt: number
  resolvedAt: number
  closedAt: number
  outage?: { beginsAt: number; endsAt: number }
  causedBy?: Change
  reopened: boolean
  notes: Note[]
}

/** How a change was closed. */
export type Outcome = 'Successful' | 'Successful with issues' | 'Unsuccessful'

/** A change before it has its number. */
export interface Change {
  sysId: string
  /** What it changes: a deployment, or the shared platform. */
  target: string
  company: string
  type: 'Normal' | 'Standard' | 'Emergency'
  startsAt: number
  endsAt: number
  outcome: Outcome
  short: string
  notes: string
  assigned: string
  /** It took place and was never entered. */
  unrecorded: boolean
  number: string
}

/** Time as the service desk writes it, in UTC; empty when there is none yet at `until`. */
export function deskTime(at: number | undefined, until = Number.POSITIVE_INFINITY): string {
  if (at === undefined || at >= until) return ''
  return new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' ')
}

/** Name of somebody who worked for the partner on a day. */
export function staffOn(people: readonly Person[], day: string): Person[] {
  return people.filter((each) => each.hiredOn <= day && (each.leftOn === undefined || day < each.leftOn))
}
