import { PARTNER } from '../../evidence/index.ts'
import { YamlSource } from '../../language/index.ts'
import { refusal } from '../reading.ts'
import type { FileReading, ReadRow, RecordFile, RowFault } from '../room.ts'
import { documentFact } from './document-fact.ts'
import { documentEntry } from './terms.ts'

/** SDO-1 to SDO-5: an index of documents that lie beside it. */
export function read(file: RecordFile): FileReading {
  const source = new YamlSource(file.text, file.name)
  if (source.problems.length > 0) return { refused: source.problems }
  const list = (source.data as { documents?: unknown } | null)?.documents
  if (!Array.isArray(list) || list.length === 0) return refusal(file.name, 'no-documents')
  const lines = file.text.split(/\r\n|\n|\r/)
  return {
    rows: list.map((entry: unknown, at): ReadRow => {
      const { line, endLine } = source.spanAt(['documents', at])
      const raw = lines.slice(line - 1, Math.max(line, endLine)).join('\n')
      return { row: at + 1, raw, owner: PARTNER, ...entryRead(entry, file) }
    }),
  }
}

function entryRead(entry: unknown, file: RecordFile): Pick<ReadRow, 'facts' | 'rejected'> {
  const parsed = documentEntry.safeParse(withoutNothing(entry))
  if (!parsed.success) return { facts: [], rejected: parsed.error.issues.flatMap(faultsOf) }
  const { file: name } = parsed.data
  const found = isBelow(name) ? file.beside?.(name) : undefined
  if (!found) return { facts: [], rejected: [{ code: 'document-missing', field: 'file' }] }
  const { fact, faults } = documentFact(parsed.data, found)
  return fact ? { facts: [fact], rejected: [] } : { facts: [], rejected: faults }
}

// A key without a value says nothing.
function withoutNothing(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null))
}

// An index speaks for what lies beside and below it, not for files elsewhere on the machine.
function isBelow(name: string): boolean {
  return !/^(?:[/\\]|[A-Za-z]:)/.test(name) && !name.split(/[/\\]/).includes('..')
}

function faultsOf(issue: { code: string; path: PropertyKey[]; keys?: string[] }): RowFault[] {
  if (issue.code === 'unrecognized_keys') return (issue.keys ?? []).map((field) => ({ code: 'unknown-field', field }))
  const field = issue.path.map(String).join('.')
  if (field === '') return [{ code: 'not-a-structure', field: 'documents' }]
  return [{ code: /^(?:date|.*On)$/.test(field) ? 'not-a-day' : 'bad-field', field }]
}
