import type { TableShape } from '../table-shape.ts'

/** MET-1, MET-2: values of metrics as rows. The exact digits stay beside the number. */
export const USAGE_METRICS: TableShape = {
  dataset: 'usage-metrics',
  columns: {
    instance: 'instance',
    deployment: 'deployment',
    metric: 'metric',
    started_at: 'started_at::TIMESTAMP',
    ended_at: 'ended_at::TIMESTAMP',
    first_day: 'first_day::DATE',
    last_day: 'last_day::DATE',
    interval: '"interval"',
    // Most fit into 18 digits, and are read a hundred times as fast so.
    value: 'coalesce(try_cast(value AS DECIMAL(18, 10))::DECIMAL(38, 10), value::DECIMAL(38, 10))',
    digits: 'value',
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
  content: `concat_ws('|', value, coalesce(unit, ''))`,
  inner: ['metric', 'value', 'threshold'],
}

/** Metrics of GetMetricDataV2 whose values of several intervals and deployments may be added: counts and sums of time. */
export function isAdditive(metric: string): boolean {
  return (
    /^(?:CONTACTS_(?!RESOLVED_IN_X)|SUM_|EVALUATIONS_PERFORMED$|AGENT_NON_RESPONSE)/.test(metric) ||
    /_COUNT$/.test(metric)
  )
}
