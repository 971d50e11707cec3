import { localDay } from '../calendar.ts'
import type { Chance, Deployment, TrueIncident, World } from '../world.ts'
import { staffOn, type Ticket } from './ticket.ts'

const HOUR = 3600
const CLOSED_AFTER = 3 * 24 * HOUR

/** What is reported of an incident, or of something that never was. */
export interface Report {
  deployment: Deployment
  /** Minutes since 1970. */
  beginsAt: number
  outageMinutes: number
  respondMinutes: number
  resolveMinutes: number
  priority: TrueIncident['priority']
  what: string
}

/** The ticket of a report as the service desk keeps it when all goes well. */
export function ticketOf(world: World, chance: Chance, report: Report): Ticket {
  const { deployment, beginsAt, outageMinutes, priority, what } = report
  const staff = staffOn(world.people, localDay(world.scenario.timeZone, beginsAt))
  const assigned = staff.length > 0 ? chance.pick(staff) : undefined
  const caller = deployment.customer.contact
  const openedAt = beginsAt * 60 + chance.whole(40, 360)
  const workStartAt = openedAt + report.respondMinutes * 60 + chance.whole(0, 59)
  const resolvedAt = Math.max(beginsAt * 60 + report.resolveMinutes * 60, workStartAt + 60) + chance.whole(0, 59)
  const closedAt = resolvedAt + CLOSED_AFTER + chance.whole(0, 12 * HOUR)
  const agent = assigned === undefined ? 'mesa' : `${assigned.first} ${assigned.last}`
  const by = `${caller.first} ${caller.last}`
  return {
    sysId: chance.uuid().replaceAll('-', ''),
    deployment,
    priority,
    short: `${what} (${deployment.customer.name})`,
    description: `${by} informa: ${what.toLowerCase()}. Contacto: ${caller.email}, +569${chance.whole(30_000_000, 99_999_999)}.`,
    caller: by,
    assigned: agent,
    openedAt,
    workStartAt,
    resolvedAt,
    closedAt,
    ...(outageMinutes > 0 ? { outage: { beginsAt: beginsAt * 60, endsAt: (beginsAt + outageMinutes) * 60 } } : {}),
    reopened: false,
    notes: [
      { at: openedAt, by: 'monitor', text: `Alerta recibida: ${what.toLowerCase()}.` },
      { at: workStartAt, by: agent, text: `Tomo el caso. Hablé con ${by}, confirma la falla.` },
      { at: Math.floor((workStartAt + resolvedAt) / 2), by: agent, text: 'Causa acotada; se aplica corrección.' },
      { at: resolvedAt, by: agent, text: `Servicio verificado con ${by}. Se resuelve.` },
    ],
  }
}

/** Stays open for days, whatever the outage was. */
export function slowDown(ticket: Ticket, chance: Chance): void {
  const moved = ticket.openedAt + chance.whole(26 * HOUR, 80 * HOUR)
  ticket.closedAt += moved - ticket.resolvedAt
  ticket.notes.push({ at: moved - 2 * HOUR, by: ticket.assigned, text: 'Seguimos a la espera del proveedor.' })
  for (const note of ticket.notes) if (note.at === ticket.resolvedAt) note.at = moved
  ticket.resolvedAt = moved
}

/** Resolved, opened again by the customer, and resolved once more. */
export function reopen(ticket: Ticket, chance: Chance): void {
  const reopenedAt = ticket.resolvedAt + chance.whole(3 * HOUR, 30 * HOUR)
  const resolvedAt = reopenedAt + chance.whole(HOUR, 9 * HOUR)
  ticket.notes.push(
    { at: reopenedAt, by: ticket.caller, text: 'La falla volvió; reabro el ticket.' },
    { at: resolvedAt, by: ticket.assigned, text: 'Corrección definitiva aplicada y verificada.' },
  )
  ticket.reopened = true
  ticket.closedAt += resolvedAt - ticket.resolvedAt
  ticket.resolvedAt = resolvedAt
}
