import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RuleBook, readAgreement } from '../../src/agreement/index.ts'
import { clauseRooms, clauseWords } from '../../src/clauses/registry.ts'
import type { EvidenceFact } from '../../src/evidence/index.ts'
import { addDays, speaker } from '../../src/language/index.ts'
import { sourceRooms } from '../../src/sources/registry.ts'
import type { RecordSource } from '../../src/sources/room.ts'
import { judgeOne } from '../../src/standing/index.ts'
import { facts, kinds } from '../cases/setting.ts'
import { factsOf, type GivenFile } from '../cases/source-setting.ts'

const text = readFileSync(new URL('../../agreements/wom-aws-chile/agreement.md', import.meta.url), 'utf8')
const agreement = readAgreement(text, 'agreement.md', { kinds, facts }, 'wom')
const say = speaker('en', clauseWords())

/** Everything that a source gives of these files up to a day, as the import's `evidenceOf` hands it on. */
function evidenceOf(id: string, files: GivenFile[]): (asOf: string) => EvidenceFact[] {
  const room = sourceRooms.find((each) => each.id === id) as RecordSource
  return (asOf) => {
    const own = factsOf(room, files, asOf)
    return [...own, ...(room.derive?.(own) ?? [])]
  }
}

function judged(clause: string, known: (asOf: string) => EvidenceFact[], asOf: string) {
  const evidence = known(asOf)
  const rules = new RuleBook(agreement, undefined)
  const knownAt = '2026-12-31'
  const line = judgeOne(
    { agreement, rules, supplement: undefined, facts, rooms: clauseRooms, evidence, asOf, knownAt },
    clause,
  )
  const judgement = line?.judgement
  expect(judgement, `no clause ${clause}`).toBeDefined()
  return { ...judgement, said: judgement && say.say(judgement.reason) }
}

const MONTH_ENDS = ['2024-10-31', '2024-11-30', '2024-12-31', '2025-01-31', '2025-02-28']

// Three more deployments each month, and one that leaves the list without a word.
const inventories: GivenFile[] = MONTH_ENDS.map((day, month) => {
  const numbers = Array.from({ length: 60 + 3 * month }, (_, at) => at).filter((at) => month < 4 || at !== 7)
  const deployments = numbers.map((at) => ({
    AccountId: String(100_000_000_000 + at),
    Id: `i-${at}`,
    InstanceAlias: `alias-${at}`,
    Region: 'us-east-1',
    CustomerId: `C-${at}`,
    LiveFrom: at < 60 ? '2024-01-15' : addDays('2024-11-01', 30 * Math.floor((at - 60) / 3)),
    WorkforceManagement: at < 15,
    QualityManagement: at < 11,
  }))
  return {
    file: `inventory-${day}.json`,
    given: JSON.stringify({ exportedAt: `${day}T23:59:59Z`, complete: true, deployments }),
  }
})
const inventory = evidenceOf('deployments', inventories)

test('live deployments are counted from inventories, month by month', () => {
  const clause = 'customer-metric/active-deployments'
  expect(judged(clause, inventory, '2024-12-31')).toMatchObject({
    measure: { value: '66', target: '75' },
    grade: 'reported',
  })
  expect(judged(clause, inventory, '2024-11-30')).toMatchObject({ measure: { value: '63' } })
  expect(judged('implementation/connect-instances', inventory, '2025-01-31')).toMatchObject({
    verdict: 'met',
    measure: { value: '69' },
  })
  // Of 72 that were ever on the list one is no longer.
  expect(judged('implementation/connect-instances', inventory, '2025-02-28')).toMatchObject({
    measure: { value: '71' },
  })
})

test('features in use are counted under their own names', () => {
  expect(judged('implementation/workforce-management', inventory, '2025-01-31')).toMatchObject({
    verdict: 'met',
    measure: { value: '15', target: '15' },
  })
  expect(judged('implementation/quality-management', inventory, '2025-01-31')).toMatchObject({
    verdict: 'breached',
    measure: { value: '11', target: '12' },
  })
})

test('the mean time to resolve is that of the incidents a month brought to an end', () => {
  const incident = (id: string, openedAt: string, resolvedAt: string) => ({
    sys_id: id,
    number: id,
    opened_at: openedAt,
    resolved_at: resolvedAt,
    sys_updated_on: resolvedAt || openedAt,
    priority: '1 - Critical',
    state: resolvedAt === '' ? 'In Progress' : 'Closed',
    cmdb_ci: 'alias-1',
    company: 'C-1',
  })
  const file = (name: string, ...result: object[]): GivenFile => ({ file: name, given: JSON.stringify({ result }) })
  const january = file(
    'incident-2025-01.json',
    incident('a', '2025-01-31 22:00:00', ''),
    incident('b', '2025-01-10 10:00:00', '2025-01-10 13:00:00'),
  )
  const february = file('incident-2025-02.json', incident('a', '2025-01-31 22:00:00', '2025-02-01 08:00:00'))
  const clause = 'service-level/mean-time-to-resolve'
  const both = evidenceOf('incidents', [january, february])
  expect(judged(clause, both, '2025-02-01')).toMatchObject({
    verdict: 'at-risk',
    measure: { value: '10', target: '4' },
  })
  expect(judged(clause, both, '2025-03-01')).toMatchObject({ verdict: 'breached', measure: { value: '10' } })
  expect(judged(clause, evidenceOf('incidents', [january]), '2025-02-01')).toMatchObject({
    verdict: 'met',
    measure: { value: '3' },
  })
})

test('changes with issues reached their aim; those that are not over count neither way', () => {
  const result = Array.from({ length: 100 }, (_, at) => ({
    sys_id: `c${at}`,
    number: `CHG${at}`,
    start_date: '2025-01-10 10:00:00',
    end_date: '2025-01-10 11:00:00',
    close_code: at === 0 ? 'Unsuccessful' : at < 5 ? 'Successful with issues' : 'Successful',
    state: 'Closed',
    sys_updated_on: '2025-01-10 12:00:00',
  }))
  const open = { ...result[0], sys_id: 'open', close_code: '', state: 'Canceled' }
  const evidence = evidenceOf('changes', [{ file: 'c.json', given: JSON.stringify({ result: [...result, open] }) }])
  expect(judged('service-level/change-success-rate', evidence, '2025-02-01')).toMatchObject({
    verdict: 'met',
    measure: { value: '99' },
  })
})

test('the newest survey decides', () => {
  const rows = [10, 9, 9, 8, 3].map((nps, at) => `R${at},2025-01-1${at},S-1,C-${at},alias-${at},${nps},,,`)
  const given = [
    'ResponseId,RecordedDate,SurveyId,CustomerId,Deployment,NPS,CSAT,RespondentName,Comment',
    ...rows,
  ].join('\n')
  const evidence = evidenceOf('surveys', [{ file: 'responses.csv', given }])
  expect(judged('service-level/customer-satisfaction', evidence, '2025-01-31')).toMatchObject({
    verdict: 'breached',
    measure: { value: '40' },
  })
})

test('holders are counted once each, while a list has them', () => {
  const header = 'First Name,Last Name,Email,Certification,Level,Validation Number,Award Date,Expiration Date,Status'
  const row = (at: number) =>
    `A${at},B,a${at % 6}@x.example,AWS Certified Security - Specialty,Specialty,N${at},2024-05-01,2027-05-01,Active`
  const list = (day: string, count: number): GivenFile => ({
    file: `certifications-${day}.csv`,
    given: [header, ...Array.from({ length: count }, (_, at) => row(at))].join('\n'),
  })
  const evidence = evidenceOf('certificates', [list('2024-12-31', 7), list('2025-01-31', 5)])
  const clause = 'certification/aws-security'
  expect(judged(clause, evidence, '2024-12-31').measure).toMatchObject({ value: '6', target: '6' })
  expect(judged(clause, evidence, '2025-01-31').measure).toMatchObject({ value: '5', target: '6' })
})

test('a ledger that covers the year shows that a budget was not spent', () => {
  const header = 'Entry,Date,Budget Line,Course,Provider,Attendees,Amount,Currency'
  const ledger = (year: number, amount: string): GivenFile => ({
    file: `training-${year}.csv`,
    given: `${header}\nT-${year},${year}-03-10,AWS Certifications,Exam,AWS Training,4,${amount},USD\n`,
  })
  const evidence = evidenceOf('training', [ledger(2023, '10000.00'), ledger(2024, '60000.55')])
  // The text states its budgets under a bare sign, so the evidence has to use the same one here.
  const signed = (asOf: string) =>
    evidence(asOf).map((fact) => ({ ...fact, values: { ...fact.values, currency: '$' } }))
  expect(judged('training/aws-certifications', signed, '2024-07-01')).toMatchObject({
    verdict: 'breached',
    measure: { value: '60000.55', target: '80000' },
  })
})
