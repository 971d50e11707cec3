import { PARTNER } from '../../evidence/index.ts'
import { amountOf, decimalText, oneCurrency, sum, times } from '../../language/index.ts'
import { utcDay } from '../fields.ts'
import { type RowGiven, readObjects, readRows } from '../reading.ts'
import type { FileReading, ReadRow, RecordFile } from '../room.ts'
import { monthEndInName } from '../whole-months.ts'
import { type Opportunity, opportunity, PROGRESS, STAGES } from './terms.ts'

const MONTHS_A_YEAR = 12

/** SOP-1 to SOP-6: opportunities of the provider's pipeline, as they stood when they were last changed. */
export function read(file: RecordFile): FileReading {
  const found = readObjects(file, { lists: ['Opportunities'], known: ['LifeCycle', 'Catalog'] })
  if ('refusal' in found) return found.refusal
  const { rows, document, whole } = found.json
  const changed: string[] = []
  const read = readRows(rows, opportunity, (value) => {
    changed.push(utcDay(value.LastModifiedDate))
    return opportunityRead(value)
  })
  const isWhole = whole && !('NextToken' in document) && read.every((row) => row.rejected.length === 0)
  return { rows: isWhole ? withList(read, changed, file) : read }
}

function opportunityRead(value: Opportunity): RowGiven {
  const { Catalog, Id, LastModifiedDate, Marketing, Customer, Project } = value
  const pipelineStage = value[PROGRESS].Stage
  if (Catalog === 'Sandbox') return { faults: [{ code: 'sandbox', field: 'Catalog' }] }
  const stage = STAGES[pipelineStage]
  const spend = (Project?.ExpectedCustomerSpend ?? []).map((each) => amountOf(each.Amount, each.CurrencyCode))
  if (!oneCurrency(spend)) return { faults: [{ code: 'mixed-currencies', field: 'Project.ExpectedCustomerSpend' }] }
  const monthly = sum(spend)
  const day = utcDay(LastModifiedDate)
  const field = 'Project.ExpectedCustomerSpend'
  return {
    quirks: stage === 'won' && !monthly ? [{ code: 'no-expected-spend', field }] : [],
    facts: [
      {
        dataset: 'opportunities',
        key: `${Id} ${day}`,
        version: LastModifiedDate,
        from: day,
        to: day,
        values: {
          opportunity: Id,
          stage,
          pipelineStage,
          ...(Marketing?.CampaignName ? { initiative: Marketing.CampaignName } : {}),
          ...(monthly ? { arr: decimalText(times(monthly, MONTHS_A_YEAR)), currency: monthly.currency } : {}),
        },
        personal: personalOf(Customer, Project?.Title),
        owner: PARTNER,
      },
    ],
  }
}

/** SOP-5: who the customer is and whom to call there. */
function personalOf(customer: Opportunity['Customer'], title: string | undefined): Record<string, string> {
  const contacts = (customer?.Contacts ?? []).map((each) =>
    [each.FirstName, each.LastName, each.Email && `<${each.Email}>`].filter(Boolean).join(' '),
  )
  const company = customer?.Account?.CompanyName
  return {
    ...(company ? { company } : {}),
    ...(title ? { title } : {}),
    ...(contacts.length > 0 ? { contacts: contacts.join('; ') } : {}),
  }
}

/** SOP-4: a file named by a month lists the whole pipeline at the month's end, when nothing in it is younger. */
function withList(rows: ReadRow[], changed: readonly string[], file: RecordFile): ReadRow[] {
  const day = monthEndInName(file.name)
  const first = rows[0]
  if (!day || !first || day > file.receivedAt || changed.some((each) => each > day)) return rows
  const list = {
    dataset: 'pipeline-lists',
    key: day,
    version: '',
    from: day,
    to: day,
    values: { opportunities: rows.length },
    owner: PARTNER,
  }
  return [{ ...first, facts: [...first.facts, list] }, ...rows.slice(1)]
}
