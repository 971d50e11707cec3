import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type BulkEngine, literal } from '../evidence/index.ts'
import { ownerSql } from './bulk-owners.ts'
import type { BulkShape } from './bulk-shape.ts'
import { columnsLiteral, quoted } from './json-columns.ts'
import type { BulkContext } from './room.ts'

/** Rows of DuckDB's making, as a Parquet file with all columns of the shape. */
export interface StagedPiece {
  path: string
  rows: number
}

/** Rows of a piece that are neighbours in their file too: `count` from `first` on, the ordinal in the file is the number plus `shift`. */
export interface Run {
  first: number
  count: number
  file: number
  shift: number
}

/** Rows as an SQL query with the shape's columns, `_owner`, `_month`, `_file` and `_row`, and the files that it needs. */
export interface StagedRows {
  relation: string
  paths: string[]
}

/** Why DuckDB refused a text: for what is no JSON, or for a value; and the line (from 0, without blank ones) that it named. */
export interface Refusal {
  malformed: boolean
  line: number
}

/** A piece, or why there is none. */
export type Loaded = { piece: StagedPiece; refused?: undefined } | { refused: Refusal; piece?: undefined }

interface Placed extends StagedPiece {
  runs: readonly Run[]
}

const OBJECT_MAX = 4 << 20
const ROW_GROUP = 20_480
// So many pieces are read side by side; more become one first.
const PIECES_MAX = 4

/** Turns texts of lines into rows on disk, so that memory does not grow with them, and says where each stood. */
export class JsonStaging {
  private readonly engine: BulkEngine
  private readonly shape: BulkShape
  private readonly folder: string
  private readonly names: readonly string[]
  private readonly select: string
  private made = 0
  private pieces: Placed[] = []

  constructor(shape: BulkShape, context: BulkContext, names: readonly string[]) {
    this.engine = context.engine
    this.folder = context.staging
    this.shape = shape
    this.names = names
    const made = Object.entries({ ...shape.columns, ...shape.personal }).map(
      ([name, sql]) => `${sql} AS ${quoted(name)}`,
    )
    const faults = shape.required.map(({ holds }, at) => `WHEN (${holds}) IS NOT TRUE THEN ${at}`)
    const happened = quoted(shape.happened)
    const owner = ownerSql(context.owners, quoted(shape.instance), happened)
    this.select = `SELECT *, CASE WHEN _fault IS NULL THEN ${owner} END AS _owner,
      CASE WHEN _fault IS NULL THEN strftime(date_trunc('month', ${happened}), '%Y-%m') END AS _month
      FROM (SELECT ${made.join(', ')}, CASE ${faults.join(' ')} END::TINYINT AS _fault`
  }

  /** Reads a text of lines, each of which must be an object that DuckDB takes. */
  async load(path: string): Promise<Loaded> {
    const target = this.path()
    const copy = `${this.select} FROM ${this.source(path, columnsLiteral(this.shape.fields))})`
    try {
      const [told] = await this.engine.all<{ Count: string }>(
        `COPY (${copy}) TO ${literal(target)} (FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE ${ROW_GROUP})`,
      )
      return { piece: { path: target, rows: Number(told?.Count ?? 0) } }
    } catch (error) {
      rmSync(target, { force: true })
      return { refused: refusal(error) }
    }
  }

  /** Which lines of a text are no record at all, by their number from 0 without blank ones. */
  async malformed(path: string): Promise<number[]> {
    const known = this.shape.known[0] ?? ''
    const source = this.source(path, columnsLiteral({ [known]: 'VARCHAR' }), true)
    try {
      await this.engine.run(
        `CREATE OR REPLACE TEMP TABLE doubtful AS SELECT ${quoted(known)} IS NULL AS bad FROM ${source}`,
      )
    } catch (error) {
      // An object that its line cuts off is refused even now.
      return [refusal(error).line]
    }
    const found = await this.engine.all<{ at: string }>('SELECT rowid AS at FROM doubtful WHERE bad ORDER BY rowid')
    await this.engine.run('DROP TABLE doubtful')
    return found.map(({ at }) => Number(at))
  }

  /** Rows that DuckDB took, but that lack something: their numbers, and which of the required it is. */
  async faults({ path }: StagedPiece): Promise<{ at: number; fault: number }[]> {
    const found = await this.engine.all<{ at: string; fault: number }>(
      `SELECT file_row_number AS at, _fault AS fault FROM read_parquet(${literal(path)}, file_row_number = true)
        WHERE _fault IS NOT NULL ORDER BY ALL`,
    )
    return found.map(({ at, fault }) => ({ at: Number(at), fault }))
  }

  /** Keeps a piece; its rows are handed on with those of others. */
  keep(piece: StagedPiece, runs: readonly Run[]): void {
    if (piece.rows > 0) this.pieces.push({ ...piece, runs })
    else this.drop(piece)
  }

  /** Forgets a piece that is not kept. */
  drop({ path }: StagedPiece): void {
    rmSync(path, { force: true })
  }

  /** All rows that were kept, in the order of files and places. */
  async handed(): Promise<StagedRows[]> {
    const pieces = this.pieces.sort((a, b) => before(a.runs[0], b.runs[0]))
    this.pieces = []
    const rows: StagedRows[] = []
    for (const piece of pieces) rows.push(await this.rowsOf(piece))
    const isOrdered = pieces.every(({ runs }, at) => at === 0 || before(pieces[at - 1]?.runs.at(-1), runs[0]) < 0)
    if (isOrdered && pieces.length <= PIECES_MAX) return rows
    const path = this.path()
    const all = rows.map(({ relation }) => relation).join(' UNION ALL ')
    await this.engine.run(
      `COPY (SELECT * EXCLUDE (file_row_number) FROM (${all})${isOrdered ? '' : ' ORDER BY _nth, _row'})
        TO ${literal(path)} (FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE ${ROW_GROUP})`,
    )
    for (const each of rows.flatMap(({ paths }) => paths)) rmSync(each)
    return [{ relation: `SELECT * FROM read_parquet(${literal(path)})`, paths: [path] }]
  }

  private async rowsOf({ path, runs }: Placed): Promise<StagedRows> {
    const [only] = runs
    const from = `FROM read_parquet(${literal(path)}, file_row_number = true) AS piece`
    if (runs.length === 1 && only) {
      const place = `${literal(this.name(only))} AS _file, file_row_number + ${only.shift} AS _row, ${only.file} AS _nth`
      return { relation: `SELECT *, ${place} ${from} WHERE _fault IS NULL`, paths: [path] }
    }
    const places = this.path()
    const list = runs.map(
      (run) => `(${run.first}, ${run.count}, ${literal(this.name(run))}, ${run.shift}, ${run.file})`,
    )
    await this.engine.run(
      `COPY (SELECT unnest(range(first, first + count)) AS _at, file AS _file, _at + shift AS _row, nth AS _nth
        FROM (VALUES ${list.join(', ')}) AS runs(first, count, file, shift, nth)) TO ${literal(places)} (FORMAT parquet)`,
    )
    const placed = `${from} JOIN read_parquet(${literal(places)}) AS place ON place._at = piece.file_row_number`
    const relation = `SELECT piece.*, place._file, place._row, place._nth ${placed} WHERE piece._fault IS NULL`
    return { relation, paths: [path, places] }
  }

  private name(run: Run): string {
    return this.names[run.file] ?? ''
  }

  private source(path: string, columns: string, lenient = false): string {
    const options = `format = 'newline_delimited', compression = 'uncompressed', maximum_object_size = ${OBJECT_MAX}`
    return `read_json(${literal(path)}, ${options}, ignore_errors = ${lenient}, columns = ${columns})`
  }

  private path(): string {
    this.made += 1
    return join(this.folder, `rows-${this.made}.parquet`)
  }
}

function before(a: Run | undefined, b: Run | undefined): number {
  if (!a || !b) return 0
  return a.file - b.file || a.first + a.shift - (b.first + b.shift)
}

function refusal(error: unknown): Refusal {
  if (!(error instanceof Error) || !/^(?:Invalid Input|Conversion|Out of Range) Error/.test(error.message)) throw error
  const malformed = !error.message.includes('JSON transform error')
  const line = Number(/, (?:at byte \d+ )?in line (\d+):/.exec(error.message)?.[1] ?? 1)
  // The line of what is no JSON is told as the next but one.
  return { malformed, line: Math.max(line - (malformed ? 2 : 1), 0) }
}
