import { closeSync, openSync, rmSync, symlinkSync, writeSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { literal } from '../../evidence/index.ts'
import type { Problem } from '../../language/index.ts'
import { csvColumns } from '../csv-rows.ts'
import type { BulkContext, BulkReject, FoundFile } from '../room.ts'
import { bind, type Input, layoutOf, textFields } from './binding.ts'
import { parquetInput, type Written, writeParquet } from './columnar.ts'
import { type Contents, isSame, markOf, readContents } from './contents.ts'
import type { WrittenColumn } from './csv-cells.ts'
import { writeRecords } from './csv-input.ts'
import { isParquet, isWholeParquet } from './footer.ts'
import { problem } from './problems.ts'
import { delimiterOf } from './recognise.ts'
import { rejectsOf, type WrittenAt } from './rejects.ts'
import { rowsSql } from './rows-sql.ts'
import { type Oddity, type Survey, survey } from './survey.ts'
import { COLUMNS } from './terms.ts'

/** One file, its good rows in canonical form beside the ledger. */
export interface StagedFile {
  file: string
  sha256: string
  bytes: number
  read: number
  /** Parquet with the good rows; undefined when there is none. */
  rows?: string
  rejects: BulkReject[]
  oddities: Oddity[]
}

/** How a file went: staged, or why it cannot be read at all. */
export type Staging = { staged: StagedFile } | { refused: Problem[] }

/** What is the same for all files of a delivery. */
export interface Stage {
  context: BulkContext
  deliveredAt: string
  /** Names the files in the staging folder. */
  number: number
  progress: (bytes: number, rows: number) => void
}

/** Reads one file: verifies its stream, makes canonical rows of what can be read, tells what cannot. */
export async function stageFile(file: FoundFile, stage: Stage): Promise<Staging> {
  const before = markOf(file.path)
  if (!before || before.size !== BigInt(file.bytes))
    return { refused: [problem('refused.changed', file.name, {}, true)] }
  const staging = isParquet(file.head) ? await fromParquet(file, stage) : await fromCsv(file, stage)
  if (!isSame(before, markOf(file.path))) return { refused: [problem('refused.changed', file.name, {}, true)] }
  return staging
}

function refusal(code: string, file: FoundFile, detail = ''): Staging {
  return { refused: [problem(code, file.name, { detail }, true)] }
}

async function fromCsv(file: FoundFile, stage: Stage): Promise<Staging> {
  // No statement of the engine can hold a zero byte.
  const names = csvColumns(file.text).map((name) => name.replaceAll('\0', '\ufffd'))
  const path = join(stage.context.staging, `records-${stage.number}.csv`)
  const written = await writeRecords(file, names, delimiterOf(file.text), path, stage.progress)
  if (written.refused) return refusal(written.refused, file, written.detail)
  const fields = textFields(names)
  const columns = [`'_record': 'BIGINT'`, ...fields.map(({ sql }) => `'${sql.slice(1, -1)}': 'VARCHAR'`)]
  const options = [
    `columns = {${columns.join(', ')}}`,
    `delim = ${literal(written.delimiter)}`,
    `header = false, auto_detect = false, quote = '"', escape = '"', nullstr = '', strict_mode = true`,
    // Line breaks in quotes cannot be told from others where the engine begins in the middle of a file.
    ...(written.hasLineBreaks ? ['parallel = false'] : []),
  ]
  const columnOf = (at: number): WrittenColumn => written.columns[at] as WrittenColumn
  const input: Input = {
    from: `read_csv(${literal(path)}, ${options.join(', ')})`,
    row: '_record',
    fields,
    rows: written.good,
    nulls: new Map(names.map((name, at) => [name, written.nulls[at] ?? 0])),
    given: new Map(names.map((name, at) => [name, columnOf(at).given])),
    ordinary: new Map(
      names.flatMap((name, at) => (columnOf(at).isOrdinary ? [[name, columnOf(at).digits] as const] : [])),
    ),
    // An empty cell is NULL to the engine, in quotes too.
    filled: new Set(names),
    full: new Set(names.filter((_, at) => columnOf(at).given === written.good)),
    empty: new Set(names.filter((_, at) => columnOf(at).given === 0)),
  }
  const staging = await stageInput(file, input, stage, { path, cells: names.length, delimiter: written.delimiter })
  rmSync(path, { force: true })
  if ('refused' in staging) return staging
  const { staged } = staging
  staged.read += written.rejects.length
  staged.rejects = [...written.rejects, ...staged.rejects].sort((a, b) => a.row - b.row)
  if (written.delimiter !== ',') staged.oddities.push({ code: 'delimiter', field: '', count: 1 })
  return { staged: { ...staged, sha256: written.sha256, bytes: written.bytes } }
}

async function fromParquet(file: FoundFile, stage: Stage): Promise<Staging> {
  // A name of our own: the engine takes brackets and stars in a path for a pattern.
  const path = join(stage.context.staging, `input-${stage.number}.parquet`)
  const progress = (bytes: number): void => stage.progress(bytes, 0)
  try {
    if (file.gzip) {
      const handle = openSync(path, 'w')
      const contents = await readContents(file, (chunk) => void writeSync(handle, chunk), progress)
      closeSync(handle)
      return contents.refused
        ? refusal(contents.refused, file, contents.detail)
        : withHash(await tryParquet(file, path, stage), contents)
    }
    symlinkSync(resolve(file.path), path)
    // Hashed while the engine reads; that both saw the same file is looked at afterwards.
    const [contents, staging] = await Promise.all([
      readContents(file, () => undefined, progress),
      tryParquet(file, path, stage),
    ])
    return contents.refused ? refusal(contents.refused, file, contents.detail) : withHash(staging, contents)
  } finally {
    rmSync(path, { force: true })
  }
}

function withHash(staging: Staging, { sha256, bytes }: Contents): Staging {
  return 'refused' in staging ? staging : { staged: { ...staging.staged, sha256, bytes } }
}

async function tryParquet(file: FoundFile, path: string, stage: Stage): Promise<Staging> {
  if (!isWholeParquet(path)) return refusal('cost-and-usage.refused.damaged', file, 'PAR1')
  try {
    return await stageInput(file, await parquetInput(path, stage.context.engine), stage, undefined)
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    if (/no space left|disk is full|ENOSPC/i.test(said)) throw error
    return refusal('cost-and-usage.refused.damaged', file, said.split('\n')[0]?.slice(0, 200))
  }
}

/** Whether every value that was given came through, and none that is needed is missing. */
function isAllRead({ values }: Written, rows: number, seen: Survey): boolean {
  const isWhole = COLUMNS.every(({ name, needed }) => !needed || values.get(name) === rows)
  // A column that nobody gave a value is not written.
  return isWhole && [...seen.given].every(([name, count]) => (values.get(name) ?? 0) === count)
}

async function stageInput(
  file: FoundFile,
  input: Input,
  stage: Stage,
  records: WrittenAt | undefined,
): Promise<Staging> {
  const { context, deliveredAt, number, progress } = stage
  const { engine } = context
  const layout = layoutOf(input.fields.map(({ name }) => name))
  if (!layout) return refusal('cost-and-usage.refused.no-bill', file)
  const binding = bind(input.fields, layout)
  if (binding.missing.length > 0)
    return { refused: [problem('refused.columns', file.name, { columns: binding.missing }, true)] }
  if (binding.twice.length > 0)
    return { refused: [problem('refused.twice', file.name, { columns: binding.twice }, true)] }
  const seen = await survey(engine, input, binding)
  const sql = rowsSql(input, binding, seen, { file: file.name, receivedAt: context.receivedAt, deliveredAt })
  const path = join(context.staging, `rows-${number}.parquet`)
  let written = await writeParquet(engine, sql.all, path)
  // What nothing was lost from needs no second look; the conditions cost as much as the casts.
  if (!isAllRead(written, input.rows, seen)) written = await writeParquet(engine, sql.good, path)
  const good = written.rows
  const rejects = good === input.rows ? [] : await rejectsOf(engine, sql.bad, file.name, seen, records)
  if (good + rejects.length !== input.rows)
    throw new Error(`${file.name}: ${input.rows} rows, ${good} good, ${rejects.length} not`)
  progress(file.bytes, input.rows)
  const oddities = [
    ...seen.oddities,
    ...binding.respelt.map((field): Oddity => ({ code: 'column-name', field, count: 1 })),
  ]
  const staged: StagedFile = { file: file.name, sha256: '', bytes: 0, read: input.rows, rejects, oddities }
  if (good > 0) staged.rows = path
  return { staged }
}
