import type { BulkEngine, EvidenceFact } from '../../evidence/index.ts'
import { amountOf, decimalText, type IsoDate } from '../../language/index.ts'
import { serviceOfRow } from './products.ts'
import { CROSS_CHECK, DATASET } from './terms.ts'

/** What facts are made from. */
export interface FactsContext {
  engine: BulkEngine
  rows: (dataset: string, shape?: string) => string | undefined
  asOf: IsoDate
  setting(name: string): string | undefined
}

type Fact = Omit<EvidenceFact, 'grade'>

const SHAPES = ['focus', 'cur'] as const

/** What a charge is to an agreement: the first that applies. */
const CHARGE = `CASE
  WHEN ChargeCategory = 'Tax' THEN 'tax'
  WHEN x_LineItemType = 'Refund' OR (ChargeCategory = 'Credit' AND ChargeClass = 'Correction') THEN 'refund'
  WHEN ChargeCategory = 'Credit' THEN 'credit'
  WHEN x_LineItemType LIKE '%Discount' THEN 'discount'
  WHEN x_BillingEntity ILIKE '%marketplace%' OR x_ServiceCode ILIKE '%marketplace%' OR ServiceName ILIKE '%marketplace%'
    OR PublisherName ILIKE '%marketplace%' OR InvoiceIssuerName ILIKE '%marketplace%' THEN 'marketplace'
  WHEN regexp_matches(coalesce(ServiceName, ''), '(^|\\W)Support(\\W|$)') OR x_ServiceCode ILIKE '%support%' THEN 'support'
  WHEN ChargeCategory = 'Purchase' THEN 'purchase'
  WHEN ChargeCategory = 'Adjustment' THEN 'adjustment'
  ELSE 'usage' END`

const MONTH = `strftime(BillingPeriodStart, '%Y-%m')`
const FIRST = `strftime(date_trunc('month', BillingPeriodStart), '%Y-%m-%d')`
const LAST = `strftime(date_trunc('month', BillingPeriodStart) + INTERVAL 1 MONTH - INTERVAL 1 DAY, '%Y-%m-%d')`

/** The bill month by month as clauses read it, and what its two exports say of each other. */
export async function billFacts(context: FactsContext): Promise<Fact[]> {
  const sources = SHAPES.flatMap((shape) => {
    const rows = context.rows(DATASET, shape)
    return rows === undefined ? [] : [{ shape, rows }]
  })
  if (sources.length === 0) return []
  const first = context.setting('bill-source') === 'cur' ? 'cur' : 'focus'
  return [...(await charges(context, sources, first)), ...(await crossChecks(context, sources))]
}

interface Source {
  shape: (typeof SHAPES)[number]
  rows: string
}

interface ChargeRow {
  first: string
  last: string
  service: string
  region: string | null
  charge: string
  issuer: string | null
  currency: string
  amount: string
  rows: string
  received: string
  shape: string
  files: string[]
}

async function charges({ engine, asOf }: FactsContext, sources: readonly Source[], first: string): Promise<Fact[]> {
  const months = sources.map(
    ({ shape, rows }) =>
      `SELECT '${shape}' AS shape, BillingAccountId AS payer, ${MONTH} AS month FROM ${rows} GROUP BY ALL`,
  )
  const summed = sources.map(
    ({
      shape,
      rows,
    }) => `SELECT '${shape}' AS shape, BillingAccountId AS payer, ${MONTH} AS month, ${FIRST} AS first, ${LAST} AS last,
      ${serviceOfRow()} AS service, nullif(RegionId, '') AS region, ${CHARGE} AS charge,
      coalesce(InvoiceIssuerName, x_LegalEntity) AS issuer, BillingCurrency AS currency,
      sum(BilledCost) AS amount, count(*) AS rows, max(_received) AS received, list(DISTINCT _file) AS files
      FROM ${rows} GROUP BY ALL`,
  )
  const found = await engine.all<ChargeRow>(`
    WITH months AS (${months.join(' UNION ALL ')}),
      chosen AS (SELECT payer, month, CASE WHEN bool_or(shape = '${first}') THEN '${first}' ELSE max(shape) END AS shape
        FROM months GROUP BY ALL),
      summed AS (${summed.join(' UNION ALL ')})
    SELECT first, last, service, region, charge, issuer, currency, sum(amount)::VARCHAR AS amount, sum(rows)::VARCHAR AS rows,
      max(received) AS received, string_agg(DISTINCT shape, '+' ORDER BY shape) AS shape,
      list_sort(list_distinct(flatten(list(files)))) AS files
    FROM summed JOIN chosen USING (payer, month, shape)
    WHERE last <= '${asOf}'
    GROUP BY first, last, service, region, charge, issuer, currency
    ORDER BY first, service, region NULLS FIRST, charge, issuer NULLS FIRST, currency`)
  return found.map((row) => ({
    dataset: DATASET,
    from: row.first,
    to: row.last,
    receivedAt: row.received,
    values: {
      amount: plainAmount(row.amount, row.currency),
      currency: row.currency,
      service: row.service,
      ...(row.region === null ? {} : { region: row.region }),
      charge: row.charge,
      ...(row.issuer === null ? {} : { issuer: row.issuer }),
    },
    ...provenance(row.shape, row.files),
    rows: Number(row.rows),
  }))
}

// One file is named as a file, so that its hash can be told; of several the first are named.
function provenance(shape: string, files: readonly string[]): { source: string; file?: string } {
  const [file, ...more] = files
  return file !== undefined && more.length === 0 ? { source: shape, file } : { source: `${shape}: ${shortened(files)}` }
}

/** A month in both exports: their sums, which must agree to the last digit. */
async function crossChecks({ engine, asOf }: FactsContext, sources: readonly Source[]): Promise<Fact[]> {
  if (sources.length < 2) return []
  const sums = sources.map(
    ({ shape, rows }) => `SELECT '${shape}' AS shape, BillingAccountId AS payer, ${FIRST} AS first, ${LAST} AS last,
      BillingCurrency AS currency, sum(BilledCost) AS amount, count(*) AS rows, max(_received) AS received,
      list(DISTINCT _file) AS files FROM ${rows} GROUP BY ALL`,
  )
  const found = await engine.all<
    Record<'payer' | 'first' | 'last' | 'currency' | 'received' | 'rows' | 'focus' | 'cur', string> & {
      files: string[]
    }
  >(`
    WITH sums AS (${sums.join(' UNION ALL ')}),
      both_shapes AS (SELECT payer, first FROM sums GROUP BY ALL HAVING count(DISTINCT shape) = 2)
    SELECT payer, first, last, currency, max(received) AS received, sum(rows)::VARCHAR AS rows,
      coalesce(sum(amount) FILTER (shape = 'focus'), 0)::VARCHAR AS focus,
      coalesce(sum(amount) FILTER (shape = 'cur'), 0)::VARCHAR AS cur,
      list_sort(list_distinct(flatten(list(files)))) AS files
    FROM sums JOIN both_shapes USING (payer, first) WHERE last <= '${asOf}'
    GROUP BY payer, first, last, currency ORDER BY first, payer, currency`)
  return found.map(({ payer, first, last, currency, received, rows, focus, cur, files }) => {
    const [a, b] = [amountOf(focus, currency), amountOf(cur, currency)]
    const difference = decimalText({
      ...a,
      units: a.units * 10n ** BigInt(b.scale) - b.units * 10n ** BigInt(a.scale),
      scale: a.scale + b.scale,
    })
    return {
      dataset: CROSS_CHECK,
      from: first,
      to: last,
      receivedAt: received,
      values: { payer, currency, focus: decimalText(a), cur: decimalText(b), difference, agrees: difference === '0' },
      ...provenance('focus+cur', files),
      rows: Number(rows),
    }
  })
}

function plainAmount(amount: string, currency: string): string {
  return decimalText(amountOf(amount, currency))
}

function shortened(files: readonly string[]): string {
  const [first = '', ...more] = files
  return more.length === 0
    ? first
    : more.length === 1
      ? `${first}, ${more[0]}`
      : `${first} … ${more.at(-1)} (${files.length})`
}
