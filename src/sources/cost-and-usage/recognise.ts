import { csvColumns } from '../csv-rows.ts'
import type { FoundFile } from '../room.ts'
import { bind, layoutOf, textFields } from './binding.ts'
import { columnsInFooter, isParquet } from './footer.ts'
import { manifestIn } from './manifest.ts'
import type { Layout } from './terms.ts'

const DELIMITERS = [',', ';', '\t', '|']

/** What a file is to this source; undefined when it is none of its files. */
export type FileForm = { form: 'manifest' } | { form: 'table'; layout: Layout; hasNeeded: boolean }

/** Says what a file is, by its content alone. */
export function formOf(file: FoundFile): FileForm | undefined {
  if (manifestIn(file.text)) return { form: 'manifest' }
  const isColumnar = isParquet(file.head)
  // The footer of a packed Parquet file is not at hand; it is looked at once it is unpacked.
  const names = isColumnar ? (file.gzip ? [] : columnsInFooter(file.path)) : csvColumns(file.text)
  const layout = layoutOf(names)
  if (!layout) return undefined
  return { form: 'table', layout, hasNeeded: bind(textFields(names), layout).missing.length === 0 }
}

/** The delimiter of a CSV: what its header has most of outside quotes. */
export function delimiterOf(text: string): string {
  const line = (/[^\r\n]+/.exec(text)?.[0] ?? '').replace(/"(?:[^"]|"")*"/g, '')
  const counts = DELIMITERS.map((each) => line.split(each).length - 1)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}
