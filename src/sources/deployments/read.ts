import { daysBetween, type IsoDate } from '../../language/index.ts'
import { timestamp, utcDay } from '../fields.ts'
import { personalOf, type RowGiven, readObjects, readRows, refusal } from '../reading.ts'
import type { FileReading, ReadFact, ReadRow, RecordFile, RowFault } from '../room.ts'
import { type DeploymentRow, deploymentRow, type StorageRow } from './terms.ts'

/** When an inventory was made. */
interface Export {
  at: string
  day: IsoDate
}

// An instance is set up within this time before it goes live; what is older served somebody else before.
const SETUP_DAYS = 180

/** DEP-1 to DEP-6: what an inventory says of each deployment on its day. */
export function read(file: RecordFile): FileReading {
  const found = readObjects(file, { lists: ['deployments'], known: ['InstanceAlias', 'AccountId'] })
  if ('refusal' in found) return found.refusal
  const { rows, document, whole } = found.json
  if (rows.length === 0) return refusal(file.name, 'no-rows')
  const moment = timestamp(String(document.exportedAt ?? ''))
  if ('fault' in moment) return refusal(file.name, 'undated-inventory')
  const made = { at: moment.value, day: utcDay(moment.value) }
  const read = readRows(rows, deploymentRow, (row) => factsOf(row, made), 'CustomerId')
  const isComplete = whole && document.complete === true && read.every((row) => row.rejected.length === 0)
  return { rows: isComplete ? read.map(completed) : read }
}

/** DEP-2: only a list that was read to the last row says what is not on it. */
function completed(row: ReadRow): ReadRow {
  const facts = row.facts.map((fact) =>
    fact.dataset === 'inventory' ? { ...fact, values: { ...fact.values, complete: true } } : fact,
  )
  return { ...row, facts }
}

function factsOf(row: DeploymentRow, made: Export): RowGiven {
  const { LiveFrom: from, LiveTo: to } = row
  if (to !== undefined && (from === undefined || to < from))
    return { faults: [{ code: 'ends-before-it-begins', field: 'LiveTo', detail: `${from ?? '?'} – ${to}` }] }
  const { owner, quirks } = ownerOf(row)
  const common = {
    deployment: row.InstanceAlias,
    instance: row.Id,
    account: row.AccountId,
    region: row.Region,
    ...(row.CustomerId === undefined ? {} : { customer: row.CustomerId }),
  }
  const storage = (row.Storage ?? []).map((each) => storageFact(each, row, { common, owner, made }))
  return {
    facts: [inventoryFact(row, { common, owner, made }), instanceFact(row, { common, owner, made }), ...storage],
    quirks,
  }
}

interface Common {
  common: ReadFact['values']
  owner: string
  made: Export
}

/** DEP-5: the customer, else the tag; without either the instance stands for itself until an inventory says whose it is. */
function ownerOf(row: DeploymentRow): { owner: string; quirks: RowFault[] } {
  const tagged = row.Tags?.customer
  const differs = row.CustomerId !== undefined && tagged !== undefined && tagged !== row.CustomerId
  const quirks: RowFault[] = differs ? [{ code: 'customer-differs', field: 'Tags.customer', detail: tagged }] : []
  const owner = row.CustomerId ?? tagged
  if (owner === undefined) quirks.push({ code: 'no-customer', field: 'CustomerId' })
  return { owner: owner ?? `instance:${row.Id}`, quirks }
}

function inventoryFact(row: DeploymentRow, { common, owner, made }: Common): ReadFact {
  const { LiveFrom: from, LiveTo: to, Subscribers: subscribers, InstanceStatus: state } = row
  const [workforce, quality] = [row.WorkforceManagement, row.QualityManagement]
  const status =
    from === undefined || from > made.day ? 'planned' : to !== undefined && to <= made.day ? 'ended' : 'live'
  return {
    dataset: 'inventory',
    key: `${made.day}|${row.Id}`,
    version: made.at,
    from: made.day,
    to: made.day,
    values: {
      ...common,
      status,
      exportedAt: made.at,
      ...(state === undefined ? {} : { instanceStatus: state }),
      ...(from === undefined ? {} : { liveFrom: from }),
      ...(to === undefined ? {} : { liveTo: to }),
      ...(subscribers === undefined ? {} : { subscribers }),
      ...(workforce === undefined ? {} : { workforceManagement: workforce }),
      ...(quality === undefined ? {} : { qualityManagement: quality }),
      ...(row.IdentityManagementType === undefined ? {} : { identity: row.IdentityManagementType }),
      ...(row.InboundCallsEnabled === undefined ? {} : { inbound: row.InboundCallsEnabled }),
      ...(row.OutboundCallsEnabled === undefined ? {} : { outbound: row.OutboundCallsEnabled }),
    },
    personal: personalOf({ customerName: row.CustomerName, contact: row.Contact }),
    owner,
  }
}

/** DEP-4: whose an instance and its account are, and since when. */
function instanceFact(row: DeploymentRow, { common, owner, made }: Common): ReadFact {
  const created = row.CreatedTime === undefined ? undefined : utcDay(row.CreatedTime)
  const live = row.LiveFrom
  const isSetUp = created !== undefined && (live === undefined || daysBetween(created, live) <= SETUP_DAYS)
  const from = isSetUp && (live === undefined || created <= live) ? created : (live ?? made.day)
  return {
    dataset: 'instances',
    key: `${row.Id}|${owner}`,
    version: made.at,
    from,
    to: from,
    values: {
      ...common,
      liveFrom: from,
      ...(row.LiveTo === undefined ? {} : { liveTo: row.LiveTo }),
    },
    owner,
  }
}

/** DEP-6: one fact for each place where an instance keeps data; without an encryption it is kept in the clear. */
function storageFact(store: StorageRow, row: DeploymentRow, { common, owner, made }: Common): ReadFact {
  const encryption = store.S3Config?.EncryptionConfig ?? store.KinesisVideoStreamConfig?.EncryptionConfig
  const place = store.S3Config?.BucketName ?? store.KinesisVideoStreamConfig?.Prefix
  const type = encryption?.EncryptionType
  return {
    dataset: 'storage',
    key: `${made.day}|${row.Id}|${store.ResourceType}`,
    version: made.at,
    from: made.day,
    to: made.day,
    values: {
      ...common,
      resource: store.ResourceType,
      storage: store.StorageType,
      encrypted: type !== undefined,
      ...(place === undefined ? {} : { place }),
      ...(type === undefined ? {} : { encryption: type }),
    },
    owner,
  }
}
