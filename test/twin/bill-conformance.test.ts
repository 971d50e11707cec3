import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FOCUS_COLUMNS } from '../../src/twin/bill/focus.ts'
import { bill } from '../../src/twin/bill/index.ts'
import { exactly, type FocusRow, focusRowsOf } from './bill-files.ts'
import { type Run, runExample } from './example.ts'

/** One check of the machine-readable model. */
interface Check {
  CheckFunction?: string
  Items?: Check[]
  ColumnName?: string
  Value?: string | number | null
  ColumnAName?: string
  ColumnBName?: string
  ResultColumnName?: string
  ModelRuleId?: string
}
interface Rule {
  Function: string
  Reference: string
  ApplicabilityCriteria?: string[]
  ValidationCriteria: { Keyword: string; Requirement: Check; Condition: Check }
}

// Rules whose condition stands in their text alone, so that the model asks them of every row.
const NOT_STATED = ['BilledCost-C-005-C', 'EffectiveCost-C-005-C', 'InvoiceId-C-004-C', 'InvoiceId-C-005-C']
// Rules whose check says another thing than their own text: no value where null must be, or another column's values.
const WRONG_IN_MODEL = [
  ...['CommitmentDiscountCategory-C-005-M', 'CommitmentDiscountStatus-C-003-C'],
  ...['CommitmentDiscountStatus-C-004-C', 'CommitmentDiscountStatus-C-005-M'],
]
// The bill has no capacity reservations.
const SKIPPED = [...NOT_STATED, ...WRONG_IN_MODEL]
const NOT_SUPPORTED = 'CAPACITY_RESERVATION_SUPPORTED'

const shared = process.env.CONVENIO_SHARED
let run: Run
let rows: FocusRow[]

beforeAll(async () => {
  run = await runExample({ from: '2024-02', to: '2024-07', scale: 0.03, seed: 8, parts: [bill] })
  rows = ['2024-02', '2024-03', '2024-04', '2024-05', '2024-06', '2024-07'].flatMap((month) =>
    focusRowsOf(run.out, 'bill', month),
  )
}, 120_000)
afterAll(() => run.remove())

/** Whether a row passes a check; undefined when the check is of a kind that says nothing about values of a row. */
function passes(check: Check | undefined, row: FocusRow): boolean | undefined {
  const value = (name: string | undefined): string => row[name ?? ''] ?? ''
  const items = (check?.Items ?? []).map((each) => passes(each, row)).filter((each) => each !== undefined)
  switch (check?.CheckFunction) {
    case 'AND':
      return items.every((each) => each)
    case 'OR':
      return items.length === 0 || items.some((each) => each)
    case 'CheckValue':
      return value(check.ColumnName) === String(check.Value ?? '')
    case 'CheckNotValue':
      return value(check.ColumnName) !== String(check.Value ?? '')
    case 'CheckSameValue':
      return value(check.ColumnAName) === value(check.ColumnBName)
    case 'CheckGreaterOrEqualThanValue':
      return (
        value(check.ColumnName) === '' || exactly(value(check.ColumnName)) >= BigInt(String(check.Value)) * 10n ** 12n
      )
    case 'ColumnByColumnEqualsColumnValue': {
      const product = exactly(value(check.ColumnAName)) * exactly(value(check.ColumnBName))
      return product === exactly(value(check.ResultColumnName)) * 10n ** 12n
    }
    case 'FormatNumeric':
    case 'TypeDecimal':
      return /^(-?\d+(\.\d+)?)?$/.test(value(check.ColumnName))
    case 'FormatDateTime':
    case 'TypeDateTime':
      return /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?$/.test(value(check.ColumnName))
    case 'FormatCurrency':
    case 'NationalCurrency':
      return /^([A-Z]{3})?$/.test(value(check.ColumnName))
    case 'FormatKeyValue':
    case 'FormatJSON':
      return value(check.ColumnName) === '' || Object.keys(JSON.parse(value(check.ColumnName))).length > 0
    default:
      return undefined
  }
}

/** Goes down from a rule to those it is made of: a condition holds for all rules below it. */
function visit(
  rules: Record<string, Rule>,
  id: string,
  row: FocusRow,
  checked: Set<string>,
  broken: Map<string, string>,
): void {
  const rule = rules[id]
  if (rule === undefined || rule.ApplicabilityCriteria?.includes(NOT_SUPPORTED) || SKIPPED.includes(id)) return
  const { Condition: condition, Requirement: requirement, Keyword: keyword } = rule.ValidationCriteria
  const unreadable = Object.keys(condition).length > 0 && passes(condition, row) === undefined
  if (unreadable || passes(condition, row) === false) return
  for (const item of requirement.Items ?? []) {
    if (item.ModelRuleId !== undefined) visit(rules, item.ModelRuleId, row, checked, broken)
  }
  if (!keyword.startsWith('MUST') || rule.Function === 'Composite') return
  const passed = passes(requirement, row)
  if (passed !== undefined) checked.add(id)
  if (passed === false) broken.set(id, row.ChargeDescription ?? '')
}

describe('the FOCUS file', () => {
  it('has the 57 columns of FOCUS 1.2 first and no other name without x_', () => {
    const own = FOCUS_COLUMNS.filter((name) => !name.startsWith('x_'))
    expect(own).toHaveLength(57)
    expect(FOCUS_COLUMNS.slice(0, 57)).toEqual(own)
    expect(Object.keys(rows[0] ?? {})).toEqual(FOCUS_COLUMNS)
  })

  it('has the categories that it should have, in each of their kinds', () => {
    const values = (column: string) => new Set(rows.map((row) => row[column] ?? ''))
    expect(values('ChargeCategory')).toEqual(new Set(['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment']))
    expect(values('ChargeClass')).toEqual(new Set(['', 'Correction']))
    expect(values('PricingCategory')).toEqual(new Set(['', 'Standard', 'Committed']))
    expect(values('ChargeFrequency')).toEqual(new Set(['Usage-Based', 'Recurring', 'One-Time']))
  })

  it.runIf(shared !== undefined)(
    'passes every rule of the model that can be checked row by row',
    () => {
      const path = join(shared ?? '', 'data/focus/focus_validator_model-1.2.json')
      const model = JSON.parse(readFileSync(path, 'utf8')) as { ModelRules: Record<string, Rule> }
      const present = Object.values(model.ModelRules).filter((rule) => rule.Function === 'Presence')
      const missing = present.map((rule) => rule.Reference).filter((name) => !FOCUS_COLUMNS.includes(name))
      expect(missing).toEqual([])
      const some = rows.filter((_, at) => at % 5 === 0 || rows[at]?.ChargeCategory !== 'Usage')
      const checked = new Set<string>()
      const broken = new Map<string, string>()
      for (const row of some) visit(model.ModelRules, 'CostAndUsage-D-002-M', row, checked, broken)
      expect([...broken]).toEqual([])
      expect(checked.size).toBeGreaterThan(100)
    },
    60_000,
  )
})
