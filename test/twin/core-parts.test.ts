import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { centsOf } from '../../src/twin/text.ts'
import type { PlantedFault } from '../../src/twin/world.ts'
import { exampleScenario, type Filled, filled, rowsOf } from './core-setting.ts'

const scenario = exampleScenario()
const SEEDS = [1, 2, 3, 11, 4711]
const runs = new Map(await Promise.all(SEEDS.map(async (seed) => [seed, await filled({ seed })] as const)))
const run = (seed: number): Filled => runs.get(seed) as Filled
const textOf = (seed: number, name: string): string => run(seed).files.get(name) ?? ''
const planted = (seed: number, kind: string): PlantedFault[] =>
  run(seed).truth.faults.filter((each) => each.kind === kind)
const keysOf = (faults: PlantedFault[], ...fields: string[]): string[] =>
  faults.map((each) => [each.on, ...fields.map((field) => each.subject[field])].join(' ')).sort()
const monthEnds = (seed: number, folder: string): string[] =>
  [...run(seed).files.keys()].filter((each) => each.startsWith(`${folder}/`)).sort()

interface Snapshot {
  complete: boolean
  deployments: {
    InstanceAlias: string
    LiveTo: string | null
    Subscribers: number
    WorkforceManagement: boolean
    QualityManagement: boolean
    Storage: { ResourceType: string; S3Config: { EncryptionConfig?: object } }[]
  }[]
}

describe.each(SEEDS)('with seed %i', (seed) => {
  const snapshots = monthEnds(seed, 'deployments').map((name) => ({
    day: name.slice(-15, -5),
    ...(JSON.parse(textOf(seed, name)) as Snapshot),
  }))
  const business = monthEnds(seed, 'metrics').flatMap((name) => rowsOf(textOf(seed, name)))

  it('the inventory is the anchors', () => {
    for (const anchor of scenario.growth.anchors) {
      const { deployments = [] } = snapshots.find((each) => each.day === anchor.date) ?? {}
      expect(deployments).toHaveLength(anchor.deployments)
      expect(deployments.reduce((sum, each) => sum + each.Subscribers, 0)).toBe(anchor.subscribers)
      expect(deployments.filter((each) => each.WorkforceManagement)).toHaveLength(anchor.workforce)
      expect(deployments.filter((each) => each.QualityManagement)).toHaveLength(anchor.quality)
    }
  })

  it('an honest look at the inventory finds exactly what was planted there', () => {
    const missing: string[] = []
    const open = new Set<string>()
    const over: string[] = []
    snapshots.forEach((snapshot, at) => {
      const listed = new Map(snapshot.deployments.map((each) => [each.InstanceAlias, each]))
      for (const before of snapshots[at - 1]?.deployments ?? []) {
        const announced = before.LiveTo !== null && before.LiveTo <= snapshot.day
        const isBack = snapshots[at + 1]?.deployments.some((each) => each.InstanceAlias === before.InstanceAlias)
        if (!listed.has(before.InstanceAlias) && !announced && isBack)
          missing.push(`${snapshot.day} ${before.InstanceAlias}`)
      }
      for (const each of snapshot.deployments) {
        for (const { ResourceType, S3Config } of each.Storage) {
          const key = `${each.InstanceAlias} ${ResourceType}`
          if (!S3Config.EncryptionConfig && ![...open].some((one) => one.endsWith(key)))
            open.add(`${snapshot.day} ${key}`)
        }
        const paid = business.find(
          (row) => row.date === snapshot.day && row.deployment === each.InstanceAlias && row.unit === 'subscribers',
        )
        const more = each.Subscribers - Number(paid?.value)
        if (more !== 0) over.push(`${snapshot.day} ${each.InstanceAlias} ${more}`)
      }
    })
    expect(missing.sort()).toEqual(keysOf(planted(seed, 'inventory-missing-instance'), 'deployment'))
    expect([...open].sort()).toEqual(keysOf(planted(seed, 'unencrypted-bucket'), 'deployment', 'resourceType'))
    const told = planted(seed, 'subscribers-over-paid')
    expect(over.sort()).toEqual(
      told.map((each) => `${each.on} ${each.subject.deployment} ${each.effect?.value}`).sort(),
    )
    expect(told.length).toBeGreaterThan(4)
  })

  it('revenue meets the anchors and is the sum of its customers, to the cent', () => {
    const months = business.filter((row) => row.metric === 'Monthly Revenue' && row.deployment === '')
    expect(months).toHaveLength(36)
    for (const { date, value = '' } of months) {
      const parts = business.filter(
        (row) => row.metric === 'Monthly Revenue' && row.date === date && row.deployment !== '',
      )
      expect(parts.reduce((sum, each) => sum + centsOf(each.value ?? ''), 0n)).toBe(centsOf(value))
      const anchor = scenario.growth.anchors.find((each) => each.date === date)
      if (anchor) expect(value).toBe(`${anchor.revenue}.00`)
    }
    const january = business.filter((row) => row.date === '2025-01-31' && row.deployment === '')
    expect(january.map((row) => [row.metric, row.value, row.currency])).toEqual([
      ['Total Agent Subscribers', '3800', ''],
      ['Avg. Customer Size', '152', ''],
      ['Monthly Revenue', '180000.00', 'USD'],
    ])
  })

  it('the holders on the list are the agreement’s on every anchor', () => {
    for (const { id, anchors } of scenario.certifications.groups) {
      const words = id.split(' ')
      for (const { date, holders } of anchors) {
        const valid = rowsOf(textOf(seed, `certificates/certifications-${date}.csv`)).filter(
          (row) =>
            words.every((word) => row.Certification?.includes(word)) &&
            (row['Award Date'] ?? '') <= date &&
            (row['Expiration Date'] ?? '') >= date,
        )
        expect([id, date, new Set(valid.map((row) => row.Email)).size]).toEqual([id, date, holders])
      }
    }
  })

  it('an honest look at the certificates finds exactly what was planted there', () => {
    const last = rowsOf(textOf(seed, 'certificates/certifications-2026-06-30.csv'))
    const lapsed = last.filter(
      (row) =>
        (row['Expiration Date'] ?? '') < '2026-06-30' &&
        !last.some(
          (other) =>
            other.Email === row.Email &&
            other.Certification === row.Certification &&
            (other['Expiration Date'] ?? '') > (row['Expiration Date'] ?? ''),
        ),
    )
    const left = new Map(
      monthEnds(seed, 'documents')
        .filter((name) => name.includes('/staff-'))
        .flatMap((name) => rowsOf(textOf(seed, name)))
        .filter((row) => row.Left !== '')
        .map((row) => [row.Email, row.Left]),
    )
    const numbers = (kind: string): string[] => planted(seed, kind).map((each) => each.subject.validationNumber ?? '')
    const leavers = last.filter((row) => left.has(row.Email)).map((row) => row['Validation Number'] ?? '')
    expect(leavers.sort()).toEqual(numbers('certificate-of-leaver').sort())
    const own = lapsed.map((row) => row['Validation Number'] ?? '').filter((each) => !leavers.includes(each))
    expect(own.sort()).toEqual(numbers('certificate-lapsed').sort())
    expect(own.length).toBeGreaterThan(0)
  })

  it('an honest sum of the training ledger finds exactly the overspent lines', () => {
    const entries = monthEnds(seed, 'training').flatMap((name) => rowsOf(textOf(seed, name)))
    const found = [2023, 2024, 2025].flatMap((year) =>
      scenario.training.lines.flatMap(({ name, budget }) => {
        const inside = entries.filter(
          ({ Date: date = '', 'Budget Line': line }) =>
            line === name && date >= `${year}-07-01` && date < `${year + 1}-07-01`,
        )
        const spent = inside.reduce((sum, each) => sum + centsOf(each.Amount ?? ''), 0n)
        expect(spent * 100n).toBeGreaterThan(centsOf(budget) * 80n)
        return spent > centsOf(budget) ? [`${year}-07-01 ${name} ${spent - centsOf(budget)}`] : []
      }),
    )
    const told = planted(seed, 'training-overspent').map(
      ({ subject, effect }) => `${subject.from} ${subject.budgetLine} ${centsOf(effect?.value ?? '')}`,
    )
    expect(found.sort()).toEqual(told.sort())
    expect(told).toHaveLength(3)
  })

  it('an honest look at the accreditations finds exactly the gaps', () => {
    const rows = rowsOf(textOf(seed, 'accreditations/accreditations-2026.csv'))
    const gaps = rows.flatMap((row) => {
      const next = rows.find(
        (each) => each.Standard === row.Standard && each.Side === row.Side && (each.Issued ?? '') > (row.Issued ?? ''),
      )
      const end = Date.parse(row.Expires ?? '')
      const days = next ? (Date.parse(next.Issued ?? '') - end) / 86_400_000 - 1 : 0
      return days > 0 ? [`${new Date(end + 86_400_000).toISOString().slice(0, 10)} ${row.Standard} ${days}`] : []
    })
    const told = planted(seed, 'accreditation-lapsed')
    expect(gaps.sort()).toEqual(told.map((each) => `${each.on} ${each.subject.standard} ${each.effect?.value}`).sort())
    expect(told.length).toBeGreaterThan(0)
  })

  it('what is declared has a document, except where planted', () => {
    const index = parse(textOf(seed, 'documents/index.yaml')) as { documents: Record<string, string>[] }
    for (const { file } of index.documents) expect(run(seed).files.has(`documents/${file}`)).toBe(true)
    const proved = new Set(index.documents.flatMap(({ clause }) => (clause ? [clause] : [])))
    const declared = new Set(
      monthEnds(seed, 'declarations').flatMap((name) => {
        const { facts } = parse(textOf(seed, name)) as { facts: { values: { clause: string } }[] }
        return facts.map((each) => each.values.clause)
      }),
    )
    const bare = [...declared].filter((clause) => !proved.has(clause)).sort()
    const told = planted(seed, 'declared-not-evidenced').map((each) => each.subject.clause ?? '')
    expect(bare).toEqual(told.sort())
    expect(bare.length).toBeGreaterThan(1)
    for (const text of run(seed).files.values()) expect(text).not.toMatch(/\{(date|person|region|customer|year)\}/)
  })
})
