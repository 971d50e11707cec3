import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { startOfDay } from '../../src/twin/calendar.ts'
import { minutesDown, outagesOf } from '../../src/twin/load/outages.ts'
import { probes } from '../../src/twin/probes/part.ts'
import { surveys } from '../../src/twin/surveys/part.ts'
import { tickets } from '../../src/twin/tickets/part.ts'
import { TICKET_FAULTS } from '../../src/twin/tickets/plan.ts'
import type { PlantedFault } from '../../src/twin/world.ts'
import { type MemoryOutput, testWorld, written } from './operations-setting.ts'

const world = testWorld()
const desk = await written(tickets, world)
const watch = await written(probes, world)

interface Incident {
  sys_id: string
  number: string
  opened_at: string
  work_start: string
  resolved_at: string
  closed_at: string
  priority: string
  state: string
  cmdb_ci: string
  company: string
  u_outage_start: string
  u_outage_end: string
  caused_by: string
  reopen_count: string
}

interface Change {
  number: string
  start_date: string
  end_date: string
  close_code: string
  close_notes: string
}

function resultsOf<T>(output: MemoryOutput, prefix: string): T[] {
  const names = [...output.files.keys()].filter((name) => name.startsWith(prefix))
  return names.flatMap((name) => JSON.parse(output.text(name)).result)
}

const incidents = resultsOf<Incident>(desk.output, 'incidents/incident-')
const changes = resultsOf<Change>(desk.output, 'changes/change_request-')
const changeByNumber = new Map(changes.map((each) => [each.number, each]))
const numbers = new Map(incidents.map((each) => [each.number, each]))
const minuteOf = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`) / 60_000
const planted = (faults: readonly PlantedFault[], kind: string): PlantedFault[] =>
  faults.filter((each) => each.kind === kind)
const ticketOf = (fault: PlantedFault): Incident => numbers.get(fault.subject.ticket ?? '') as Incident

interface State {
  status: string
  timefrom: number
  timeto: number
}

function statesOf(alias: string): State[] {
  return watch.output.names(`probes/${alias}`).flatMap((name) => JSON.parse(watch.output.text(name)).summary.states)
}

describe('probes', () => {
  it('cover the whole service without gap or overlap, and are down exactly when it was', () => {
    for (const deployment of world.deployments) {
      const states = statesOf(deployment.alias)
      for (const [at, state] of states.entries()) {
        expect(state.timeto).toBeGreaterThan(state.timefrom)
        if (at > 0) expect(state.timefrom).toBe(states[at - 1]?.timeto)
      }
      const down = states.filter((each) => each.status === 'down')
      const minutes = down.reduce((sum, each) => sum + each.timeto - each.timefrom, 0) / 60
      const [from, to] = [(states[0]?.timefrom ?? 0) / 60, (states.at(-1)?.timeto ?? 0) / 60]
      expect(minutes).toBe(minutesDown(world, deployment, from, to))
      expect(from).toBe(startOfDay('America/Santiago', [deployment.liveFrom, world.from].sort()[1] ?? ''))
      const said = Object.entries(Object(watch.truth.totals.minutesDownByDeploymentMonth)).filter(([key]) =>
        key.startsWith(`${deployment.alias} `),
      )
      expect(said.reduce((sum, [, each]) => sum + Number(each), 0)).toBe(minutes)
    }
    expect(world.deployments.some((each) => outagesOf(world, each).length > 1)).toBe(true)
  })

  it('silent-probe: unknown for so many minutes, nowhere else', () => {
    const faults = planted(watch.truth.faults, 'silent-probe')
    expect(faults.length).toBeGreaterThan(2)
    const unknown = world.deployments.flatMap(({ alias }) =>
      statesOf(alias)
        .filter((each) => each.status === 'unknown')
        .map((each) => ({ ...each, alias })),
    )
    expect(unknown.length).toBe(faults.length)
    for (const { subject, effect, file } of faults) {
      const state = unknown.find(
        (each) => each.alias === subject.deployment && each.timefrom === Date.parse(subject.from ?? '') / 1000,
      )
      expect(String(((state?.timeto ?? 0) - (state?.timefrom ?? 0)) / 60)).toBe(effect?.value)
      expect(watch.output.text(file ?? '')).toContain('"unknown"')
    }
  })
})

describe('tickets', () => {
  it('have times in order, numbers of their own and a timeline each', () => {
    expect(numbers.size).toBe(incidents.length)
    expect(desk.truth.totals.tickets).toBe(incidents.length)
    const notes = resultsOf<{ element_id: string; sys_created_on: string }>(desk.output, 'incidents/sys_journal_field-')
    const noted = new Set(notes.map((each) => each.element_id))
    for (const each of incidents) {
      expect(noted.has(each.sys_id)).toBe(true)
      const times = [each.opened_at, each.work_start, each.resolved_at, each.closed_at].filter((time) => time !== '')
      expect([...times].sort()).toEqual(times)
      expect(each.state === 'Closed').toBe(each.closed_at !== '')
    }
  })

  it('answer to the true outages but for the planted ones', () => {
    const without = new Set(planted(desk.truth.faults, 'outage-without-ticket').map((each) => each.subject.incident))
    const imagined = new Set(planted(desk.truth.faults, 'ticket-without-outage').map((each) => each.subject.ticket))
    const told = incidents.filter((each) => each.u_outage_start !== '' && !imagined.has(each.number))
    const true_ = world.incidents.filter((each) => each.outageMinutes > 0 && !without.has(each.id))
    const keyOf = (alias: string, from: number, to: number): string => `${alias} ${from} ${to}`
    expect(
      told.map((each) => keyOf(each.cmdb_ci, minuteOf(each.u_outage_start), minuteOf(each.u_outage_end))).sort(),
    ).toEqual(
      true_.map((each) => keyOf(each.deployment.alias, each.beginsAt, each.beginsAt + each.outageMinutes)).sort(),
    )
  })

  it('ticket-without-outage: the probe was up all the time', () => {
    const faults = planted(desk.truth.faults, 'ticket-without-outage')
    expect(faults.length).toBeGreaterThan(2)
    for (const fault of faults) {
      const ticket = ticketOf(fault)
      const [from, to] = [minuteOf(ticket.u_outage_start) * 60, minuteOf(ticket.u_outage_end) * 60]
      expect(String((to - from) / 60)).toBe(fault.effect?.value)
      const within = statesOf(ticket.cmdb_ci).filter((each) => each.timefrom < to && from < each.timeto)
      expect(within.map((each) => each.status)).toEqual(['up'])
    }
  })

  it('outage-without-ticket: the probe was down, and no ticket of the deployment was opened about then', () => {
    const faults = planted(desk.truth.faults, 'outage-without-ticket')
    expect(faults.length).toBeGreaterThan(2)
    for (const { subject, effect } of faults) {
      const incident = world.incidents.find((each) => each.id === subject.incident)
      const beginsAt = incident?.beginsAt ?? 0
      const down = statesOf(subject.deployment ?? '').find(
        (each) => each.status === 'down' && each.timefrom === beginsAt * 60,
      )
      expect(String(((down?.timeto ?? 0) - (down?.timefrom ?? 0)) / 60)).toBe(effect?.value)
      const near = incidents.filter(
        (each) =>
          each.cmdb_ci === subject.deployment &&
          each.u_outage_start !== '' &&
          Math.abs(minuteOf(each.u_outage_start) - beginsAt) < 2,
      )
      expect(near).toEqual([])
    }
  })

  it('change-without-record and failed-change-closed-successful: the cause named is missing or called a success', () => {
    for (const fault of planted(desk.truth.faults, 'change-without-record')) {
      expect(ticketOf(fault).caused_by).toBe(fault.subject.change)
      expect(changeByNumber.has(fault.subject.change ?? '')).toBe(false)
    }
    for (const fault of planted(desk.truth.faults, 'failed-change-closed-successful')) {
      const ticket = ticketOf(fault)
      const change = changeByNumber.get(ticket.caused_by) as Change
      expect(change.close_code).toBe('Successful')
      expect(change.close_notes).toContain('rollback')
      expect(change.start_date < ticket.u_outage_start && ticket.u_outage_end < change.end_date).toBe(true)
    }
    const named = incidents.filter((each) => each.caused_by !== '')
    const kinds = ['change-without-record', 'failed-change-closed-successful']
    expect(named.length).toBe(desk.truth.faults.filter((each) => kinds.includes(each.kind)).length)
  })

  it('ticket-reopened and slow-resolution show in the tickets', () => {
    const reopened = planted(desk.truth.faults, 'ticket-reopened')
    expect(
      incidents
        .filter((each) => each.reopen_count === '1')
        .map((each) => each.number)
        .sort(),
    ).toEqual(reopened.map((each) => each.subject.ticket).sort())
    for (const fault of planted(desk.truth.faults, 'slow-resolution')) {
      const ticket = ticketOf(fault)
      const minutes = Math.floor(minuteOf(ticket.resolved_at) - minuteOf(ticket.opened_at))
      expect(String(minutes)).toBe(fault.effect?.value)
      expect(minutes).toBeGreaterThan(24 * 60)
    }
    expect(new Set(desk.truth.faults.map((each) => each.kind))).toEqual(
      new Set([...TICKET_FAULTS, 'ticket-without-outage']),
    )
  })

  it('of the last days are still open', () => {
    const early = testWorld({ to: '2024-03' })
    expect(early.incidents.length).toBeGreaterThan(10)
    return written(tickets, early).then(({ output }) => {
      const open = resultsOf<Incident>(output, 'incidents/incident-').filter((each) => each.closed_at === '')
      for (const each of open) expect(each.opened_at >= '2024-03-2').toBe(true)
    })
  })
})

describe('changes', () => {
  it('succeed about as often as the scenario says, and are counted by outcome', () => {
    const counts = Object(desk.truth.totals.changesByOutcome)
    expect(Object.values(counts).reduce((sum: number, each) => sum + Number(each), 0)).toBe(changes.length)
    const failed = changes.filter((each) => each.close_code === 'Unsuccessful').length
    expect(counts.Unsuccessful).toBe(failed)
    expect(failed / changes.length).toBeGreaterThan(0.005)
    expect(failed / changes.length).toBeLessThan(0.05)
    const rates = Object.entries(Object(desk.truth.totals.changesByMonth)).map(
      ([month, all]) => 1 - Number(Object(desk.truth.totals.unsuccessfulChangesByMonth)[month] ?? 0) / Number(all),
    )
    expect(rates.some((each) => each < 0.98)).toBe(true)
    expect(rates.some((each) => each >= 0.98)).toBe(true)
  })

  it('have numbers in their order, with gaps for what was never entered', () => {
    const ids = changes.map((each) => Number(each.number.slice(3)))
    expect([...ids].sort((a, b) => a - b)).toEqual(ids)
    const gaps = planted(desk.truth.faults, 'change-without-record').length
    expect((ids.at(-1) ?? 0) - 30_000).toBe(changes.length + gaps)
  })
})

describe('surveys', () => {
  it('have answers of every quarter that add up to the truth', async () => {
    const { output, truth } = await written(surveys, world)
    const quarters = Object.keys(Object(truth.totals.responsesByQuarter))
    expect(quarters.length).toBe(12)
    const nps = quarters.map((quarter) => {
      const rows: Record<string, string>[] = parse(output.text(`surveys/responses-${quarter}.csv`), { columns: true })
      const count = (low: number, high: number): number =>
        rows.filter(({ NPS }) => Number(NPS) >= low && Number(NPS) <= high).length
      expect(Object(truth.totals.responsesByQuarter)[quarter]).toBe(rows.length)
      expect(Object(truth.totals.promotersByQuarter)[quarter]).toBe(count(9, 10))
      expect(Object(truth.totals.passivesByQuarter)[quarter]).toBe(count(7, 8))
      expect(Object(truth.totals.detractorsByQuarter)[quarter]).toBe(count(0, 6))
      const aliases = new Set(world.deployments.map((each) => each.alias))
      for (const row of rows) {
        expect(aliases.has(row.Deployment ?? '')).toBe(true)
        expect(row.RecordedDate?.slice(0, 4)).toBe(quarter.slice(0, 4))
        expect(row.CSAT === '' || /^[1-5]$/.test(row.CSAT ?? '')).toBe(true)
      }
      return ((count(9, 10) - count(0, 6)) / rows.length) * 100
    })
    const mean = nps.reduce((sum, each) => sum + each, 0) / nps.length
    expect(mean).toBeGreaterThan(38)
    expect(mean).toBeLessThan(62)
    expect(nps.some((each) => each < 50)).toBe(true)
    expect(nps.some((each) => each > 50)).toBe(true)
  })

  it('and all of the desk are the same bytes again', async () => {
    for (const part of [surveys, tickets, probes]) {
      const [first, second] = [await written(part, world), await written(part, testWorld())]
      expect(second.output.fingerprint()).toBe(first.output.fingerprint())
      expect(second.truth).toEqual(first.truth)
    }
  })
})
