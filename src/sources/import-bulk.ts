import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { addTally, hashFile, type ImportedDelivery, type KnownSegment } from '../evidence/index.ts'
import { commitBulk, importsOfFiles, newImportId } from '../evidence/ledger/index.ts'
import type { Problem } from '../language/index.ts'
import { emptyDelivery } from './import-records.ts'

import type { ImportRequest, Pace } from './import-request.ts'
import { namingDamage } from './naming-damage.ts'
import { ownersOf } from './owners.ts'
import type { BulkContext, BulkReading, BulkSource, Delivery, FoundFile } from './room.ts'

const SHOWN = 5
const LATEST = '9999-12-31'
// Bytes of a delivery, packed as they are, from which two threads are quicker than one.
const LARGE = 2 * 2 ** 20

/** Imports files of a bulk source, delivery by delivery. */
export async function importBulk(
  request: ImportRequest,
  room: BulkSource,
  files: readonly FoundFile[],
  pace: Pace,
  problems: Problem[],
): Promise<ImportedDelivery[]> {
  const { deliveries, notes } = room.deliveries(files)
  problems.push(...notes)
  const done: ImportedDelivery[] = []
  try {
    for (const delivery of deliveries) done.push(await importDelivery(request, room, delivery, pace))
  } finally {
    if (deliveries.length > 0) await (await request.ledger.engine()).single(false)
  }
  return done
}

async function importDelivery(
  request: ImportRequest,
  room: BulkSource,
  whole: Delivery,
  pace: Pace,
): Promise<ImportedDelivery> {
  const result = emptyDelivery(room.id, whole.label)
  pace.tell(room.id, whole.label)
  const delivery = await withoutKnown(request, room, whole, result)
  if (delivery.files.length === 0) {
    pace.bytes += bytesOf(whole.files)
    return result
  }
  const { ledger } = request
  const staging = ledger.staging()
  const importId = newImportId(ledger.now())
  try {
    await (await ledger.engine()).single(bytesOf(delivery.files) < LARGE)
    const context = await contextOf(request, importId, staging, room, delivery, pace)
    const reading = await namingDamage(ledger, () => room.read(delivery, context))
    told(result, reading)
    pace.bytes += bytesOf(whole.files)
    pace.rows += reading.files.reduce((rows, file) => rows + file.tally.read, 0)
    pace.tell(room.id, whole.label)
    if (reading.refused.length > 0) return result
    for (const { file, tally } of reading.files) {
      result.files.push({ name: file, tally })
      addTally(result.tally, tally)
    }
    const { receivedAt } = request
    const remarks = { quirks: reading.quirks, notes: reading.notes.map((note) => note.code) }
    const common = { source: room.id, sourceVersion: room.version, label: whole.label, receivedAt, remarks }
    const committed = await commitBulk(ledger, { ...reading, ...common, import: importId })
    return request.dryRun ? result : { ...result, import: committed.import }
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

function told(result: ImportedDelivery, reading: BulkReading): void {
  result.refused = reading.refused
  result.notes = reading.notes
  result.quirks = reading.quirks
  result.replaced = reading.replaces.length
  result.rejects = reading.rejects.slice(0, SHOWN).map(({ file, row, faults }) => ({ file, row, faults }))
}

function bytesOf(files: readonly FoundFile[]): number {
  return files.reduce((total, file) => total + file.bytes, 0)
}

/** The delivery without files that went in before, byte for byte; a delivery that is one version of a whole goes in whole or not at all. */
async function withoutKnown(
  { ledger, receivedAt }: ImportRequest,
  room: BulkSource,
  delivery: Delivery,
  result: ImportedDelivery,
): Promise<Delivery> {
  const known = []
  const fresh: FoundFile[] = []
  const knownFile = await importsOfFiles(ledger, room, receivedAt)
  for (const file of delivery.files) {
    const before = await knownFile(file.bytes, () => hashFile(file.path))
    if (before) known.push({ file, before })
    else fresh.push(file)
  }
  if (room.whole && fresh.length > 0) return delivery
  for (const { file, before } of known) {
    result.files.push({ name: file.name, tally: before.tally, already: before.import })
    addTally(result.tally, before.tally)
  }
  return { ...delivery, files: fresh }
}

async function contextOf(
  request: ImportRequest,
  importId: string,
  staging: string,
  room: BulkSource,
  delivery: Delivery,
  pace: Pace,
): Promise<BulkContext> {
  const { ledger } = request
  // Every version counts for comparison, also one that is to be seen later only.
  const view = await ledger.bulk(LATEST)
  const settings = new Map([...(await ledger.settings(LATEST)), ...(request.settings ?? [])])
  const begun = pace.bytes
  const rows = pace.rows
  return {
    engine: await ledger.engine(),
    staging,
    importId,
    segmentId: () => `${importId}-${randomUUID().slice(0, 8)}`,
    known: (dataset, span) =>
      view.segments
        .filter((each) => each.dataset === dataset && (!span || (each.from <= span.to && each.to >= span.from)))
        .map((each): KnownSegment => ({ ...each, path: ledger.at(each.path) })),
    owners: await ownersOf(ledger),
    receivedAt: request.receivedAt,
    progress: (bytes, seen) => {
      pace.bytes = begun + bytes
      pace.rows = rows + seen
      pace.tell(room.id, delivery.label)
      pace.bytes = begun
      pace.rows = rows
    },
    setting: (name) => settings.get(name),
  }
}
