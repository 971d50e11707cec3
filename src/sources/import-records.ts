import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { breathe, emptyTally, type ImportedDelivery, PARTNER, type Quirk } from '../evidence/index.ts'
import {
  type BroughtFile,
  commitRecords,
  importOfFile,
  type RejectedRow,
  type ToldFact,
} from '../evidence/ledger/index.ts'
import { message, type Problem } from '../language/index.ts'

import type { ImportRequest, Pace } from './import-request.ts'
import type { FoundFile, ReadRow, RecordFile, RecordSource } from './room.ts'

// Record files are exports of people's systems; what is larger than this is no such file.
const LARGEST = 256 * 1024 * 1024
const SHOWN = 5

/** Imports files of records, each a delivery of its own; `named` collects files that an index speaks for. */
export async function importRecords(
  request: ImportRequest,
  room: RecordSource,
  files: readonly FoundFile[],
  pace: Pace,
  named: Set<string>,
): Promise<ImportedDelivery[]> {
  const deliveries: ImportedDelivery[] = []
  for (const file of files) {
    await breathe()
    pace.tell(room.id, file.name)
    deliveries.push(await importFile(request, room, file, named))
    pace.bytes += file.bytes
    pace.rows += deliveries.at(-1)?.tally.read ?? 0
    pace.tell(room.id, file.name)
  }
  return deliveries
}

async function importFile(
  request: ImportRequest,
  room: RecordSource,
  file: FoundFile,
  named: Set<string>,
): Promise<ImportedDelivery> {
  const delivery = emptyDelivery(room.id, file.name)
  const opened = opens(file)
  if ('code' in opened) return { ...delivery, refused: [opened] }
  const { receivedAt, ledger } = request
  const beside = (name: string) => besideFile(file, name, named)
  const input: RecordFile = { ...opened, name: file.name, receivedAt, beside }
  const before = await importOfFile(ledger, room, file.bytes, async () => opened.sha256, receivedAt, file.name)
  if (before) {
    // An index is read all the same: the files that it names are not unknown.
    if (opened.text.length < 1_000_000) room.read(input)
    delivery.files.push({ name: file.name, tally: before.tally, already: before.import })
    return { ...delivery, tally: before.tally }
  }
  const reading = room.read(input)
  if (reading.refused) return { ...delivery, refused: reading.refused }
  const rejects = reading.rows.filter((row) => row.rejected.length > 0)
  const brought: BroughtFile = {
    name: file.name,
    sha256: opened.sha256,
    bytes: file.bytes,
    rejected: rejects.length,
    rows: reading.rows.filter((row) => row.rejected.length === 0).map((row) => toldBy(row, room, file, opened.sha256)),
  }
  const quirks = quirksOf(reading.rows, file.name)
  const rejected = rejects.map((row) => rejectOf(row, file.name))
  const committed = await commitRecords(
    ledger,
    {
      source: room.id,
      sourceVersion: room.version,
      label: file.name,
      receivedAt,
      remarks: { quirks },
      rejects: rejected,
    },
    [brought],
  )
  return {
    ...delivery,
    ...(request.dryRun ? {} : { import: committed.import }),
    files: committed.files,
    tally: committed.tally,
    replaced: committed.replaced,
    quirks,
    rejects: rejected.slice(0, SHOWN),
  }
}

/** A delivery of which nothing is known yet. */
export function emptyDelivery(source: string, label: string): ImportedDelivery {
  return { source, label, files: [], tally: emptyTally(), replaced: 0, quirks: [], rejects: [], refused: [], notes: [] }
}

function toldBy(row: ReadRow, room: RecordSource, file: FoundFile, sha256: string): ToldFact[] {
  return row.facts.map((fact) => ({
    ...fact,
    grade: fact.grade ?? room.grade,
    file: file.name,
    row: String(row.row),
    sha256,
  }))
}

function rejectOf(row: ReadRow, file: string): RejectedRow {
  return { file, row: row.row, faults: row.rejected, raw: row.raw, owner: row.owner ?? PARTNER }
}

function quirksOf(rows: readonly ReadRow[], file: string): Quirk[] {
  const counts = new Map<string, Quirk>()
  for (const { code, field } of rows.flatMap((row) => row.quirks ?? [])) {
    const key = `${code} ${field}`
    const quirk = counts.get(key) ?? { file, code, field, count: 0 }
    quirk.count += 1
    counts.set(key, quirk)
  }
  return [...counts.values()]
}

interface Opened {
  bytes: Uint8Array
  text: string
  sha256: string
}

function opens(file: FoundFile): Opened | Problem {
  if (file.bytes > LARGEST) return refusal('import/too-large', file)
  const packed = readFileSync(file.path)
  // A file that grew or shrank since it was found is still being written.
  if (packed.length !== file.bytes || statSync(file.path).size !== file.bytes) return refusal('import/changing', file)
  const sha256 = createHash('sha256').update(packed).digest('hex')
  let bytes: Uint8Array = packed
  try {
    if (file.gzip) bytes = gunzipSync(packed, { maxOutputLength: LARGEST })
  } catch {
    return refusal('import/broken-gzip', file)
  }
  try {
    return { bytes, sha256, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    // Spreadsheets on Windows still write their own encoding; every byte of it is some character.
    return { bytes, sha256, text: new TextDecoder('windows-1252').decode(bytes) }
  }
}

/** Why a file is refused as a whole. */
export function refusal(code: string, file: { path: string; name: string }): Problem {
  return {
    code,
    where: { file: file.path, line: 1, column: 1, endLine: 1, endColumn: 1 },
    message: message(code, { file: file.name }),
    fix: message(`${code}.fix`),
  }
}

function besideFile(index: FoundFile, name: string, named: Set<string>): { sha256: string; bytes: number } | undefined {
  const path = join(dirname(index.path), name)
  const inside = !name.split(/[\\/]/).includes('..') && existsSync(path) && statSync(path).isFile()
  if (!inside) return undefined
  named.add(path)
  const bytes = readFileSync(path)
  return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }
}
