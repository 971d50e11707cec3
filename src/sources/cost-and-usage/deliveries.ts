import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Problem } from '../../language/index.ts'
import type { Delivery, FoundFile } from '../room.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { problem } from './problems.ts'
import { formOf } from './recognise.ts'
import type { Layout } from './terms.ts'

/** What `read` needs to know of a delivery besides its files. */
export interface BillDetail {
  layout: Layout
  /** Of an export with a manifest; loose files have none. */
  manifest?: Manifest & { file: string }
  /** Why nothing of it may go in. */
  refused: Problem[]
}

interface Grouped {
  delivery: Delivery & { detail: BillDetail }
  claimed: FoundFile[]
  root: string
}

/** Groups files into deliveries: what each manifest names, and all files without any export round them, by layout. */
export function groupFiles(files: readonly FoundFile[]): { deliveries: Delivery[]; notes: Problem[] } {
  const notes: Problem[] = []
  const forms = files.map((file) => ({ file, form: formOf(file) }))
  const tables = forms.flatMap(({ file, form }) => (form?.form === 'table' ? [{ file, ...form }] : []))
  const exports: Grouped[] = []
  for (const { file, form } of forms) {
    if (form?.form !== 'manifest') continue
    const manifest = manifestOf(file)
    const grouped = manifest && exported(file, manifest, tables)
    // A delivery without a single file would be passed over in silence.
    if (grouped && grouped.claimed.length === 0) notes.push(...grouped.delivery.detail.refused)
    if (grouped) exports.push(grouped)
    else notes.push(problem('note.manifest-broken', file.name, {}, true))
  }
  const claimed = new Set(exports.flatMap((each) => each.claimed))
  const loose: typeof tables = []
  for (const table of tables) {
    if (claimed.has(table.file)) continue
    const note = noteOn(table.file, exports)
    if (note) notes.push(note)
    else loose.push(table)
  }
  exports.sort((a, b) => compareTexts(orderOf(a), orderOf(b)))
  const given = exports.filter((each) => each.claimed.length > 0)
  return { deliveries: [...given.map(({ delivery }) => delivery), ...looseDeliveries(loose)], notes }
}

function orderOf({ delivery }: Grouped): string {
  const { manifest } = delivery.detail
  return `${manifest?.createdAt ?? ''} ${delivery.label} ${manifest?.file ?? ''}`
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function manifestOf(file: FoundFile): Manifest | undefined {
  try {
    const bytes = readFileSync(file.path)
    return readManifest((file.gzip ? gunzipSync(bytes) : bytes).toString('utf8'), file.name)
  } catch {
    return undefined
  }
}

function exported(
  file: FoundFile,
  manifest: Manifest,
  tables: readonly { file: FoundFile; layout: Layout; hasNeeded: boolean }[],
): Grouped {
  const root = rootOf(file.name)
  const claimed: FoundFile[] = []
  const missing: string[] = []
  let layout: Layout | undefined
  const refused: Problem[] = []
  for (const key of manifest.keys) {
    const table = tables.find((each) => isNamed(each.file.name, root, key))
    if (!table) missing.push(key.replace(/^.*\//, ''))
    else {
      if (!claimed.includes(table.file)) claimed.push(table.file)
      if (layout && layout !== table.layout) refused.push(problem('refused.mixed', table.file.name, {}, true))
      layout ??= table.layout
    }
  }
  if (missing.length > 0) refused.push(problem('refused.incomplete', file.name, { files: missing }, true))
  const label = [manifest.name, manifest.month].filter((each) => each !== '').join(' ')
  const detail: BillDetail = { layout: layout ?? 'focus', manifest: { ...manifest, file: file.name }, refused }
  return { delivery: { label, files: claimed, detail }, claimed, root }
}

/** The folder of an export: above `metadata/`, or the one in which its manifest lies. */
function rootOf(name: string): string {
  const parts = name.split('/').slice(0, -1)
  const metadata = parts.lastIndexOf('metadata')
  return parts
    .slice(0, metadata === -1 ? undefined : metadata)
    .map((part) => `${part}/`)
    .join('')
}

/** A file lies where the manifest says, below the manifest's own copy of the bucket, or right beside the manifest. */
function isNamed(name: string, root: string, key: string): boolean {
  if (!name.startsWith(root)) return false
  const below = name.slice(root.length)
  return key === below || key.endsWith(`/${below}`)
}

function noteOn(file: FoundFile, exports: readonly Grouped[]): Problem | undefined {
  const month = /(?:^|\/)BILLING_PERIOD=([^/]+)\//i.exec(file.name)?.[1]
  const export_ = exports.find(
    ({ root, delivery }) =>
      (root !== '' || month !== undefined) &&
      file.name.startsWith(root) &&
      (month === undefined || delivery.detail.manifest?.month === month),
  )
  if (export_) return problem('note.not-named', file.name, { manifest: export_.delivery.detail.manifest?.file ?? '' })
  return month === undefined ? undefined : problem('note.not-complete', file.name, { month }, true)
}

function looseDeliveries(tables: readonly { file: FoundFile; layout: Layout; hasNeeded: boolean }[]): Delivery[] {
  const whole = (['focus', 'cur'] as const).flatMap((layout) => {
    const files = tables.filter((each) => each.layout === layout && each.hasNeeded).map(({ file }) => file)
    return files.length === 0 ? [] : [looseDelivery(files, layout)]
  })
  // A table that cannot be read must not take the others with it.
  const lacking = tables.filter(({ hasNeeded }) => !hasNeeded).map(({ file, layout }) => looseDelivery([file], layout))
  return [...whole, ...lacking]
}

function looseDelivery(files: FoundFile[], layout: Layout): Delivery {
  const [first] = files
  const label = files.length === 1 && first ? first.name : `${layout === 'focus' ? 'FOCUS' : 'CUR'} × ${files.length}`
  const detail: BillDetail = { layout, refused: [] }
  return { label, files, detail }
}
