// Bills and records have dozens of columns. What a person looks for first is shown first; the others when they are chosen.
const FIRST: Readonly<Record<string, readonly string[]>> = {
  'agent-events': ['event_at', 'event_type', 'status', 'status_type', 'previous_status', 'routing_profile'],
  'contact-records': ['initiated_at', 'channel', 'queue', 'queue_seconds', 'interaction_seconds', 'disconnect_reason'],
  'cost-and-usage': [
    'ChargePeriodStart',
    'ServiceName',
    'ChargeDescription',
    'SubAccountName',
    'BilledCost',
    'BillingCurrency',
  ],
  probes: ['started_at', 'ended_at', 'check_name', 'target', 'status', 'latency_ms'],
  'usage-metrics': ['started_at', 'ended_at', 'metric', 'digits', 'unit', 'instance'],
}
const PLACE = ['_file', '_row']
const FEW = 6

/** The columns in the order in which they are offered: those looked for first, the row's place, the rest. */
export function orderedColumns(dataset: string, columns: readonly string[]): { name: string; isFirst: boolean }[] {
  const wanted = (FIRST[dataset] ?? []).filter((name) => columns.includes(name))
  const usual = wanted.length > 0 ? wanted : columns.filter((name) => !name.startsWith('_')).slice(0, FEW)
  const first = [...usual, ...PLACE.filter((name) => columns.includes(name))]
  const rest = columns.filter((name) => !first.includes(name))
  return [...first.map((name) => ({ name, isFirst: true })), ...rest.map((name) => ({ name, isFirst: false }))]
}
