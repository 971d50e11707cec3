/** What an AWS export says of itself in the file that it writes last. */
export interface Manifest {
  /** The export's name, such as `focus-daily`. */
  name: string
  /** Month that it bills, `YYYY-MM`; empty when it does not say. */
  month: string
  /** ISO timestamp; empty when it does not say. */
  createdAt: string
  /** Keys of its data files in the bucket. */
  keys: string[]
  /** It is of a billing group of Billing Conductor: prices for somebody else, not what is owed. */
  isProForma: boolean
}

/** Whether a text that may be cut off looks like such a manifest. */
export function manifestIn(text: string): boolean {
  if (!/^\s*\{/.test(text)) return false
  return /"(dataFiles|reportKeys)"\s*:/.test(text) || /"exportArn"\s*:/.test(text)
}

/** Reads a manifest; undefined when it is not whole. */
export function readManifest(text: string, file: string): Manifest | undefined {
  let value: Record<string, unknown>
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const list = value.dataFiles ?? value.reportKeys
  if (!Array.isArray(list)) return undefined
  const keys = list.map(keyOf)
  if (!keys.every((key) => key !== undefined && key !== '')) return undefined
  return {
    name: nameOf(value, file),
    month: monthOf(value, file),
    createdAt: createdAtOf(value),
    keys: keys as string[],
    isProForma: /pro[_ -]?forma|billing-?group/i.test(
      JSON.stringify({ ...value, dataFiles: [], reportKeys: [], columns: [] }),
    ),
  }
}

function keyOf(entry: unknown): string | undefined {
  if (typeof entry === 'string') return entry
  if (typeof entry !== 'object' || entry === null) return undefined
  const { key, s3Key, path } = entry as Record<string, unknown>
  const found = key ?? s3Key ?? path
  return typeof found === 'string' ? found : undefined
}

function nameOf(value: Record<string, unknown>, file: string): string {
  for (const each of [value.name, value.exportName, value.reportName])
    if (typeof each === 'string' && each !== '') return each
  const arn =
    typeof value.exportArn === 'string' ? /export\/(.+?)(-[0-9a-f]{8}-[0-9a-f-]{27})?$/.exec(value.exportArn) : null
  return arn?.[1] ?? file.replace(/^.*\//, '').replace(/-?manifest\.json$/i, '')
}

function monthOf(value: Record<string, unknown>, file: string): string {
  const { billingPeriod } = value
  if (typeof billingPeriod === 'string' && /^\d{4}-\d\d/.test(billingPeriod)) return billingPeriod.slice(0, 7)
  const start = (billingPeriod as { start?: unknown } | undefined)?.start
  const day = typeof start === 'string' ? /^(\d{4})-?(\d\d)/.exec(start) : null
  if (day) return `${day[1]}-${day[2]}`
  return /BILLING_PERIOD=(\d{4}-\d\d)/i.exec(file)?.[1] ?? ''
}

function createdAtOf(value: Record<string, unknown>): string {
  for (const each of [value.createdAt, value.creationTime, value.completedAt]) {
    if (typeof each !== 'string') continue
    const time = Date.parse(each)
    if (!Number.isNaN(time)) return new Date(time).toISOString()
  }
  return ''
}
