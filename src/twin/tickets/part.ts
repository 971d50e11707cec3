import { localDay, monthsBetween, startOfDay } from '../calendar.ts'
import { numbered } from '../faults.ts'
import { jsonFile } from '../text.ts'
import type { Output, Part, PartTruth, PlantedFault, TrueIncident, World } from '../world.ts'
import { causeOf, changesOf, numberedChanges } from './changes.ts'
import { reopen, slowDown, ticketOf } from './incidents.ts'
import { imaginedOutages, plannedFaults, type TicketFault } from './plan.ts'
import { ticketsSection } from './section.ts'
import { type Change, deskTime, type Ticket } from './ticket.ts'

const FIRST_NUMBER = 10_001
const PRIORITIES = { 1: '1 - Critical', 2: '2 - High', 3: '3 - Moderate', 4: '4 - Low' } as const

/** Incidents with their timelines, and changes, as the service desk's tables give them. */
export const tickets: Part = {
  id: 'tickets',
  section: ticketsSection,
  weight: (world) => 1 + world.incidents.length * 0.2,
  write: writeTickets,
}

interface Desk {
  tickets: Ticket[]
  changes: Change[]
  faults: { fault: Omit<PlantedFault, 'id' | 'file' | 'on'>; at: number; ticket?: Ticket; change?: Change }[]
}

async function writeTickets(world: World, output: Output, progress: (done: number) => void): Promise<PartTruth> {
  const desk = openDesk(world)
  const numbers = new Map(desk.tickets.map((each, at) => [each, `INC${String(FIRST_NUMBER + at).padStart(7, '0')}`]))
  const { timeZone } = world.scenario
  const until = startOfDay(timeZone, world.to) * 60
  const months = monthsBetween(world.from, world.to)
  const begins = months.map((month) => ({ id: month.id, at: startOfDay(timeZone, month.first) * 60 }))
  const monthAt = (at: number): string => begins.findLast((each) => each.at <= at)?.id ?? months[0]?.id ?? ''
  for (const [at, { id }] of months.entries()) {
    const opened = desk.tickets.filter((each) => monthAt(each.openedAt) === id)
    const begun = desk.changes.filter((each) => !each.unrecorded && monthAt(each.startsAt) === id)
    await output.file(
      fileOf('incident', id),
      jsonFile({ result: opened.map((each) => incidentRow(each, numbers, until)) }),
    )
    await output.file(
      fileOf('sys_journal_field', id),
      jsonFile({ result: opened.flatMap((each) => noteRows(world, each, until)) }),
    )
    await output.file(fileOf('change_request', id), jsonFile({ result: begun.map((each) => changeRow(each)) }))
    progress((at + 1) / months.length)
  }
  const faults = desk.faults.map(({ fault, at, ticket, change }): Omit<PlantedFault, 'id'> => {
    const subject = {
      ...fault.subject,
      ...(ticket && { ticket: numbers.get(ticket) ?? '' }),
      ...(change && { change: change.number }),
    }
    const place = ticket !== undefined ? fileOf('incident', monthAt(ticket.openedAt)) : undefined
    return { ...fault, subject, on: localDay(timeZone, at), ...(place && { file: place }) }
  })
  return { totals: totalsOf(desk, monthAt, until), faults: numbered(faults) }
}

function fileOf(table: 'incident' | 'sys_journal_field' | 'change_request', month: string): string {
  return `${table === 'change_request' ? 'changes' : 'incidents'}/${table}-${month}.json`
}

function openDesk(world: World): Desk {
  const numbers = ticketsSection.parse(world.scenario.parts.tickets)
  const desk: Desk = { tickets: [], changes: changesOf(world, numbers), faults: [] }
  const plan = plannedFaults(world)
  for (const incident of world.incidents) handle(world, desk, incident, plan.get(incident))
  const chance = world.chance('imagined outages')
  for (const report of imaginedOutages(world, chance)) {
    const ticket = ticketOf(world, chance, report)
    desk.tickets.push(ticket)
    const effect = { value: String(report.outageMinutes), unit: 'minute' }
    const subject = { deployment: report.deployment.alias }
    desk.faults.push({ fault: { kind: 'ticket-without-outage', subject, effect }, at: report.beginsAt, ticket })
  }
  const until = startOfDay(world.scenario.timeZone, world.to) * 60
  desk.tickets = desk.tickets.filter((each) => each.openedAt < until)
  desk.tickets.sort((a, b) => a.openedAt - b.openedAt || (a.sysId < b.sysId ? -1 : 1))
  desk.changes = numberedChanges(desk.changes)
  return desk
}

function handle(world: World, desk: Desk, incident: TrueIncident, kind: TicketFault | undefined): void {
  const chance = world.chance(`ticket ${incident.id}`)
  const { deployment, beginsAt, outageMinutes } = incident
  const subject = { deployment: deployment.alias, incident: incident.id }
  const minutes = { value: String(outageMinutes), unit: 'minute' }
  if (kind === 'outage-without-ticket') {
    desk.faults.push({ fault: { kind, subject, effect: minutes }, at: beginsAt })
    return
  }
  const ticket = ticketOf(world, chance, incident)
  desk.tickets.push(ticket)
  if (kind === undefined) return
  if (kind === 'slow-resolution') slowDown(ticket, chance)
  if (kind === 'ticket-reopened') reopen(ticket, chance)
  if (kind === 'change-without-record' || kind === 'failed-change-closed-successful') {
    const change = causeOf(world, chance, incident, kind === 'change-without-record')
    desk.changes.push(change)
    ticket.causedBy = change
    desk.faults.push({ fault: { kind, subject, effect: minutes }, at: beginsAt, ticket, change })
    return
  }
  const value = String(resolveMinutes(ticket))
  desk.faults.push({ fault: { kind, subject, effect: { value, unit: 'minute' } }, at: beginsAt, ticket })
}

function resolveMinutes({ openedAt, resolvedAt }: Ticket): number {
  return Math.floor((resolvedAt - openedAt) / 60)
}

function incidentRow(ticket: Ticket, numbers: ReadonlyMap<Ticket, string>, until: number): Record<string, string> {
  const { deployment, outage, causedBy } = ticket
  const isClosed = ticket.closedAt < until
  const isResolved = ticket.resolvedAt < until
  const last = ticket.notes.reduce((latest, { at }) => (at < until && at > latest ? at : latest), ticket.openedAt)
  return {
    sys_id: ticket.sysId,
    number: numbers.get(ticket) ?? '',
    opened_at: deskTime(ticket.openedAt),
    work_start: deskTime(ticket.workStartAt, until),
    resolved_at: deskTime(ticket.resolvedAt, until),
    closed_at: deskTime(ticket.closedAt, until),
    sys_updated_on: deskTime(isClosed ? ticket.closedAt : last),
    priority: PRIORITIES[ticket.priority],
    state: isClosed ? 'Closed' : isResolved ? 'Resolved' : 'In Progress',
    short_description: ticket.short,
    description: ticket.description,
    cmdb_ci: deployment.alias,
    company: deployment.customer.id,
    caller_id: ticket.caller,
    assigned_to: ticket.assigned,
    u_outage_start: deskTime(outage?.beginsAt),
    u_outage_end: deskTime(outage?.endsAt),
    caused_by: causedBy?.number ?? '',
    reopen_count: ticket.reopened ? '1' : '0',
  }
}

function noteRows(world: World, ticket: Ticket, until: number): Record<string, string>[] {
  const chance = world.chance(`notes ${ticket.sysId}`)
  return ticket.notes
    .filter(({ at }) => at < until)
    .sort((a, b) => a.at - b.at)
    .map(({ at, by, text }) => ({
      sys_id: chance.uuid().replaceAll('-', ''),
      element_id: ticket.sysId,
      name: 'incident',
      element: 'work_notes',
      value: text,
      sys_created_on: deskTime(at),
      sys_created_by: by,
    }))
}

function changeRow(change: Change): Record<string, string> {
  return {
    sys_id: change.sysId,
    number: change.number,
    type: change.type,
    start_date: deskTime(change.startsAt),
    end_date: deskTime(change.endsAt),
    close_code: change.outcome,
    close_notes: change.notes,
    state: 'Closed',
    cmdb_ci: change.target,
    company: change.company,
    assigned_to: change.assigned,
    sys_updated_on: deskTime(change.endsAt + 1800),
    short_description: change.short,
  }
}

function totalsOf(
  { tickets: all, changes }: Desk,
  monthAt: (at: number) => string,
  until: number,
): PartTruth['totals'] {
  const count = (keys: readonly string[]): Record<string, number> => {
    const counts: Record<string, number> = {}
    for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
    return counts
  }
  const resolved: Record<string, number> = {}
  for (const each of all) {
    if (each.resolvedAt >= until) continue
    const month = monthAt(each.openedAt)
    resolved[month] = (resolved[month] ?? 0) + resolveMinutes(each)
  }
  const recorded = changes.filter((each) => !each.unrecorded)
  return {
    tickets: all.length,
    ticketsByMonth: count(all.map((each) => monthAt(each.openedAt))),
    ticketsByPriority: count(all.map((each) => String(each.priority))),
    resolveMinutesByMonth: resolved,
    changes: recorded.length,
    changesByOutcome: count(recorded.map((each) => each.outcome)),
    changesByMonth: count(recorded.map((each) => monthAt(each.startsAt))),
    unsuccessfulChangesByMonth: count(
      recorded.filter((each) => each.outcome === 'Unsuccessful').map((each) => monthAt(each.startsAt)),
    ),
  }
}
