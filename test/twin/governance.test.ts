import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activities } from '../../src/twin/activities.ts'
import { funds } from '../../src/twin/funds.ts'
import { meetings } from '../../src/twin/meetings.ts'
import { opportunities } from '../../src/twin/opportunities.ts'
import type { PlantedFault } from '../../src/twin/world.ts'
import { type Run, runExample } from './example.ts'

let run: Run
beforeAll(async () => {
  const parts = [funds, activities, meetings, opportunities]
  run = await runExample({ from: '2023-07', to: '2025-12', seed: 21, parts })
}, 60_000)
afterAll(() => run.remove())

const planted = (kind: string): PlantedFault[] => run.truth.faults.filter((fault) => fault.kind === kind)
const read = (name: string): string => readFileSync(join(run.out, name), 'utf8')
const json = <T>(name: string): T => JSON.parse(read(name)) as T
const namesIn = (folder: string): string[] =>
  readdirSync(join(run.out, folder))
    .sort()
    .map((name) => `${folder}/${name}`)
const agreement = readFileSync(new URL('../../agreements/wom-aws-chile/agreement.md', import.meta.url), 'utf8')
const cents = (amount: string): number => Number(amount.replace('.', ''))

interface Portal {
  exportedAt: string
  wallets: { programme: string; fiscalYear: string; approved: string; used: string; expiresOn: string }[]
  claims: {
    claimId: string
    programme: string
    submittedOn: string | null
    claimDeadline: string
    status: string
    amount: string
  }[]
}

describe('funds', () => {
  it('have the wallets of the agreement, used as the claims say', () => {
    for (const name of namesIn('funds')) {
      const portal = json<Portal>(name)
      for (const wallet of portal.wallets) {
        expect(agreement).toContain(`| ${wallet.programme} | $${Number(wallet.approved) / 1000}K |`)
        const year = wallet.fiscalYear.slice(2)
        const own = portal.claims.filter(
          (each) => each.programme === wallet.programme && each.claimId.includes(`-${year}-`),
        )
        const taken = own.filter((each) => each.status === 'Approved' || each.status === 'Paid')
        expect(taken.reduce((sum, each) => sum + cents(each.amount), 0)).toBe(cents(wallet.used))
      }
    }
  })

  it('go over a wallet and past a deadline where planted, and nowhere else', () => {
    const [late, over] = [new Set<string>(), new Set<string>()]
    for (const name of namesIn('funds')) {
      const portal = json<Portal>(name)
      for (const each of portal.claims)
        if (each.submittedOn && each.submittedOn > each.claimDeadline) late.add(each.claimId)
      for (const each of portal.wallets)
        if (cents(each.used) > cents(each.approved)) over.add(`${each.programme} ${each.fiscalYear}`)
    }
    expect([...late].sort()).toEqual(
      planted('claim-past-deadline')
        .map((fault) => fault.subject.claim)
        .sort(),
    )
    const wallets = planted('claim-over-wallet').map(({ subject }) => `${subject.programme} ${subject.walletYear}`)
    expect([...over].sort()).toEqual(wallets.sort())
    expect(wallets.length).toBeGreaterThan(0)
    expect(late.size).toBeGreaterThan(0)
  })
})

describe('activities', () => {
  const rows = (): Record<string, string>[] =>
    namesIn('activities').flatMap((name) => parse(read(name), { columns: true }) as Record<string, string>[])

  it('have the names, leads and frequencies of the agreement', () => {
    for (const row of rows()) expect(agreement).toMatch(new RegExp(`\\| ${row.Activity} \\| [^|]+ \\| ${row.Lead} \\|`))
    const of2024 = rows().filter((row) => row.Date?.startsWith('2024'))
    const counts = [
      'Presence at AWS Summit',
      'Series of webinars',
      'Workshops for customers',
      'Partner training sessions',
    ].map((name) => of2024.filter((row) => row.Activity === name).length)
    expect(counts).toEqual([1, 4, 12, 2])
  })

  it('are cancelled where planted, and nowhere else', () => {
    const cancelled = rows()
      .filter((row) => row.Status === 'Cancelled')
      .map((row) => row['Activity ID'])
    expect(cancelled.sort()).toEqual(
      planted('activity-cancelled')
        .map((fault) => fault.subject.activity)
        .sort(),
    )
    expect(cancelled.length).toBeGreaterThan(0)
  })
})

interface Minutes {
  minutes: { uid: string; meeting: string; actions: { id: string; due: string; doneOn: string | null }[] }[]
}

describe('meetings', () => {
  const events = (): ICAL.Event[] =>
    namesIn('meetings')
      .filter((name) => name.endsWith('.ics'))
      .flatMap((name) => new ICAL.Component(ICAL.parse(read(name))).getAllSubcomponents('vevent'))
      .map((each) => new ICAL.Event(each))
  const status = (event: ICAL.Event): unknown => event.component.getFirstPropertyValue('status')
  const minutes = (): Minutes['minutes'] =>
    namesIn('meetings')
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => json<Minutes>(name).minutes)

  it('have the names and frequencies of the agreement; bi-weekly is every two weeks', () => {
    const of2024 = events().filter((event) => event.startDate.year === 2024)
    const counts = ['QBR', 'Technical meeting', 'Marketing meeting'].map(
      (name) => of2024.filter((event) => event.summary === name).length,
    )
    expect(counts).toEqual([4, 12, 12])
    const reviews = events()
      .filter((event) => event.summary === 'Pipeline meeting')
      .map((event) => event.startDate.toUnixTime())
    const gaps = reviews.slice(1).map((time, at) => Math.round((time - (reviews[at] ?? 0)) / 86_400))
    expect(gaps.every((days) => days >= 13 && days <= 15)).toBe(true)
    for (const event of events()) {
      expect(agreement).toContain(`| ${event.summary} |`)
      expect(event.attendees.length).toBeGreaterThan(1)
    }
  })

  it('write lines of at most 75 octets that end in CR LF', () => {
    for (const name of namesIn('meetings').filter((each) => each.endsWith('.ics'))) {
      const lines = read(name).split('\r\n')
      expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75)
      expect(lines.join('')).not.toContain('\n')
    }
  })

  it('are not held, lack minutes and leave actions open where planted, and nowhere else', () => {
    const uids = (kind: string) =>
      planted(kind)
        .map((fault) => fault.subject.uid)
        .sort()
    expect(
      events()
        .filter((event) => status(event) === 'CANCELLED')
        .map((event) => event.uid)
        .sort(),
    ).toEqual(uids('meeting-not-held'))
    const written = new Set(minutes().map((each) => each.uid))
    const silent = events().filter((event) => status(event) === 'CONFIRMED' && !written.has(event.uid))
    expect(silent.map((event) => event.uid).sort()).toEqual(uids('minutes-missing'))
    const actions = minutes().flatMap((each) => each.actions)
    const overdue = actions.filter(
      (each) => each.due < '2025-12-31' && (each.doneOn === null || each.doneOn > each.due),
    )
    expect(overdue.map((each) => each.id).sort()).toEqual(
      planted('action-overdue')
        .map((fault) => fault.subject.action)
        .sort(),
    )
    expect(overdue.length).toBeGreaterThan(0)
  })
})

interface Sales {
  Opportunities: {
    Id: string
    CreatedDate: string
    LastModifiedDate: string
    LifeCycle: { Stage: string }
    Marketing?: { CampaignName: string }
    Project: { ExpectedCustomerSpend: { Amount: string }[] }
  }[]
}

describe('opportunities', () => {
  const months = (): [string, Sales['Opportunities']][] =>
    namesIn('opportunities').map((name) => [name, json<Sales>(name).Opportunities])

  it('grow from month to month and only know their past', () => {
    let before = new Set<string>()
    for (const [name, list] of months()) {
      const ids = new Set(list.map((each) => each.Id))
      for (const id of before) expect(ids.has(id)).toBe(true)
      const last = `${name.slice(-12, -5)}-31T99`
      for (const each of list) expect([each.CreatedDate <= last, each.LastModifiedDate <= last]).toEqual([true, true])
      before = ids
    }
    const [first] = months()
    const last = months().at(-1)
    expect(last?.[1].length).toBeGreaterThan((first?.[1].length ?? 0) * 2)
  })

  it('are won, lost and open, in all initiatives of the agreement', () => {
    const list = months().at(-1)?.[1] ?? []
    const stages = new Set(list.map((each) => each.LifeCycle.Stage))
    for (const stage of ['Launched', 'Closed Lost', 'Qualified']) expect(stages.has(stage)).toBe(true)
    const names = new Set(list.flatMap((each) => each.Marketing?.CampaignName ?? []))
    expect(names.size).toBe(4)
    for (const name of names) expect(agreement).toContain(`| ${name} |`)
  })

  it('lack an initiative where planted, and nowhere else', () => {
    const list = months().at(-1)?.[1] ?? []
    const lacking = list.filter((each) => each.Marketing === undefined).map((each) => each.Id)
    expect(lacking.sort()).toEqual(
      planted('opportunity-without-initiative')
        .map((fault) => fault.subject.opportunity)
        .sort(),
    )
    for (const fault of planted('opportunity-without-initiative')) {
      const own = list.find((each) => each.Id === fault.subject.opportunity)
      const monthly = cents(own?.Project.ExpectedCustomerSpend[0]?.Amount ?? '0')
      expect(monthly * 12).toBe(cents(fault.effect?.value ?? '0'))
    }
  })
})
