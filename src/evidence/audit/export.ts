import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { type AuditEntry, entryLine, parseEntryLine } from './chain.ts'

/** The export of a chain: one line for each entry. */
export async function* exportLines(entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>): AsyncGenerator<string> {
  for await (const entry of entries) yield `${entryLine(entry)}\n`
}

/** The entries of an export; a line that is none comes as undefined, which `verifyChain` names. */
export async function* readExport(path: string): AsyncGenerator<AuditEntry | undefined> {
  const input = createReadStream(path, { encoding: 'utf8' })
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) yield parseEntryLine(line)
  } finally {
    input.destroy()
  }
}
