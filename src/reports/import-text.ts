import {
  addTally,
  emptyTally,
  type ImportedDelivery,
  type ImportProgress,
  type ImportReport,
  type Quirk,
  type Tally,
} from '../evidence/index.ts'
import { message, printable, type Speaker } from '../language/index.ts'
import { look, type Paper, wrap } from './paper.ts'
import { problemsAsText } from './problems-text.ts'

/** What an import did, for a terminal: a line for each source, what was odd, what was refused, and the sum that adds up. */
export function importAsText(report: ImportReport, speak: Speaker, paper: Paper): string {
  const blocks = [
    report.dryRun ? look(paper, 'warning', speak.word('import.dry-run')) : '',
    sourcesText(report, speak, paper),
    quirksText(report.deliveries, speak, paper),
    rejectsText(report.deliveries, speak, paper),
    problemsText(report, speak, paper),
    unrecognisedText(report, speak, paper),
    totalText(report, speak, paper),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

function sourcesText(report: ImportReport, speak: Speaker, paper: Paper): string {
  const bySource = new Map<string, ImportedDelivery[]>()
  for (const delivery of report.deliveries)
    bySource.set(delivery.source, [...(bySource.get(delivery.source) ?? []), delivery])
  const lines = [...bySource].flatMap(([source, deliveries]) => {
    const tally = deliveries.reduce((sum, each) => addTally(sum, each.tally), emptyTally())
    const files = deliveries.flatMap((each) => each.files)
    const already = files.filter((file) => file.already !== undefined).length
    const replaced = deliveries.reduce((sum, each) => sum + each.replaced, 0)
    const name = look(paper, 'strong', speak.word(`source.${source}`))
    const notes = [
      already > 0 ? speak.say(message('import.already', { count: already })) : '',
      replaced > 0 ? speak.say(message('import.replaced', { count: replaced })) : '',
    ].filter((note) => note !== '')
    const head = `${name}  ${look(paper, 'quiet', speak.say(message('import.files', { count: files.length })))}`
    return [head, `    ${tallyText(tally, speak)}`, ...notes.map((note) => `    ${look(paper, 'quiet', note)}`)]
  })
  return lines.join('\n')
}

/** read = kept + duplicate + superseded + rejected, in words. */
function tallyText({ read, kept, duplicate, superseded, rejected }: Tally, speak: Speaker): string {
  return speak.say(message('import.tally', { read, kept, duplicate, superseded, rejected }))
}

function totalText({ tally }: ImportReport, speak: Speaker, paper: Paper): string {
  return look(paper, 'strong', wrap(`${speak.word('import.total')} ${tallyText(tally, speak)}`, paper.width).join('\n'))
}

const MOST_QUIRKS = 12

function quirksText(deliveries: readonly ImportedDelivery[], speak: Speaker, paper: Paper): string {
  const counted = new Map<string, Quirk & { files: Set<string> }>()
  for (const quirk of deliveries.flatMap((each) => each.quirks)) {
    const key = `${quirk.code} ${quirk.field}`
    const sum = counted.get(key) ?? { ...quirk, count: 0, files: new Set<string>() }
    sum.count += quirk.count
    sum.files.add(quirk.file)
    counted.set(key, sum)
  }
  if (counted.size === 0) return ''
  const sorted = [...counted.values()].sort((a, b) => b.count - a.count)
  const lines = sorted.slice(0, MOST_QUIRKS).map(({ code, field, count, files }) => {
    const what = speak.say(message(`source.quirk.${code}`, { field, detail: '' }))
    const where = speak.say(message('import.quirk-count', { count, files: files.size }))
    return wrap(`${what} ${where}`, paper.width - 4, '  ').map((line) => `    ${line}`)
  })
  if (sorted.length > MOST_QUIRKS)
    lines.push([`    ${speak.say(message('import.more', { count: sorted.length - MOST_QUIRKS }))}`])
  return [look(paper, 'info', speak.word('import.quirks')), ...lines.flat()].join('\n')
}

function rejectsText(deliveries: readonly ImportedDelivery[], speak: Speaker, paper: Paper): string {
  const all = deliveries.flatMap((each) => each.rejects.map((reject) => ({ ...reject, import: each.import })))
  if (all.length === 0) return ''
  const count = deliveries.reduce((sum, each) => sum + each.tally.rejected, 0)
  const lines = all.slice(0, MOST_QUIRKS).flatMap(({ file, row, faults }) => {
    const why = faults.map(({ code, field, detail }) =>
      speak.say(message(`source.fault.${code}`, { field, detail: detail ?? '' })),
    )
    const place = look(paper, 'place', `${printable(file)}:${row}`)
    return wrap(`${place} ${why.join(' ')}`, paper.width - 4, '  ').map((line) => `    ${line}`)
  })
  const more = count > Math.min(all.length, MOST_QUIRKS)
  if (more) lines.push(`    ${speak.say(message('import.more', { count: count - Math.min(all.length, MOST_QUIRKS) }))}`)
  const ids = [...new Set(all.flatMap((each) => each.import ?? []))]
  const [first] = ids
  if (first) lines.push(`    ${look(paper, 'quiet', speak.say(message('import.see-rejects', { import: first })))}`)
  return [look(paper, 'warning', speak.say(message('import.rejects', { count }))), ...lines].join('\n')
}

function problemsText({ deliveries, problems }: ImportReport, speak: Speaker, paper: Paper): string {
  const notes = [...deliveries.flatMap((each) => each.notes), ...problems]
  const refused = deliveries.flatMap((each) => each.refused)
  const noted = notes.map((note) => {
    const fix = note.fix ? ` ${speak.say(note.fix)}` : ''
    return wrap(`· ${speak.say(note.message)}${fix}`, paper.width, '  ').join('\n')
  })
  return [...noted, problemsAsText(refused, new Map(), speak, paper).trimEnd()].filter((text) => text !== '').join('\n')
}

function unrecognisedText({ unrecognised }: ImportReport, speak: Speaker, paper: Paper): string {
  if (unrecognised.length === 0) return ''
  const shown = unrecognised.slice(0, MOST_QUIRKS).map((name) => `    ${printable(name)}`)
  if (unrecognised.length > shown.length)
    shown.push(`    ${speak.say(message('import.more', { count: unrecognised.length - shown.length }))}`)
  const head = speak.say(message('import.unrecognised', { count: unrecognised.length }))
  return [look(paper, 'warning', head), ...shown].join('\n')
}

/** One line of progress: how much, how fast, how long still. `seconds` since the import began. */
export function importProgressText(progress: ImportProgress, seconds: number, speak: Speaker, width: number): string {
  const { bytes, bytesTotal, rows, source } = progress
  const share = bytesTotal === 0 ? 1 : Math.min(bytes / bytesTotal, 1)
  const left = share > 0.01 ? Math.ceil((seconds * (1 - share)) / share) : undefined
  const text = speak.say(
    message('import.progress', {
      percent: Math.floor(share * 100),
      source: speak.word(`source.${source}`),
      rows,
      rate: seconds > 0 ? Math.round(rows / seconds) : 0,
      left: left === undefined ? '…' : String(left),
    }),
  )
  return text.slice(0, width - 1)
}
