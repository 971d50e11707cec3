import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { agentEvents } from '../../src/twin/agent-events/part.ts'
import { deliveredDeployments, deliveredMonths, hasNewlines } from '../../src/twin/contacts/delivered.ts'
import { contactRecords } from '../../src/twin/contacts/part.ts'
import { CONTACT_FAULTS } from '../../src/twin/contacts/plan.ts'
import { dayLoad, usageOf } from '../../src/twin/load/day-load.ts'
import { usageMetrics } from '../../src/twin/metrics/part.ts'
import type { Deployment, PlantedFault } from '../../src/twin/world.ts'
import { daysOf, type MemoryOutput, testWorld, written } from './operations-setting.ts'

const shared = process.env.CONVENIO_SHARED
const world = testWorld(
  { from: '2024-12', to: '2025-03', scale: 0.05 },
  { contacts: { deployments: 2, months: 1, alsoMonths: ['2025-01'] }, 'agent-events': { deployments: 2, days: 2 } },
)
const deployments = deliveredDeployments(world)
const { output, truth } = await written(contactRecords, world)

interface ContactRecord {
  ContactId: string
  Channel: string
  AWSAccountId: string
  InstanceARN: string
  InitiationMethod: string
  InitiationTimestamp: string
  ConnectedToSystemTimestamp: string
  DisconnectTimestamp: string
  LastUpdateTimestamp: string
  InitialContactId: string | null
  PreviousContactId: string | null
  NextContactId: string | null
  TransferCompletedTimestamp: string | null
  Agent: { AgentInteractionDuration: number; AfterContactWorkDuration: number; Username: string } | null
  Queue: { ARN: string; Duration: number; Name: string } | null
}

interface Delivered {
  file: string
  record: ContactRecord
}

/** The objects of a file, and the pieces that are none. */
function objectsOf<T>(text: string): { good: T[]; broken: string[] } {
  const good: T[] = []
  const broken: string[] = []
  for (const piece of text.split(/(?<=\})\n?(?=\{"AWSAccountId")|\n/).filter((each) => each !== '')) {
    try {
      good.push(JSON.parse(piece))
    } catch {
      broken.push(piece)
    }
  }
  return { good, broken }
}

const read = new Map(output.names('contacts').map((file) => [file, objectsOf<ContactRecord>(output.text(file))]))
const records: Delivered[] = [...read].flatMap(([file, { good }]) => good.map((record) => ({ file, record })))
const brokenPieces = [...read].flatMap(([file, { broken }]) => broken.map((text) => ({ file, text })))
const newest = new Map<string, ContactRecord>()
for (const { record } of records) {
  const known = newest.get(record.ContactId)
  if (known === undefined || known.LastUpdateTimestamp < record.LastUpdateTimestamp)
    newest.set(record.ContactId, record)
}

const faultsOf = (kind: string): PlantedFault[] => truth.faults.filter((each) => each.kind === kind)
const deliveriesOf = (id: string | undefined): Delivered[] => records.filter(({ record }) => record.ContactId === id)
const secondsOf = (record: ContactRecord): number =>
  (Date.parse(record.DisconnectTimestamp) - Date.parse(record.ConnectedToSystemTimestamp)) / 1000

/** Contacts as the bill and the metrics know them: without the one never billed, with the one that cannot be read. */
function known(deployment: Deployment): ContactRecord[] {
  const strangers = new Set(faultsOf('contact-never-billed').map((each) => each.subject.contactId))
  return [...newest.values()].filter(
    ({ AWSAccountId, ContactId }) => AWSAccountId === deployment.accountId && !strangers.has(ContactId),
  )
}

function brokenOn(deployment: Deployment, month: string): number {
  return faultsOf('broken-record').filter(
    ({ on, subject }) => subject.deployment === deployment.alias && on.startsWith(month),
  ).length
}

const SANTIAGO = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Santiago' })

function localDayOf(timestamp: string): string {
  return SANTIAGO.format(new Date(timestamp))
}

describe('contact records', () => {
  it('are of two deployments and of the last month and January', () => {
    expect(deployments.map(hasNewlines).sort()).toEqual([false, true])
    expect(deliveredMonths(world).map((each) => each.id)).toEqual(['2025-01', '2025-03'])
    expect(new Set(output.names('contacts').map((file) => file.split('/')[1]))).toEqual(
      new Set(deployments.map((each) => each.alias)),
    )
  })

  it('lie in the files of the streams: by UTC hour, with newlines or without', () => {
    for (const [file, { good }] of read) {
      expect(file).toMatch(
        /^contacts\/([\w-]+)\/(\d{4})\/(\d{2})\/(\d{2})\/(\d{2})\/\1-ctr-1-\2-\3-\4-\5-00-00-[0-9a-f-]{36}\.gz$/,
      )
      const deployment = deployments.find((each) => each.alias === file.split('/')[1]) as Deployment
      if (good.length > 1) expect(output.text(file).includes('}\n{')).toBe(hasNewlines(deployment))
    }
  })

  it.skipIf(shared === undefined)('have the fields of the real record, in its order', () => {
    const sample = JSON.parse(readFileSync(`${shared}/data/connect/ctr/voice-inbound-handled.json`, 'utf8'))
    const voice = records
      .map((each) => each.record)
      .find((each) => each.Channel === 'VOICE' && each.Agent !== null) as ContactRecord
    expect(Object.keys(voice)).toEqual(Object.keys(sample))
    expect(Object.keys(voice.Agent ?? {})).toEqual(Object.keys(sample.Agent))
    expect(Object.keys(voice.Queue ?? {})).toEqual(Object.keys(sample.Queue))
  })

  it.each(['2025-01', '2025-03'])('tie to the load day by day in %s', (month) => {
    for (const deployment of deployments) {
      const all = known(deployment)
      const days = daysOf(`${month}-01`, `${month}-31`).concat(`${month}-31`)
      const counts = new Map<string, number>()
      for (const { InitiationTimestamp } of all) {
        const day = localDayOf(InitiationTimestamp)
        counts.set(day, (counts.get(day) ?? 0) + 1)
      }
      const missing = days.map((day) => dayLoad(world, deployment, day).contacts - (counts.get(day) ?? 0))
      expect(missing.reduce((sum, each) => sum + Math.abs(each), 0)).toBe(brokenOn(deployment, month))
    }
  })

  it('tie to the usage of the bill, by UTC day and to the second', () => {
    for (const deployment of deployments) {
      const voice = known(deployment).filter((each) => each.Channel === 'VOICE')
      const damaged = new Set(faultsOf('broken-record').map((each) => each.on))
      for (const day of daysOf('2025-01-01', '2025-02-01')) {
        // What cannot be read cannot be added up; its UTC day may be the next.
        if (damaged.has(day)) continue
        const own = voice.filter((each) => each.InitiationTimestamp.startsWith(day))
        const yesterday = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
        if (damaged.has(yesterday)) continue
        expect(own.reduce((sum, each) => sum + secondsOf(each), 0)).toBe(usageOf(world, deployment, day).voiceSeconds)
      }
    }
  })

  it('agree with the truth about how many there are', () => {
    expect(truth.totals.contactRecordsDelivered).toBe(records.length + brokenPieces.length)
    expect(truth.totals.contactsDistinctDelivered).toBe(newest.size)
    expect(records.length - newest.size).toBeGreaterThan(newest.size * 0.01)
    expect(records.length - newest.size).toBeLessThan(newest.size * 0.04)
  })

  it('link transfers and callbacks both ways', () => {
    const followers = [...newest.values()].filter((each) => each.PreviousContactId !== null)
    expect(new Set(followers.map((each) => each.InitiationMethod))).toEqual(new Set(['TRANSFER', 'CALLBACK']))
    for (const follower of followers) {
      const previous = newest.get(follower.PreviousContactId ?? '')
      expect(previous?.NextContactId).toBe(follower.ContactId)
      expect(follower.InitialContactId).toBe(previous?.ContactId)
      if (follower.InitiationMethod === 'TRANSFER')
        expect(previous?.TransferCompletedTimestamp).toBe(follower.InitiationTimestamp)
    }
  })

  it('are the same bytes again, and others by another seed', { timeout: 60_000 }, async () => {
    const request = { from: '2024-12', to: '2025-03', scale: 0.05 }
    const again = await written(contactRecords, testWorld(request, world.scenario.parts))
    expect(again.output.fingerprint()).toBe(output.fingerprint())
    const other = await written(contactRecords, testWorld({ ...request, seed: 8 }, world.scenario.parts))
    expect(other.output.fingerprint()).not.toBe(output.fingerprint())
  })

  it('are of all deployments and months when all are asked for', async () => {
    const small = testWorld({ from: '2025-01', to: '2025-01', scale: 0.02, contacts: 'full' })
    const all = await written(contactRecords, small)
    const loads = small.deployments.flatMap((each) =>
      daysOf('2025-01-01', '2025-02-01').map((day) => dayLoad(small, each, day)),
    )
    const broken = all.truth.faults.filter((each) => each.kind === 'broken-record').length
    const extra = all.truth.faults.filter((each) => each.kind === 'contact-never-billed').length
    const before = small.deployments.reduce(
      (sum, each) =>
        sum + Number(Object(all.truth.totals.contactsDistinctByDeploymentMonth)[`${each.alias} 2024-12`] ?? 0),
      0,
    )
    expect(all.truth.totals.contactsDistinctDelivered).toBe(
      loads.reduce((sum, each) => sum + each.contacts, 0) + before + extra - broken,
    )
  })
})

describe('faults planted in contact records', () => {
  it('are of every kind, each on a day of its own', () => {
    expect(new Set(truth.faults.map((each) => each.kind))).toEqual(new Set(CONTACT_FAULTS))
    expect(new Set(truth.faults.map((each) => `${each.on} ${each.subject.deployment}`)).size).toBe(truth.faults.length)
  })

  it('double-delivered-contact: one record twice, in two files', () => {
    for (const { file, subject } of faultsOf('double-delivered-contact')) {
      const [first, second, ...more] = deliveriesOf(subject.contactId)
      expect(more).toEqual([])
      expect(first?.record).toEqual(second?.record)
      expect(new Set([first?.file, second?.file])).toEqual(new Set([file, subject.firstFile]))
    }
    const planted = new Set(faultsOf('double-delivered-contact').map((each) => each.subject.contactId))
    const keys = new Map<string, string>()
    const doubled = records.filter(({ record: { ContactId, LastUpdateTimestamp } }) => {
      const key = `${ContactId} ${LastUpdateTimestamp}`
      const isKnown = keys.has(key)
      keys.set(key, ContactId)
      return isKnown
    })
    expect(new Set(doubled.map((each) => each.record.ContactId))).toEqual(planted)
  })

  it('contact-billed-to-wrong-customer: the instance is not that of account and queue', () => {
    const wrong = records.filter(
      ({ record }) => record.Queue !== null && !record.Queue.ARN.startsWith(record.InstanceARN),
    )
    const planted = faultsOf('contact-billed-to-wrong-customer')
    expect(new Set(wrong.map((each) => each.record.ContactId))).toEqual(
      new Set(planted.map((each) => each.subject.contactId)),
    )
    for (const { subject, file } of planted) {
      const [only] = deliveriesOf(subject.contactId)
      expect(only?.file).toBe(file)
      const named = world.deployments.find((each) => each.instanceArn === only?.record.InstanceARN)
      expect(named?.alias).toBe(subject.namedDeployment)
      expect(named?.alias).not.toBe(subject.deployment)
    }
  })

  it('contact-never-billed: seconds beyond what is billed, delivered after the month was closed', () => {
    for (const { subject, file, effect } of faultsOf('contact-never-billed')) {
      const [only, ...more] = deliveriesOf(subject.contactId)
      expect(more).toEqual([])
      expect(only?.file).toBe(file)
      const record = only?.record as ContactRecord
      expect(String(secondsOf(record))).toBe(effect?.value)
      expect(record.InitiationTimestamp.slice(0, 10)).toBe(subject.utcDay)
      const delivered = file?.split('/').slice(2, 5).join('-') ?? ''
      expect(delivered.slice(0, 7) > record.InitiationTimestamp.slice(0, 7)).toBe(true)
      const deployment = deployments.find((each) => each.alias === subject.deployment) as Deployment
      const day = [...newest.values()].filter(
        (each) =>
          each.AWSAccountId === deployment.accountId &&
          each.Channel === 'VOICE' &&
          each.InitiationTimestamp.startsWith(subject.utcDay ?? '?'),
      )
      const seconds = day.reduce((sum, each) => sum + secondsOf(each), 0)
      expect(seconds - usageOf(world, deployment, subject.utcDay ?? '').voiceSeconds).toBe(Number(effect?.value))
    }
  })

  it('late-contact: first delivered days after it ended', () => {
    for (const { subject, file } of faultsOf('late-contact')) {
      const [only, ...more] = deliveriesOf(subject.contactId)
      expect(more).toEqual([])
      expect(only?.file).toBe(file)
      expect(
        Date.parse(subject.deliveredOn ?? '') - Date.parse(only?.record.LastUpdateTimestamp ?? ''),
      ).toBeGreaterThan(2 * 86_400_000)
    }
  })

  it('broken-record: cannot be read, and is the only delivery of its contact', () => {
    const planted = faultsOf('broken-record')
    expect(brokenPieces.map((each) => each.file).sort()).toEqual(planted.map((each) => each.file).sort())
    for (const { subject, file } of planted) {
      expect(brokenPieces.some((each) => each.file === file && each.text.includes(subject.contactId ?? '?'))).toBe(true)
      expect(deliveriesOf(subject.contactId)).toEqual([])
    }
  })
})

interface AgentEvent {
  AgentARN: string
  EventType: string
  EventTimestamp: string
  CurrentAgentSnapshot: { AgentStatus: { Name: string }; Contacts: { ContactId: string; State: string }[] }
  PreviousAgentSnapshot: { AgentStatus: { Name: string }; Contacts: { ContactId: string }[] }
}

async function eventsOf(files: MemoryOutput): Promise<AgentEvent[]> {
  const all = files.names('agent-events').map((file) => objectsOf<AgentEvent>(files.text(file)))
  expect(all.flatMap((each) => each.broken)).toEqual([])
  return all.flatMap((each) => each.good)
}

describe('agent events', () => {
  it('tell each shift from login to logout, and add up to the time logged in', async () => {
    const { output: files, truth: said } = await written(agentEvents, world)
    const events = await eventsOf(files)
    const seconds = deployments.reduce(
      (sum, each) =>
        sum + daysOf('2025-03-30', '2025-04-01').reduce((all, day) => all + dayLoad(world, each, day).loginSeconds, 0),
      0,
    )
    const timesOf = (type: string): number =>
      events
        .filter((each) => each.EventType === type)
        .reduce((sum, each) => sum + Date.parse(each.EventTimestamp) / 1000, 0)
    expect(timesOf('LOGOUT') - timesOf('LOGIN')).toBe(seconds)
    expect(
      Object.values(Object(said.totals.agentEventsByDeployment)).reduce((sum: number, each) => sum + Number(each), 0),
    ).toBe(events.length)
    expect(new Set(events.map((each) => each.EventType))).toEqual(
      new Set(['LOGIN', 'LOGOUT', 'STATE_CHANGE', 'HEART_BEAT']),
    )
  })

  it('go on where the event before ended, at most two minutes apart, with contacts that were delivered', async () => {
    const events = await eventsOf((await written(agentEvents, world)).output)
    const byAgent = new Map<string, AgentEvent[]>()
    for (const event of events) byAgent.set(event.AgentARN, [...(byAgent.get(event.AgentARN) ?? []), event])
    for (const own of byAgent.values()) {
      own.sort((a, b) => (a.EventTimestamp < b.EventTimestamp ? -1 : a.EventTimestamp > b.EventTimestamp ? 1 : 0))
      for (const [at, event] of own.entries()) {
        const before = own[at - 1]
        if (event.EventType === 'LOGIN' || before === undefined) continue
        expect(event.PreviousAgentSnapshot).toEqual(before.CurrentAgentSnapshot)
        expect(Date.parse(event.EventTimestamp) - Date.parse(before.EventTimestamp)).toBeLessThanOrEqual(120_000)
      }
    }
    const unread = new Set(faultsOf('broken-record').map((each) => each.subject.contactId))
    const taken = events.flatMap((each) => each.CurrentAgentSnapshot.Contacts)
    expect(taken.length).toBeGreaterThan(100)
    expect(taken.every(({ ContactId }) => newest.has(ContactId) || unread.has(ContactId))).toBe(true)
  })
})

describe('usage metrics', () => {
  it.skipIf(shared === undefined)('have names that the service knows', async () => {
    const known = readFileSync(`${shared}/data/connect/schema/getmetricdatav2-metrics.json`, 'utf8')
    const real = new Set([...known.matchAll(/"name": ?"(\w+)"/g)].map(([, name]) => name))
    const { output: files } = await written(usageMetrics, world)
    const used = new Set(
      files
        .names('metrics')
        .flatMap((file) => [...files.text(file).matchAll(/"Name":"(\w+)"/g)].map(([, name]) => name)),
    )
    expect(used.size).toBe(19)
    expect([...used].filter((name) => !real.has(name))).toEqual([])
  })

  it('tie to the load', async () => {
    const { output: files, truth: said } = await written(usageMetrics, world)
    for (const deployment of world.deployments) {
      const name = `metrics/${deployment.alias}/2025-03.jsonl`
      if (!files.files.has(name)) continue
      const calls = files
        .text(name)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(calls.length).toBe(2 + Number(deployment.workforce) + Number(deployment.quality))
      for (const { Request, Response } of calls) {
        expect(Request.ResourceArn).toBe(deployment.instanceArn)
        for (const { Collections } of Response.MetricResults) {
          expect(Collections.map((each: { Metric: unknown }) => each.Metric)).toEqual(Request.Metrics)
        }
      }
      const [{ Response }] = calls
      const of = (metric: string): number =>
        Response.MetricResults.flatMap(
          (each: { Collections: { Metric: { Name: string }; Value: number }[] }) => each.Collections,
        )
          .filter((each: { Metric: { Name: string } }) => each.Metric.Name === metric)
          .reduce((sum: number, each: { Value: number }) => sum + each.Value, 0)
      const loads = daysOf('2025-03-01', '2025-04-01').map((day) => dayLoad(world, deployment, day))
      const sum = (field: 'contacts' | 'handled' | 'abandoned' | 'offered' | 'handleSeconds'): number =>
        loads.reduce((all, each) => all + each[field], 0)
      expect(of('CONTACTS_CREATED')).toBe(sum('contacts'))
      expect(of('CONTACTS_HANDLED')).toBe(sum('handled'))
      expect(of('CONTACTS_ABANDONED')).toBe(sum('abandoned'))
      expect(of('CONTACTS_QUEUED')).toBe(sum('offered'))
      expect(of('SUM_HANDLE_TIME')).toBe(sum('handleSeconds'))
      expect(Object(said.totals.contactsByDeploymentMonth)[`${deployment.alias} 2025-03`]).toBe(sum('contacts'))
    }
  })
})
