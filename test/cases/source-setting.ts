import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { EvidenceFact } from '../../src/evidence/index.ts'
import type { FileReading, FoundFile, ReadFact, RecordSource } from '../../src/sources/room.ts'

/** A file as a case gives it. */
export interface GivenFile {
  /** Its name below the folder. */
  file: string
  given: string
  receivedAt?: string
  /** Files that lie beside it. */
  beside?: Record<string, { sha256: string; bytes: number }>
}

/** A case of a source whose facts are records. */
export interface SourceCase extends GivenFile {
  name: string
  rule: string | string[]
  /** The YAML file that it stands in. */
  place: string
  /** Files that are read after the first. */
  more?: GivenFile[]
  /** What is derived is derived of facts up to this day. */
  asOf?: string
  expect: {
    /** Whether the file is this source's by its content; true unless said. */
    recognised?: boolean
    /** Subsets of all facts, in their order. */
    facts?: object[]
    /** Subsets of what the source derives of the facts that stand, in their order. */
    derived?: object[]
    rejects?: object[]
    quirks?: object[]
    /** Code of the problem by which the file is refused. */
    refused?: string
  }
}

/** All cases of a source. */
export function casesOfSource(id: string): SourceCase[] {
  const folder = new URL(`../../src/sources/${id}/cases/`, import.meta.url)
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  return files.sort().flatMap((name) => {
    const list = parse(readFileSync(new URL(name, folder), 'utf8')) as SourceCase[] | null
    return (list ?? []).map((each) => ({ ...each, place: `src/sources/${id}/cases/${name}` }))
  })
}

const RECEIVED = '2026-07-01'

/** A file as the folder's search finds it. */
export function foundOf(file: GivenFile): FoundFile {
  const bytes = new TextEncoder().encode(file.given)
  const text = file.given.replace(/^\ufeff/, '').slice(0, 65_536)
  return {
    path: `/in/${file.file}`,
    name: file.file,
    bytes: bytes.length,
    gzip: false,
    head: bytes.slice(0, 65_536),
    text,
  }
}

/** What a source reads of a file. */
export function readingOf(room: RecordSource, file: GivenFile): FileReading {
  const bytes = new TextEncoder().encode(file.given)
  return room.read({
    name: file.file,
    bytes,
    text: file.given.replace(/^\ufeff/, ''),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    receivedAt: file.receivedAt ?? RECEIVED,
    beside: (name) => file.beside?.[name],
  })
}

/** The facts that stand after files were read one after another, as the ledger hands them to `derive`: newest version, else the later. */
export function factsOf(room: RecordSource, files: readonly GivenFile[], asOf = '9999-12-31'): EvidenceFact[] {
  const standing = new Map<string, { version: string; fact: EvidenceFact }>()
  for (const file of files)
    for (const row of readingOf(room, file).rows ?? [])
      for (const read of row.facts) {
        const key = `${read.dataset} ${read.key}`
        const before = standing.get(key)
        if (before && before.version > read.version) continue
        standing.set(key, { version: read.version, fact: factOf(read, room, file, row.row) })
      }
  return [...standing.values()].map(({ fact }) => fact).filter((fact) => fact.to <= asOf)
}

function factOf(read: ReadFact, room: RecordSource, file: GivenFile, row: number): EvidenceFact {
  const { dataset, from, to, values, grade = room.grade } = read
  const receivedAt = file.receivedAt ?? RECEIVED
  return {
    dataset,
    from,
    to,
    values,
    grade,
    receivedAt,
    source: room.id,
    file: file.file,
    row: String(row),
    sha256: 'x',
  }
}
