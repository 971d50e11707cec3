import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openAgreement, RuleBook, type Supplement, withCurrency } from '../../src/agreement/index.ts'
import { clauseRooms, clauseWords, knownKinds } from '../../src/clauses/registry.ts'
import type { EvidenceFact } from '../../src/evidence/index.ts'
import { loadFacts } from '../../src/facts/index.ts'
import { speaker } from '../../src/language/index.ts'
import { accreditations } from '../../src/sources/accreditations/index.ts'
import { activities } from '../../src/sources/activities/index.ts'
import { declarations } from '../../src/sources/declarations/index.ts'
import { documentFact, documents } from '../../src/sources/documents/index.ts'
import { funds } from '../../src/sources/funds/index.ts'
import { meetings } from '../../src/sources/meetings/index.ts'
import { opportunities } from '../../src/sources/opportunities/index.ts'
import type { RecordSource } from '../../src/sources/room.ts'
import { judgeOne } from '../../src/standing/index.ts'
import { factsOf, type GivenFile, readingOf } from '../cases/source-setting.ts'

const facts = loadFacts()
const opened = openAgreement('agreements/wom-aws-chile', { kinds: knownKinds(), facts })
if (!opened.agreement) throw new Error('the agreement cannot be read')
// The text's dollars are US dollars, as the parties of the example settle it.
const agreement = withCurrency(opened.agreement, 'USD')
const say = speaker('en', clauseWords())

interface Given {
  name: string
  text: string
  receivedAt?: string
  beside?: Record<string, string>
}

/** What the ledger would hand to the clauses: the facts that stand, cut to the day asked of, with what the room derives of them. */
function evidenceFrom(room: RecordSource, given: readonly Given[], asOf: string): EvidenceFact[] {
  const files = given.map(({ name, text, receivedAt = '2026-11-01', beside = {} }): GivenFile => {
    const hashes = Object.entries(beside).map(([file, contents]) => [file, { sha256: hash(contents), bytes: 1 }])
    return { file: name, given: text, receivedAt, beside: Object.fromEntries(hashes) }
  })
  for (const file of files) {
    const { rows, refused } = readingOf(room, file)
    expect(refused ?? rows.flatMap((row) => row.rejected)).toEqual([])
  }
  const records = factsOf(room, files, asOf)
  return [...records, ...(room.derive?.(records) ?? [])]
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function judged(clause: string, evidence: EvidenceFact[], asOf: string, entries: object[] = []) {
  const supplement = supplementOf(entries)
  const rules = new RuleBook(agreement, supplement)
  const input = { agreement, rules, supplement, facts, rooms: clauseRooms, evidence, asOf, knownAt: '2026-11-27' }
  const line = judgeOne(input, clause)
  if (!line) throw new Error(`no clause ${clause}`)
  const { verdict, measure, grade, moneyAtStake } = line.judgement
  return { verdict, value: measure?.value, grade, stake: moneyAtStake, reason: say.say(line.judgement.reason) }
}

function supplementOf(entries: object[]): Supplement {
  const span = { file: 'supplement.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 }
  const common = { agreed: { by: 'test', on: '2023-07-01' }, statement: '', span, from: 'supplement' }
  const rules = entries.map((entry) => ({ ...common, ...entry }))
  return { file: 'supplement.yaml', lines: [], rules, waivers: [] } as unknown as Supplement
}

describe('funds', () => {
  const claim = (claimId: string, submittedOn: string, amount: string, more: object = {}) => ({
    ...{ claimId, programme: 'Case Study Programme', activity: 'Case study', activityDate: submittedOn, submittedOn },
    ...{ claimDeadline: '2026-12-31', status: 'Paid', amount, currency: 'USD' },
    ...more,
  })
  const wallet = (year: string, used: string) => ({
    ...{ programme: 'Case Study Programme', fiscalYear: year, approved: '10000.00', used, currency: 'USD' },
    expiresOn: `${year}-12-31`,
  })
  const file = (exportedAt: string, wallets: object[], claims: object[]): Given => ({
    name: `funds/mdf-${exportedAt.slice(0, 7)}.json`,
    text: JSON.stringify({ exportedAt: `${exportedAt}T23:59:59Z`, wallets, claims }),
  })
  const clause = 'fund/case-study-programme'

  test('a fund is met once statement and claims together, each once, come to all of it', () => {
    const claims = [
      claim('A', '2023-09-10', '9000'),
      claim('B', '2024-05-02', '9000.50'),
      claim('C', '2025-02-03', '6999.50'),
    ]
    const wallets = [wallet('2023', '9000.00'), wallet('2024', '9000.50'), wallet('2025', '6999.5')]
    const evidence = evidenceFrom(funds, [file('2025-03-31', wallets, claims)], '2025-04-30')
    expect(judged(clause, evidence, '2025-04-30')).toMatchObject({ verdict: 'met', value: '25000', grade: 'reported' })
  })

  test('a year of which only the wallet is known counts by its statement, beside the single claims of others', () => {
    const claims = [claim('A', '2023-09-10', '9000')]
    const wallets = [wallet('2023', '9000'), wallet('2024', '16000')]
    const evidence = evidenceFrom(funds, [file('2025-01-31', wallets, claims)], '2025-04-30')
    expect(judged(clause, evidence, '2025-04-30')).toMatchObject({ verdict: 'met', value: '25000' })
  })

  test('drafts, rejected and expired claims are no claimed money, and the pace leaves money unclaimed', () => {
    const claims = [
      claim('A', '2023-09-10', '3000'),
      ...['Draft', 'Rejected', 'Expired'].map((status) => claim(status, '2024-01-10', '22000', { status })),
    ]
    const exported = file('2025-01-31', [wallet('2023', '3000'), wallet('2024', '0')], claims)
    const evidence = evidenceFrom(funds, [exported], '2025-01-31')
    expect(judged(clause, evidence, '2025-01-31')).toMatchObject({ verdict: 'at-risk', value: '3000' })
  })

  test('after the term the rest has lapsed when exports cover all of it', () => {
    const claims = [claim('A', '2023-09-10', '3000')]
    const exported = ['2024-06-30', '2025-06-30', '2026-06-30'].map((day) => {
      const years = ['2023', '2024', '2025', '2026'].filter((year) => year <= day.slice(0, 4))
      const wallets = years.map((year) => wallet(year, year === '2023' ? '3000' : '0'))
      return file(day, wallets, claims)
    })
    const lapsed = judged(clause, evidenceFrom(funds, exported, '2026-07-31'), '2026-07-31')
    expect(lapsed).toMatchObject({ verdict: 'not-due', value: '3000', stake: { units: 22000n } })
    const gap = judged(clause, evidenceFrom(funds, exported.slice(0, 2), '2026-07-31'), '2026-07-31')
    expect(gap).toMatchObject({ verdict: 'undetermined', value: '3000' })
  })

  test('a wallet that used less than its own claims leaves it undetermined', () => {
    const claims = [claim('A', '2024-02-10', '9000'), claim('B', '2024-03-10', '9000')]
    const evidence = evidenceFrom(funds, [file('2024-12-31', [wallet('2024', '9000')], claims)], '2025-01-31')
    expect(judged(clause, evidence, '2025-01-31').verdict).toBe('undetermined')
  })
})

describe('activities', () => {
  const header = 'Activity ID,Date,Activity,Title,Lead,Status,Attendees\n'
  const webinar = (id: number, date: string, status = 'Held') =>
    `ACT-${id},${date},Series of webinars,Any,WOM,${status},40`
  const three = [webinar(1, '2024-02-10'), webinar(2, '2024-05-10'), webinar(3, '2024-08-10')]
  const verdict = (rows: string[]) => {
    const file = { name: 'activities/activities-2024.csv', text: header + rows.join('\n') }
    return judged('activity/series-of-webinars', evidenceFrom(activities, [file], '2025-01-01'), '2025-01-01')
  }

  test('four quarters, each with its own, are met', () => {
    expect(verdict([...three, webinar(4, '2024-11-10')])).toMatchObject({ verdict: 'met', value: '4' })
  })

  test('two in one quarter do not make up for another', () => {
    expect(verdict([...three, webinar(4, '2024-08-12')])).toMatchObject({ verdict: 'breached', value: '3' })
  })

  test('a whole ledger that cancelled one of them is breached', () => {
    expect(verdict([...three, webinar(4, '2024-11-10', 'Cancelled')])).toMatchObject({
      verdict: 'breached',
      value: '3',
    })
  })

  test('a ledger that still plans one is not whole: undetermined', () => {
    expect(verdict([...three, webinar(4, '2024-11-10', 'Planned')])).toMatchObject({
      verdict: 'undetermined',
      value: '3',
    })
  })
})

describe('meetings', () => {
  const calendar = (events: string[][], name = 'meetings/calendar-2024.ics', receivedAt = '2026-11-01'): Given => ({
    name,
    receivedAt,
    text: ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flat(), 'END:VCALENDAR', ''].join('\r\n'),
  })
  const event = (uid: string, start: string, meeting: string, ...more: string[]): string[] => [
    ...['BEGIN:VEVENT', `UID:${uid}`, `SUMMARY:${meeting}`, `DTSTART;TZID=America/Santiago:${start}`],
    ...[...more, 'END:VEVENT'],
  ]
  const quarters = ['20240215', '20240515', '20240814', '20241113']
  const qbrs = quarters.map((day, at) => event(`qbr-${at}`, `${day}T100000`, 'QBR'))
  const asOf = '2025-01-01'

  test('four business reviews of the calendar are met', () => {
    const evidence = evidenceFrom(meetings, [calendar(qbrs)], asOf)
    expect(judged('review/qbr', evidence, asOf)).toMatchObject({ verdict: 'met', value: '4', grade: 'reported' })
  })

  test('minutes that say a meeting was not held stand above the calendar: breached', () => {
    const minutes = [{ uid: 'qbr-2', meeting: 'QBR', start: '2024-08-14T14:00:00Z', held: false, actions: [] }]
    const files = [calendar(qbrs), { name: 'meetings/minutes-2024.json', text: JSON.stringify({ minutes }) }]
    const evidence = evidenceFrom(meetings, files, asOf)
    expect(judged('review/qbr', evidence, asOf)).toMatchObject({ verdict: 'breached', value: '3' })
  })

  test('a calendar received in the middle of the year is no proof of the rest: undetermined', () => {
    const evidence = evidenceFrom(meetings, [calendar(qbrs, undefined, '2024-06-30')], asOf)
    expect(judged('review/qbr', evidence, asOf)).toMatchObject({ verdict: 'undetermined', value: '2' })
  })

  test('a monthly series is held month by month, but for the one that was cancelled', () => {
    const series = event('tech', '20240111T090000', 'Technical meeting', 'RRULE:FREQ=MONTHLY;BYDAY=2TH')
    const change = (status: string) =>
      event(
        ...(['tech', '20240711T090000', 'Technical meeting', `STATUS:${status}`] as const),
        ...['RECURRENCE-ID;TZID=America/Santiago:20240711T090000', 'SEQUENCE:1'],
      )
    const verdict = (events: string[][]) =>
      judged('review/technical-meeting', evidenceFrom(meetings, [calendar(events)], asOf), asOf)
    expect(verdict([series, change('CONFIRMED')])).toMatchObject({ verdict: 'met', value: '12' })
    expect(verdict([series, change('CANCELLED')])).toMatchObject({ verdict: 'breached', value: '11' })
  })

  test('the agreement was reviewed by its day', () => {
    const reviewed = calendar([event('rev', '20250710T100000', 'Agreement review')], 'meetings/calendar-2025.ics')
    const verdict = (files: Given[]) =>
      judged('document-control/next-review', evidenceFrom(meetings, files, '2025-08-31'), '2025-08-31').verdict
    expect(verdict([reviewed])).toBe('met')
    expect(verdict([calendar(qbrs)])).toBe('undetermined')
  })
})

describe('opportunities', () => {
  const won = (Id: string, Amount: string, LastModifiedDate: string, Stage = 'Launched') => ({
    ...{ Catalog: 'AWS', Id, LastModifiedDate, LifeCycle: { Stage }, Marketing: { CampaignName: 'Healthcare sector' } },
    Project: { ExpectedCustomerSpend: [{ Amount, CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' }] },
  })
  const pipeline = (month: string, list: object[]): Given => ({
    ...{ name: `opportunities/ace-${month}.json`, text: JSON.stringify({ Opportunities: list }) },
  })
  const clause = 'growth-initiative/healthcare-sector'
  const dated = [{ topic: 'initiative-date', value: { date: '2025-12-31' } }]

  test('twelve times the monthly spend of what was launched reaches the expectation', () => {
    const list = [won('O1', '50000.00', '2024-05-02T10:00:00Z'), won('O2', '16666.67', '2024-06-02T10:00:00Z')]
    const evidence = evidenceFrom(opportunities, [pipeline('2024-06', list)], '2025-01-31')
    expect(judged(clause, evidence, '2025-01-31')).toMatchObject({ verdict: 'met', value: '800000.04' })
  })

  test('an opportunity that was lost later counts no more', () => {
    const files = [
      pipeline('2024-05', [won('O1', '66666.67', '2024-05-02T10:00:00Z')]),
      pipeline('2024-09', [won('O1', '66666.67', '2024-09-02T10:00:00Z', 'Closed Lost')]),
    ]
    const verdict = (asOf: string) => judged(clause, evidenceFrom(opportunities, files, asOf), asOf).verdict
    expect(verdict('2024-06-30')).toBe('met')
    expect(verdict('2024-12-31')).toBe('undetermined')
  })

  test('after its date a whole list shows the miss, a list of unknown extent does not', () => {
    const list = [won('O1', '5000', '2024-05-02T10:00:00Z'), won('O2', '90000', '2025-11-02T10:00:00Z', 'Committed')]
    const verdict = (month: string) =>
      judged(clause, evidenceFrom(opportunities, [pipeline(month, list)], '2026-01-31'), '2026-01-31', dated)
    expect(verdict('2025-12')).toMatchObject({ verdict: 'breached', value: '60000' })
    expect(verdict('whole')).toMatchObject({ verdict: 'undetermined', value: '60000' })
  })
})

describe('accreditations', () => {
  const header = 'Standard,Side,Certificate Number,Certification Body,Issued,Expires,Status\n'
  const provider = 'ISO 27001,provider,P-1,Body,2022-10-01,2027-10-01,Valid'
  const verdict = (rows: string[], asOf = '2025-01-31') => {
    const register = { name: 'accreditations/accreditations-2024.csv', text: header + [provider, ...rows].join('\n') }
    return judged('accreditation/iso-27001', evidenceFrom(accreditations, [register], asOf), asOf).verdict
  }

  test.each([
    ['both certificates run', 'ISO 27001,partner,W-1,Body,2023-05-01,2026-05-01,Valid', 'met'],
    ['one ends in two months', 'ISO 27001,partner,W-1,Body,2022-04-01,2025-03-31,Valid', 'at-risk'],
    ['one has expired', 'ISO 27001,partner,W-1,Body,2021-12-01,2024-11-30,Expired', 'breached'],
    ['one was withdrawn', 'ISO 27001,partner,W-1,Body,2023-05-01,2026-05-01,Withdrawn', 'breached'],
  ])('%s', (_, row, expected) => {
    expect(verdict([row])).toBe(expected)
  })

  test('a withdrawn certificate beside one that stands takes nothing away', () => {
    const old = 'ISO 27001,partner,W-1,Body,2021-05-01,2026-05-01,Withdrawn'
    expect(verdict([old, 'ISO 27001,partner,W-2,Body,2024-02-01,2027-01-31,Valid'])).toBe('met')
  })

  test('before the register that withdraws it, it stood', () => {
    expect(verdict(['ISO 27001,partner,W-1,Body,2023-05-01,2026-05-01,Withdrawn'], '2024-06-30')).toBe('met')
  })
})

describe('documents', () => {
  const verdict = (clause: string, entry: string, asOf = '2025-01-31') => {
    const text = `documents:\n  - { file: a.pdf, title: A document, ${entry} }\n`
    const index = { name: 'documents/index.yaml', text, beside: { 'a.pdf': 'contents' } }
    return judged(clause, evidenceFrom(documents, [index], asOf), asOf)
  }

  test('a document shows a clause kept, or says that it is not', () => {
    const clause = 'managed-service/operations'
    expect(verdict(clause, `clause: ${clause}, date: 2024-11-30`)).toMatchObject({ verdict: 'met', grade: 'reported' })
    expect(verdict(clause, `clause: ${clause}, date: 2024-11-30, status: not met`).verdict).toBe('breached')
    expect(verdict(clause, `clause: ${clause}, date: 2023-11-30`).verdict).toBe('undetermined')
    expect(verdict('responsibility/data-security', `clause: ${clause}, date: 2024-11-30`).verdict).toBe('undetermined')
  })

  test('a third party that signs attests', () => {
    const entry = 'clause: standard/encryption, date: 2024-11-30, signedBy: Ana Auditora, party: third'
    expect(verdict('standard/encryption', entry)).toMatchObject({ verdict: 'met', grade: 'attested' })
  })

  test('what was completed after its day is a breach, in time it is kept', () => {
    const entry = (day: string) => `clause: exit/end-of-contract, date: 2026-10-30, completedOn: ${day}`
    expect(verdict('exit/end-of-contract', entry('2026-09-01'), '2026-10-31').verdict).toBe('met')
    expect(verdict('exit/end-of-contract', entry('2026-10-15'), '2026-10-31').verdict).toBe('breached')
  })

  test('a document without an index gives the same fact as with one', () => {
    const entry = { file: 'a.pdf', title: 'A document', clause: 'exit/migration', status: 'met', date: '2024-11-30' }
    const file = { sha256: hash('contents'), bytes: 1 }
    const given = JSON.stringify({ documents: [entry] })
    const { rows } = readingOf(documents, { file: 'index.yaml', given, beside: { 'a.pdf': file } })
    expect(rows?.[0]?.facts).toEqual([documentFact(entry, file).fact])
    expect(documentFact({ ...entry, date: '2024-02-30' }, file).faults).toEqual([
      { code: 'not-a-day', field: 'date', detail: '2024-02-30' },
    ])
  })
})

describe('declarations', () => {
  const file = (...entries: string[]): Given => ({
    name: 'declarations/2025.yaml',
    text: `facts:\n${entries.map((entry) => `  - { ${entry}, source: Ana Araya }\n`).join('')}`,
  })
  const said = (status: string, date: string, grade = 'declared') =>
    `dataset: declarations, date: ${date}, grade: ${grade}, values: { clause: managed-service/support, status: ${status} }`
  const verdict = (...entries: string[]) =>
    judged('managed-service/support', evidenceFrom(declarations, [file(...entries)], '2025-01-31'), '2025-01-31')

  test('what a person says decides at the lowest grade, whatever grade it claims', () => {
    expect(verdict(said('met', '2024-12-31', 'attested'))).toMatchObject({ verdict: 'met', grade: 'declared' })
    expect(verdict(said('met', '2024-12-31'), said('not met', '2025-01-15'))).toMatchObject({ verdict: 'breached' })
    expect(verdict(said('partially', '2024-12-31')).verdict).toBe('undetermined')
  })

  test('a person may declare meetings too', () => {
    const dates = ['2024-02-01', '2024-05-01', '2024-08-01', '2024-11-01']
    const entries = dates.map((date) => `dataset: meetings, date: ${date}, grade: reported, values: { meeting: QBR }`)
    const evidence = evidenceFrom(declarations, [file(...entries)], '2025-01-31')
    expect(judged('review/qbr', evidence, '2025-01-31')).toMatchObject({ verdict: 'met', grade: 'declared' })
  })
})
