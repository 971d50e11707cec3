import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { emptyTally, literal, literals } from '../evidence/index.ts'
import { message } from '../language/index.ts'
import { ownerOfText } from './bulk-owners.ts'
import { SegmentWriter } from './bulk-segments.ts'
import { distinctNames, type RowShape } from './bulk-shape.ts'
import { compareVersions, touching } from './bulk-versions.ts'
import { quoted } from './json-columns.ts'
import type { BulkContext, BulkReading, Delivery, FoundFile, RowFault } from './room.ts'

/** What a small file gave: rows by column, and what could not be read; or why it is not of its format. */
export type TableReading =
  | {
      rows: { row: number; values: Record<string, string | null> }[]
      bad: { row: number; faults: RowFault[]; raw: string }[]
      quirks: RowFault[]
    }
  | { refused: string }

/** Rows of small files. `columns` gives each column's SQL over texts of the same names. */
export interface TableShape extends RowShape {
  /** SQL of the identity over the texts; NULL parts count as empty. */
  key: string
  /** SQL of what else is told of it; the same told again is no news. */
  content: string
}

/**
 * Reads small files as wholes into bulk rows. What was received later wins, and of one delivery what stands later; the same
 * content told again is a duplicate.
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
  const lines: string[] = []
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
    for (const { row, values } of read.rows)
      lines.push(lineOf({ ...values, _file: file.name, _row: row, _seq: lines.length }))
    for (const { row, faults, raw } of read.bad)
      reading.rejects.push({ file: file.name, row, faults, raw, owner: ownerOfText(context.owners, raw) })
    reading.quirks.push(...counted(file.name, read.quirks))
    const [good, rejected] = [read.rows.length, read.bad.length]
    const sha256 = createHash('sha256').update(packed).digest('hex')
    reading.files.push({
      file: file.name,
      sha256,
      bytes: packed.length,
      tally: { ...emptyTally(), read: good + rejected, rejected, kept: good },
    })
    context.progress(bytes, lines.length)
  }
  if (reading.files.length > 0) {
    // A refused file takes nothing with it; it is told all the same.
    reading.notes.push(...reading.refused)
    reading.refused = []
  }
  if (lines.length > 0) await store(shape, lines, context, reading)
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

// Half a character is no text to DuckDB.
function lineOf(values: Record<string, string | number | null>): string {
  return JSON.stringify(values, (_, value: unknown) =>
    typeof value === 'string' ? value.replace(/\p{Cs}/gu, '\ufffd') : value,
  )
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

async function store(
  shape: TableShape,
  lines: readonly string[],
  context: BulkContext,
  reading: BulkReading,
): Promise<void> {
  const { engine, staging } = context
  const path = join(staging, 'rows.json')
  writeFileSync(path, lines.join('\n'))
  const texts = Object.keys(shape.columns).filter((name) => !name.startsWith('_'))
  const fields = [
    ...texts.map((name) => `${quoted(name)}: 'VARCHAR'`),
    `_file: 'VARCHAR'`,
    `_row: 'BIGINT'`,
    `_seq: 'BIGINT'`,
  ]
  const own = context.receivedAt
  const made = Object.entries(shape.columns).filter(
    ([name]) => !['_key', '_content', '_version', '_received', '_import'].includes(name),
  )
  await engine.run(`CREATE OR REPLACE TEMP TABLE told AS SELECT ${made.map(([name, sql]) => `${sql} AS ${quoted(name)}`).join(', ')},
    ${shape.key} AS _key, ${shape.content} AS _content, ${literal(own)} AS _received, ${literal(context.importId)} AS _import, _file, _row, _seq
    FROM read_json(${literal(path)}, format = 'newline_delimited', columns = {${fields.join(', ')}})`)
  rmSync(path)
  await versioned(shape, context)
  const writer = new SegmentWriter(shape, context)
  await writer.add('SELECT * EXCLUDE (_seq) FROM versioned ORDER BY _seq')
  await writer.finish()
  const compared = await compareVersions(writer.segments, shape, context, 1)
  for (const table of ['told', 'versioned', 'duplicates']) await engine.run(`DROP TABLE IF EXISTS ${table}`)
  reading.segments = writer.segments
  reading.dead = compared.dead
  for (const { file, tally } of reading.files) {
    tally.duplicate = compared.duplicate.get(file) ?? 0
    tally.superseded = compared.superseded.get(file) ?? 0
    tally.kept -= tally.duplicate + tally.superseded
  }
}

/**
 * Gives each row its version: the day it was received, and how often the fact had changed on that day. A row that says what the
 * newest known one says has that one's version, and so is its duplicate.
 */
async function versioned(shape: TableShape, context: BulkContext): Promise<void> {
  const { engine } = context
  const stamp = (fn: string) => `strftime(${fn}(${quoted(shape.happened)}), '%Y-%m-%dT%H:%M:%SZ')`
  const [span] = await engine.all<{ from: string; to: string }>(
    `SELECT ${stamp('min')} AS "from", ${stamp('max')} AS "to" FROM told`,
  )
  const known = span
    ? touching([{ id: '', path: '', dataset: '', owner: '', period: '', rows: 0, ...span }], shape, context)
    : []
  const before =
    known.length === 0
      ? `SELECT NULL::VARCHAR AS _key, NULL::VARCHAR AS content, NULL::VARCHAR AS version WHERE false`
      : `SELECT _key, arg_max(_content, _version) AS content, max(_version) AS version
          FROM read_parquet(${literals(known.map(({ path }) => path))}) WHERE _key IN (SELECT _key FROM told) GROUP BY _key`
  await engine.run(`CREATE OR REPLACE TEMP TABLE versioned AS
    WITH before AS (${before}),
    joined AS (SELECT t.*, b.content, b.version, left(b.version, 10) AS day, row_number() OVER w = 1 AS _first,
        lag(t._content) OVER w AS _last
      FROM told AS t LEFT JOIN before AS b ON b._key = t._key WINDOW w AS (PARTITION BY t._key ORDER BY t._seq)),
    steps AS (SELECT *, sum(CASE
        WHEN _first THEN CASE WHEN version IS NOT NULL AND day <= _received AND _content = content THEN 0 ELSE 1 END
        WHEN _content = _last THEN 0 ELSE 1 END) OVER (PARTITION BY _key ORDER BY _seq) AS _steps FROM joined)
    SELECT * EXCLUDE (content, version, day, _first, _last, _steps), CASE
        WHEN _steps = 0 THEN version
        WHEN day = _received THEN _received || '#' || lpad((substr(version, 12)::BIGINT + _steps)::VARCHAR, 6, '0')
        ELSE _received || '#' || lpad(_steps::VARCHAR, 6, '0') END AS _version
    FROM steps`)
}
