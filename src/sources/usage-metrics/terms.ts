import type { TableShape } from '../bulk-tables.ts'

/** MET-1, MET-2: values of metrics as rows. The exact digits stay beside the number. */
export const USAGE_METRICS: TableShape = {
  dataset: 'usage-metrics',
  columns: {
    instance: 'instance',
    deployment: 'deployment',
    metric: 'metric',
    started_at: 'started_at::TIMESTAMPTZ::TIMESTAMP',
    ended_at: 'ended_at::TIMESTAMPTZ::TIMESTAMP',
    first_day: 'first_day::DATE',
    last_day: 'last_day::DATE',
    interval: '"interval"',
    value: 'value::DECIMAL(38, 10)',
    digits: 'digits',
    unit: 'unit',
    currency: 'currency',
    threshold: 'threshold',
    dimensions: 'dimensions',
    origin: 'origin',
    _key: '_key',
    _content: '_content',
    _version: '_version',
    _received: '_received',
    _import: '_import',
  },
  personal: {},
  instance: 'instance',
  happened: 'started_at',
  identity: '_key',
  version: '_version',
  key: `concat_ws('|', coalesce(instance, ''), coalesce(deployment, ''), metric, coalesce(threshold, ''), started_at, ended_at, coalesce(dimensions, ''), coalesce(currency, ''))`,
  content: `concat_ws('|', digits, coalesce(unit, ''))`,
}

/** Metrics of GetMetricDataV2 whose values of several intervals and deployments may be added: counts and sums of time. */
export function isAdditive(metric: string): boolean {
  return (
    /^(?:CONTACTS_(?!RESOLVED_IN_X)|SUM_|EVALUATIONS_PERFORMED$|AGENT_NON_RESPONSE)/.test(metric) ||
    /_COUNT$/.test(metric)
  )
}
