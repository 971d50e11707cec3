import type { Command } from 'commander'
import { checkRooms, findingPages } from '../../../checks/registry.ts'
import { runChecks } from '../../../checks/run.ts'
import { findingsAsJson, findingsAsSarif, findingsAsText } from '../../../reports/index.ts'
import { Exit } from '../../exit.ts'
import { Session } from '../../session.ts'
import { version } from '../../version.ts'

/** `convenio check`: what contradicts, is missing or does not add up. */
export function register(program: Command): void {
  program
    .command('check <agreement>')
    .description('what contradicts, is missing or does not add up in the text')
    .option('--as-of <date>', 'the day to check at (default: today)')
    .option('--known-at <date>', 'with the amendments recorded by that day')
    .option('--supplement <file>', 'what the parties settled outside the text')
    .option('--format <format>', 'text, json or sarif', 'text')
    .action((path: string, options) => {
      const session = new Session(options)
      const opened = session.open(path)
      const { agreement, texts } = opened
      const { rules, facts, asOf, supplement } = session.input(opened)
      const pages = findingPages()
      const findings = runChecks(checkRooms, pages, {
        agreement,
        rules,
        facts,
        asOf,
        ...(supplement ? { supplement } : {}),
      })
      const unread = agreement.clauses.filter((clause) => clause.kind === 'unread').length
      const report = {
        title: agreement.title,
        agreement: agreement.id,
        asOf,
        clauses: agreement.clauses.length,
        unread,
        findings,
        texts,
      }
      if (options.format === 'json') session.printJson(findingsAsJson(report, session.speak))
      else if (options.format === 'sarif') session.printJson(findingsAsSarif(report, pages, session.speak, version()))
      else session.print(findingsAsText(report, session.speak, session.paper))
      if (findings.some((finding) => finding.severity === 'error' && !finding.waived)) throw new Exit(1)
    })
}
