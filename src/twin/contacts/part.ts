import { addDays } from '../../language/index.ts'
import { startOfDay } from '../calendar.ts'
import { numbered } from '../faults.ts'
import type { Deployment, Output, Part, PartTruth, PlantedFault, World } from '../world.ts'
import { type Delivering, deliverDay } from './deliver.ts'
import {
  contactNumbers,
  contactsSection,
  deliveredDays,
  deliveredDeployments,
  deliveredMonths,
  hasNewlines,
} from './delivered.ts'
import { Firehose } from './firehose.ts'
import { keyOf, plannedFaults } from './plan.ts'
import { recordWriter } from './record.ts'

const MILLISECONDS_PER_SEAT_MONTH = 12

/** Contact records as the delivery stream writes them: of a few deployments and months, or of all. */
export const contactRecords: Part = {
  id: 'contacts',
  section: contactsSection,
  weight(world) {
    const months = deliveredMonths(world)
    return deliveredDeployments(world)
      .flatMap((deployment) =>
        months.map((month) => deployment.subscribersOn(month.last) * MILLISECONDS_PER_SEAT_MONTH),
      )
      .reduce((sum, each) => sum + each, 1)
  },
  write: writeContacts,
}

async function writeContacts(world: World, output: Output, progress: (done: number) => void): Promise<PartTruth> {
  const deployments = deliveredDeployments(world)
  const faults: Omit<PlantedFault, 'id'>[] = []
  const distinct: Record<string, number> = {}
  const records: Record<string, number> = {}
  let files = 0
  for (const [at, deployment] of deployments.entries()) {
    const firehose = firehoseOf(world, deployment)
    const to = { world, deployment, firehose, write: recordWriter(world, deployment) }
    await deliverDays(to, output, { faults, distinct, records }, (share) => progress((at + share) / deployments.length))
    files += firehose.files
  }
  const all = (of: Record<string, number>): number => Object.values(of).reduce((sum, each) => sum + each, 0)
  return {
    totals: {
      contactsDistinctDelivered: all(distinct),
      contactRecordsDelivered: all(records),
      contactFiles: files,
      contactsDistinctByDeploymentMonth: distinct,
      contactRecordsByDeploymentMonth: records,
    },
    faults: numbered(faults),
  }
}

function firehoseOf(world: World, deployment: Deployment): Firehose {
  const name = { folder: 'contacts', alias: deployment.alias, kind: 'ctr', hourly: true }
  return new Firehose(world, name, {
    minutesPerFile: contactNumbers(world).minutesPerFile,
    newline: hasNewlines(deployment),
  })
}

interface Tally {
  faults: Omit<PlantedFault, 'id'>[]
  /** By deployment and month in which the contact began. */
  distinct: Record<string, number>
  records: Record<string, number>
}

async function deliverDays(to: Delivering, output: Output, tally: Tally, progress: (share: number) => void) {
  const { world, deployment, firehose } = to
  const plan = plannedFaults(world)
  const days = deliveredDays(world)
  for (const [at, one] of days.entries()) {
    const before = firehose.records
    const { distinct, fault } = deliverDay(to, one, plan.get(keyOf(deployment, one.day)))
    if (fault !== undefined) tally.faults.push(fault)
    if (firehose.records > before) {
      const key = `${deployment.alias} ${one.day.slice(0, 7)}`
      tally.distinct[key] = (tally.distinct[key] ?? 0) + distinct
      tally.records[key] = (tally.records[key] ?? 0) + firehose.records - before
    }
    // After a gap nothing more comes to the files still open.
    const next = startOfDay(world.scenario.timeZone, addDays(one.day, 1)) * 60
    await firehose.flush(output, one.isLast ? Number.POSITIVE_INFINITY : next)
    progress((at + 1) / days.length)
  }
}
