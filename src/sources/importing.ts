import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { addTally, emptyTally, type ImportReport } from '../evidence/index.ts'
import { message, type Problem } from '../language/index.ts'
import { findFiles } from './find-files.ts'
import { importBulk } from './import-bulk.ts'
import { importRecords, refusal } from './import-records.ts'

import type { ImportRequest, Pace } from './import-request.ts'
import type { FoundFile, SourceRoom } from './room.ts'

/**
 * Imports files: each file's source is recognised by its content, what comes first in the sources' order is imported first, each
 * delivery is one transaction. Files that nobody knows are named, never dropped in silence.
 */
export async function importFiles(request: ImportRequest): Promise<ImportReport> {
  // A rehearsal goes all the way: what a later file would be depends on what an earlier one would have brought.
  return request.dryRun ? request.ledger.rehearse(() => importAll(request)) : importAll(request)
}

async function importAll(request: ImportRequest): Promise<ImportReport> {
  const report: ImportReport = {
    dryRun: request.dryRun ?? false,
    deliveries: [],
    unrecognised: [],
    problems: [],
    tally: emptyTally(),
  }
  const found = findFiles(request.paths)
  const { bySource, unknown, problems } = sorted(found, request)
  report.problems.push(...problems)
  const pace = paceOf(found, request)
  const named = new Set<string>()
  for (const [room, files] of bySource) {
    const deliveries =
      room.store === 'records'
        ? await importRecords(request, room, files, pace, named)
        : await importBulk(request, room, files, pace, report.problems)
    for (const delivery of deliveries) addTally(report.tally, delivery.tally)
    report.deliveries.push(...deliveries)
  }
  report.unrecognised = unknown.filter((file) => !named.has(file.path)).map((file) => file.name)
  return report
}

function paceOf(found: readonly FoundFile[], request: ImportRequest): Pace {
  const pace: Pace = {
    bytes: 0,
    bytesTotal: found.reduce((total, file) => total + file.bytes, 0),
    rows: 0,
    tell: (source, label) => {
      const { bytes, bytesTotal, rows } = pace
      request.onProgress?.({ source, label, bytes, bytesTotal, rows })
    },
  }
  return pace
}

function sorted(found: readonly FoundFile[], { rooms, source }: ImportRequest) {
  const ordered = [...rooms].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
  const bySource = new Map<SourceRoom, FoundFile[]>()
  const unknown: FoundFile[] = []
  const problems: Problem[] = []
  for (const file of found) {
    const room = ordered.find((each) => (source === undefined || each.id === source) && each.recognise(file))
    if (room) {
      const files = bySource.get(room)
      if (files) files.push(file)
      else bySource.set(room, [file])
    } else if (isBroken(file)) problems.push(refusal('import/broken-gzip', file))
    else if (source === undefined) unknown.push(file)
    else problems.push(notOfSource(file, source, ordered))
  }
  const inOrder = ordered.flatMap((room) => {
    const files = bySource.get(room)
    return files ? [[room, files] as const] : []
  })
  return { bySource: inOrder, unknown, problems }
}

const TRIED = 64 * 1024 * 1024

// Packed, and nobody knows what is in it: whose it is cannot be said, but that it is broken or cut off can.
function isBroken(file: FoundFile): boolean {
  if (!file.gzip || file.bytes > TRIED) return false
  try {
    gunzipSync(readFileSync(file.path), { maxOutputLength: TRIED })
    return false
  } catch (error) {
    return codeOf(error) !== 'ERR_BUFFER_TOO_LARGE'
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

function notOfSource(file: FoundFile, source: string, rooms: readonly SourceRoom[]): Problem {
  const other = rooms.find((each) => each.recognise(file))
  const code = other ? 'import/other-source' : 'import/not-of-source'
  return {
    code,
    where: { file: file.path, line: 1, column: 1, endLine: 1, endColumn: 1 },
    message: message(code, {
      file: file.name,
      source: { word: `source.${source}` },
      other: { word: `source.${other?.id ?? source}` },
    }),
    fix: message(`${code}.fix`, { source: { word: `source.${source}.files` }, other: other?.id ?? source }),
  }
}
