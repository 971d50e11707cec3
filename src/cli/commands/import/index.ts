import { existsSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import type { Command } from 'commander'
import type { ImportProgress, ImportReport } from '../../../evidence/index.ts'
import type { Ledger } from '../../../evidence/ledger/index.ts'
import { isIsoDate } from '../../../language/index.ts'
import { importAsJson, importAsText, importProgressText } from '../../../reports/index.ts'
import { sourceRooms, sourceWords } from '../../../sources/registry.ts'
import { Exit } from '../../exit.ts'
import { host } from '../../host.ts'
import { withLedger } from '../../installation.ts'
import { nearest } from '../../nearest.ts'
import { type CommonOptions, Session } from '../../session.ts'
import { type DocumentOptions, importDocuments } from './document.ts'

interface ImportOptions extends CommonOptions, DocumentOptions {
  receivedAt?: string
  dryRun?: boolean
  append?: boolean
}

/** `convenio import`: evidence in, with progress; safe to repeat and to interrupt. */
export function register(program: Command): void {
  program
    .command('import <paths...>')
    .description('evidence in: files or folders, optionally after the name of one source; safe to repeat')
    .option('--data <folder>', 'folder of the installation (default: CONVENIO_DATA, else .convenio)')
    .option('--received-at <date>', 'the day on which the partner received the files (default: today)')
    .option('--dry-run', 'say what would happen and write nothing')
    .option('--append', 'a bill without manifest adds to its month instead of replacing it')
    .option('--date <date>', 'documents: import any file as evidence of this day')
    .option('--clause <id>', 'documents: the clause that it speaks of')
    .option('--status <word>', 'documents: what it says of the clause, such as met or “not met”')
    .option('--title <text>', 'documents: what it is (default: the file’s name)')
    .option('--signed-by <name>', 'documents: who signed it')
    .option('--completed-on <date>', 'documents: the day on which what it shows was done')
    .option('--format <format>', 'text or json', 'text')
    .action(async (given: string[], options: ImportOptions) => {
      const session = new Session(options, sourceWords())
      const receivedAt = options.receivedAt ?? session.today
      if (!isIsoDate(receivedAt))
        throw new Exit(2, `--received-at ${receivedAt}: ${session.speak.word('cli.bad-date')}`)
      const { source, paths } = what(given, session)
      const { importFiles } = await import('../../../sources/importing.ts')
      const dryRun = options.dryRun === true
      const report = await withLedger(session, 'import', async (ledger) => {
        if (source === 'documents' && options.date !== undefined)
          return oneByOne(
            await documentsInto(ledger, paths, said(options, options.date), { receivedAt, dryRun }),
            session,
          )
        return importFiles({
          ledger,
          rooms: sourceRooms,
          paths,
          receivedAt,
          dryRun,
          settings: new Map(options.append ? [['bill-append', 'yes']] : []),
          onProgress: progressTo(session),
          ...(source === undefined ? {} : { source }),
        })
      })
      const { err } = host()
      if (err.isTTY) err.write('\r\u001b[K')
      if (options.format === 'json') session.printJson(importAsJson(report, session.speak))
      else session.print(importAsText(report, session.speak, session.paper))
      // A file that is broken among sound ones is left out and told; for a script it is refused all the same.
      const refused = report.deliveries.some(
        ({ refused: whole, notes }) => whole.length > 0 || notes.some(({ code }) => code.startsWith('source.refused')),
      )
      if (refused || report.problems.some((problem) => problem.code.startsWith('import/'))) throw new Exit(1)
    })
}

function said(options: DocumentOptions, date: string): DocumentOptions & { date: string } {
  const { clause, status, title, signedBy, completedOn } = options
  const given = Object.entries({ clause, status, title, signedBy, completedOn }).filter(
    ([, value]) => value !== undefined,
  )
  return { ...Object.fromEntries(given), date }
}

function documentsInto(ledger: Ledger, ...[paths, about, how]: DocumentsGiven): ReturnType<typeof importDocuments> {
  const work = () => importDocuments(ledger, paths, about, how)
  return how.dryRun ? ledger.rehearse(work) : work()
}

type DocumentsGiven = Parameters<typeof importDocuments> extends [unknown, ...infer Rest] ? Rest : never

function oneByOne(done: Awaited<ReturnType<typeof importDocuments>>, { speak }: Session): ImportReport {
  if (!('faults' in done)) return done
  const why = done.faults.map(({ code, field, detail }) =>
    speak.say({ id: `source.fault.${code}`, params: { field, detail: detail ?? '' } }),
  )
  throw new Exit(2, why.join('\n'))
}

// The first word is a source when it names one and is no file, or when more follows that are files.
function what(given: string[], { speak }: Session): { source?: string; paths: string[] } {
  const [first = '', ...rest] = given
  const { path: place } = host()
  const isSource = sourceRooms.some((room) => room.id === first)
  const named = isSource && (rest.length > 0 || !existsSync(place(first)))
  const paths = (named ? rest : given).map(place)
  if (paths.length === 0) throw new Exit(2, speak.say({ id: 'cli.needs-option', params: { option: 'PATH' } }))
  const lost = paths.find((path) => !existsSync(path))
  if (lost !== undefined && lost === place(first) && rest.length > 0) {
    const sources = sourceRooms.map((room) => room.id)
    const near = nearest(first, sources)
    const hint = near.length > 0 ? ` ${speak.word('cli.nearest')} ${near.join(', ')}?` : ''
    throw new Exit(2, `${speak.say({ id: 'cli.other-source', params: { source: first, sources } })}${hint}`)
  }
  if (lost !== undefined) throw new Exit(1, speak.say({ id: 'cli.no-path', params: { path: lost } }))
  return named ? { source: first, paths } : { paths }
}

/** Progress where somebody watches: at most five times a second, one line that overwrites itself. Ends the import of whoever went away. */
function progressTo(session: Session): (progress: ImportProgress) => void {
  const { err, gone } = host()
  const begun = performance.now()
  let shown = 0
  let last = ''
  return (progress) => {
    const delivery = `${progress.source} ${progress.label}`
    // Between two deliveries only: one that has begun may be inside a stream or a transaction, and is brought to its end.
    if (gone?.aborted && delivery !== last) throw new Exit(130)
    last = delivery
    const now = performance.now()
    if (!err.isTTY || now - shown < 200) return
    shown = now
    const text = importProgressText(progress, (now - begun) / 1000, session.speak, err.columns ?? 80)
    err.write(`\r\u001b[K${text}`)
  }
}
