import type { KnownKind, Reads } from '../agreement/index.ts'
import { readData, type Words } from '../language/index.ts'
import { accreditation } from './accreditation/index.ts'
import { activity } from './activity/index.ts'
import { certification } from './certification/index.ts'
import { commitment } from './commitment/index.ts'
import { creditBand } from './credit-band/index.ts'
import { customerMetric } from './customer-metric/index.ts'
import { definition } from './definition/index.ts'
import { documentControl } from './document-control/index.ts'
import { exit } from './exit/index.ts'
import { fund } from './fund/index.ts'
import { growthInitiative } from './growth-initiative/index.ts'
import { implementation } from './implementation/index.ts'
import { managedService } from './managed-service/index.ts'
import { partnerTier } from './partner-tier/index.ts'
import { price } from './price/index.ts'
import { provision } from './provision/index.ts'
import { relationship } from './relationship/index.ts'
import { residency } from './residency/index.ts'
import { responsibility } from './responsibility/index.ts'
import { review } from './review/index.ts'
import type { ClauseRoom } from './room.ts'
import { rule } from './rule/index.ts'
import { service } from './service/index.ts'
import { serviceLevel } from './service-level/index.ts'
import { standard } from './standard/index.ts'
import { term } from './term/index.ts'
import { training } from './training/index.ts'

/** Every room of `clauses/`; a test keeps the list complete. */
export const clauseRooms = [
  accreditation,
  activity,
  certification,
  commitment,
  creditBand,
  customerMetric,
  definition,
  documentControl,
  exit,
  fund,
  growthInitiative,
  implementation,
  managedService,
  partnerTier,
  price,
  provision,
  relationship,
  residency,
  responsibility,
  review,
  rule,
  service,
  serviceLevel,
  standard,
  term,
  training,
] as unknown as ClauseRoom[]

/** The rooms with their vocabularies, as the reader takes them. */
export function knownKinds(): KnownKind[] {
  return clauseRooms.map((room) => ({
    kind: room,
    reads: readData(new URL(`./${room.id}/reads.yaml`, import.meta.url)) as Reads,
  }))
}

/** What all rooms say, by message id, with the words that rooms share. */
export function clauseWords(): Words {
  const shared = readData(new URL('./words.yaml', import.meta.url)) as Words
  return Object.assign(
    {},
    shared,
    ...clauseRooms.map((room) => readData(new URL(`./${room.id}/words.yaml`, import.meta.url)) as Words),
  )
}
