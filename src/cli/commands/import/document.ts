import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { emptyTally, type ImportReport } from '../../../evidence/index.ts'
import type { Ledger } from '../../../evidence/ledger/index.ts'
import { documentFact, documents } from '../../../sources/documents/index.ts'

/** What a person says of a file on the command line, without an index. */
export interface DocumentOptions {
  date?: string
  clause?: string
  status?: string
  title?: string
  signedBy?: string
  completedOn?: string
}

/** Files of any kind as evidence: their hashes, with what is said of them. `faults` when that cannot be. */
export async function importDocuments(
  ledger: Ledger,
  paths: readonly string[],
  said: DocumentOptions & { date: string },
  { receivedAt, dryRun }: { receivedAt: string; dryRun: boolean },
): Promise<ImportReport | { faults: { code: string; field: string; detail?: string }[] }> {
  const { commitRecords } = await import('../../../evidence/ledger/index.ts')
  const report: ImportReport = { dryRun, deliveries: [], unrecognised: [], problems: [], tally: emptyTally() }
  for (const path of paths) {
    const bytes = readFileSync(path)
    const name = basename(path)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const entry = { file: name, ...said, title: said.title ?? name }
    const { fact, faults } = documentFact(entry, { sha256, bytes: bytes.length })
    if (faults) return { faults }
    const told = { ...fact, grade: fact.grade ?? documents.grade, file: name, row: '1', sha256 }
    const brought = {
      source: documents.id,
      sourceVersion: documents.version,
      label: name,
      receivedAt,
      remarks: {},
      rejects: [],
    }
    // Its bytes alone are no repetition: the same file may speak of another clause.
    const file = { name, sha256, bytes: bytes.length, rejected: 0, rows: [[told]] }
    const { tally, files, replaced, import: id } = await commitRecords(ledger, brought, [file])
    const common = { quirks: [], rejects: [], refused: [], notes: [] }
    report.deliveries.push({
      ...common,
      source: documents.id,
      label: name,
      files,
      tally,
      replaced,
      ...(dryRun ? {} : { import: id }),
    })
    report.tally.read += tally.read
    report.tally.kept += tally.kept
    report.tally.duplicate += tally.duplicate
    report.tally.superseded += tally.superseded
  }
  return report
}
