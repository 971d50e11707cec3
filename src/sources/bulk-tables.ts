import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { emptyTally } from '../evidence/index.ts'
import { message } from '../language/index.ts'
import { ownerOfText } from './bulk-owners.ts'
import { distinctNames } from './bulk-shape.ts'
import { compareVersions } from './bulk-versions.ts'
import type { BulkContext, BulkReading, Delivery, FoundFile, RowFault } from './room.ts'
import { writeSegments } from './table-segments.ts'
import type { TableReading, TableShape } from './table-shape.ts'
import { TableLots } from './table-staging.ts'
import { tellVersions } from './table-versions.ts'

/**
 * Reads small files as wholes into bulk rows, which are on disk as soon as they are read: memory does not grow with them. What was
 * received later wins, and of one delivery what stands later; the same content told again is a duplicate.
 */
export async function readTables(
  shape: TableShape,
  parse: (text: string, file: FoundFile) => TableReading,
  delivery: Delivery,
  context: BulkContext,
): Promise<BulkReading> {
  const reading: BulkReading = {
    files: [],
    segments: [],
    dead: [],
    replaces: [],
    rejects: [],
    quirks: [],
    refused: [],
    notes: [],
  }
  const staged = new TableLots(shape, context)
  let bytes = 0
  const names = distinctNames(delivery.files)
  for (const [index, given] of delivery.files.entries()) {
    const file = { ...given, name: names[index] ?? given.name }
    const { packed, text, fault } = unpacked(file)
    const read = fault === undefined ? parse(text, file) : { refused: fault }
    bytes += file.bytes
    if ('refused' in read) {
      reading.refused.push(refusal(read.refused, file.name))
      continue
    }
    const before = staged.rows
    await staged.add(file.name, read.rows)
    for (const { row, faults, raw } of read.bad)
      reading.rejects.push({ file: file.name, row, faults, raw, owner: ownerOfText(context.owners, raw) })
    reading.quirks.push(...counted(file.name, read.quirks))
    const [good, rejected] = [staged.rows - before, read.bad.length]
    const sha256 = createHash('sha256').update(packed).digest('hex')
    reading.files.push({
      file: file.name,
      sha256,
      bytes: packed.length,
      tally: { ...emptyTally(), read: good + rejected, rejected, kept: good },
    })
    context.progress(bytes, staged.rows)
  }
  if (reading.files.length > 0) {
    // A refused file takes nothing with it; it is told all the same.
    reading.notes.push(...reading.refused)
    reading.refused = []
  }
  if (staged.rows > 0) await store(shape, staged, context, reading)
  return reading
}

function unpacked(file: FoundFile): { packed: Buffer; text: string; fault?: string } {
  const packed = readFileSync(file.path)
  try {
    const plain = file.gzip ? gunzipSync(packed) : packed
    return { packed, text: plain.toString('utf8').replace(/^\ufeff/, '') }
  } catch {
    return { packed, text: '', fault: 'gzip-broken' }
  }
}

function refusal(code: string, file: string) {
  const id = `source.refused.${code}`
  const where = { file, line: 1, column: 1, endLine: 1, endColumn: 1 }
  return { code: id, where, message: message(id), fix: message(`${id}.fix`) }
}

function counted(file: string, quirks: readonly RowFault[]): BulkReading['quirks'] {
  const counts = new Map<string, BulkReading['quirks'][number]>()
  for (const { code, field } of quirks) {
    const key = `${code}\0${field}`
    const entry = counts.get(key) ?? { file, code, field, count: 0 }
    entry.count += 1
    counts.set(key, entry)
  }
  return [...counts.values()]
}

async function store(shape: TableShape, staged: TableLots, context: BulkContext, reading: BulkReading): Promise<void> {
  const lots = await staged.finish()
  const isTold = await tellVersions(shape, lots, context)
  reading.segments = await writeSegments(shape, lots, context, isTold)
  staged.remove()
  // What nobody told twice needs no comparison.
  if (!isTold) return
  const compared = await compareVersions(reading.segments, shape, context, 1)
  for (const table of ['versioned', 'duplicates']) await context.engine.run(`DROP TABLE IF EXISTS ${table}`)
  reading.dead = compared.dead
  for (const { file, tally } of reading.files) {
    tally.duplicate = compared.duplicate.get(file) ?? 0
    tally.superseded = compared.superseded.get(file) ?? 0
    tally.kept -= tally.duplicate + tally.superseded
  }
}
