import { createReadStream } from 'node:fs'
import { type BulkEngine, PARTNER } from '../../evidence/index.ts'
import type { BulkReject, RowFault } from '../room.ts'
import { CsvRecords } from './csv-records.ts'
import type { Survey } from './survey.ts'

/** Where the records of a CSV were written, each behind its row number. */
export interface WrittenAt {
  path: string
  cells: number
  delimiter: string
}

interface BadRow {
  row: string
  faults: { field: string; kind: 'amount' | 'time' | 'missing'; detail: string | null }[]
  raw: string
}

/** The rows that the SQL for bad ones gives, each with its reasons and its bytes: the record of a CSV, else the row as JSON. */
export async function rejectsOf(
  engine: BulkEngine,
  sql: string,
  file: string,
  seen: Survey,
  records: WrittenAt | undefined,
): Promise<BulkReject[]> {
  const rows = await engine.all<BadRow>(sql)
  const texts =
    records === undefined ? undefined : await recordsOf(records, new Set(rows.map(({ row }) => Number(row))))
  return rows.map(({ row, faults, raw }) => ({
    file,
    row: Number(row),
    faults: distinct(faults.map((fault) => faultOf(fault, seen))),
    raw: texts?.get(Number(row)) ?? raw,
    owner: PARTNER,
  }))
}

function distinct(faults: readonly RowFault[]): RowFault[] {
  return [...new Map(faults.map((fault) => [`${fault.code} ${fault.field}`, fault])).values()]
}

const NUMBER = /^\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?\s*$/
const SLASHED = /^\d{1,2}\/\d{1,2}\/\d{2,4}/

function faultOf({ field, kind, detail }: BadRow['faults'][number], seen: Survey): RowFault {
  const told = detail === null || detail === '' ? {} : { detail }
  if (kind === 'missing') return { code: 'missing', field }
  if (kind === 'time') {
    const isOpen = detail !== null && SLASHED.test(detail) && ![...seen.times.values()].some(({ slashes }) => slashes)
    return { code: isOpen ? 'ambiguous-day' : 'not-a-timestamp', field, ...told }
  }
  if (detail === null || !NUMBER.test(detail)) return { code: 'not-a-number', field, ...told }
  const whole = detail
    .replace(/[eE].*$/, '')
    .replace(/\..*$/, '')
    .replace(/\D/g, '')
  const isLarge = whole.replace(/^0+/, '').length > 22 || /[eE]\+?[1-9]/.test(detail)
  return { code: isLarge ? 'out-of-range' : 'too-precise', field, ...told }
}

/** The records of some rows, from the file in which each has its row number before it. */
async function recordsOf(
  { path, cells, delimiter }: WrittenAt,
  rows: ReadonlySet<number>,
): Promise<Map<number, string>> {
  const texts = new Map<number, string>()
  const take = (buffer: Buffer, start: number, end: number): void => {
    const text = buffer.toString('utf8', start, Math.min(end, start + 64 * 1024))
    const row = Number(/^\d+/.exec(text)?.[0])
    if (rows.has(row)) texts.set(row, text.replace(/^\d+./s, ''))
  }
  const records = new CsvRecords(cells + 1, delimiter, { good: take, bad: take })
  records.push(Buffer.from('header\n'), false)
  for await (const chunk of createReadStream(path)) records.push(chunk as Buffer, false)
  records.push(Buffer.alloc(0), true)
  return texts
}
