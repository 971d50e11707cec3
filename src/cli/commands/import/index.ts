import { existsSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import type { Command } from 'commander'
import type { ImportProgress } from '../../../evidence/index.ts'
import { isIsoDate } from '../../../language/index.ts'
import { importAsJson, importAsText, importProgressText } from '../../../reports/index.ts'
import { sourceRooms, sourceWords } from '../../../sources/registry.ts'
import { Exit } from '../../exit.ts'
import { withLedger } from '../../installation.ts'
import { type CommonOptions, Session } from '../../session.ts'

interface ImportOptions extends CommonOptions {
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
    .option('--format <format>', 'text or json', 'text')
    .action(async (given: string[], options: ImportOptions) => {
      const session = new Session(options, sourceWords())
      const receivedAt = options.receivedAt ?? session.today
      if (!isIsoDate(receivedAt))
        throw new Exit(2, `--received-at ${receivedAt}: ${session.speak.word('cli.bad-date')}`)
      const { source, paths } = what(given, session)
      const { importFiles } = await import('../../../sources/importing.ts')
      const report = await withLedger(session, 'import', (ledger) =>
        importFiles({
          ledger,
          rooms: sourceRooms,
          paths,
          receivedAt,
          dryRun: options.dryRun === true,
          settings: new Map(options.append ? [['bill-append', 'yes']] : []),
          onProgress: progressTo(process.stderr, session),
          ...(source === undefined ? {} : { source }),
        }),
      )
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
      if (options.format === 'json') session.printJson(importAsJson(report, session.speak))
      else session.print(importAsText(report, session.speak, session.paper))
      // A file that is broken among sound ones is left out and told; for a script it is refused all the same.
      const refused = report.deliveries.some(
        ({ refused: whole, notes }) => whole.length > 0 || notes.some(({ code }) => code.startsWith('source.refused')),
      )
      if (refused || report.problems.some((problem) => problem.code.startsWith('import/'))) throw new Exit(1)
    })
}

// The first word is a source when it names one and is no file, or when more follows that are files.
function what(given: string[], { speak }: Session): { source?: string; paths: string[] } {
  const [first = '', ...rest] = given
  const isSource = sourceRooms.some((room) => room.id === first)
  const paths = isSource && (rest.length > 0 || !existsSync(first)) ? rest : given
  if (paths.length === 0) throw new Exit(2, speak.say({ id: 'cli.needs-option', params: { option: 'PATH' } }))
  const lost = paths.find((path) => !existsSync(path))
  if (lost !== undefined && lost === first && rest.length > 0) {
    const sources = sourceRooms.map((room) => room.id)
    throw new Exit(2, speak.say({ id: 'cli.other-source', params: { source: first, sources } }))
  }
  if (lost !== undefined) throw new Exit(1, speak.say({ id: 'cli.no-path', params: { path: lost } }))
  return paths === rest ? { source: first, paths } : { paths }
}

/** Progress where somebody watches: at most five times a second, one line that overwrites itself. */
function progressTo(stream: NodeJS.WriteStream, session: Session): (progress: ImportProgress) => void {
  const begun = performance.now()
  let shown = 0
  return (progress) => {
    const now = performance.now()
    if (!stream.isTTY || now - shown < 200) return
    shown = now
    const text = importProgressText(progress, (now - begun) / 1000, session.speak, stream.columns ?? 80)
    stream.write(`\r\u001b[K${text}`)
  }
}
