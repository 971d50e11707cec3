import type { Command } from 'commander'
import { standingAsCsv, standingAsJson, standingAsText } from '../../../reports/index.ts'
import { standingOf } from '../../../standing/index.ts'
import { recordedEvidence } from '../../recorded.ts'
import { Session } from '../../session.ts'

/** `convenio standing`: where every clause stands. */
export function register(program: Command): void {
  program
    .command('standing')
    .description('where every clause stands, worst first')
    .option('--agreement <path>', 'file or folder of the agreement')
    .option('--as-of <date>', 'the day to judge at (default: today)')
    .option('--known-at <date>', 'with what was known on that day (default: today)')
    .option('--evidence <file>', 'facts in YAML: dataset, date, values, grade, source')
    .option('--data <folder>', 'folder of the installation (default: CONVENIO_DATA, else .convenio)')
    .option('--supplement <file>', 'what the parties settled outside the text')
    .option('--format <format>', 'text, json or csv', 'text')
    .action(async (options) => {
      const session = new Session(options)
      const standing = standingOf(session.input(session.open(options.agreement), await recordedEvidence(session)))
      if (options.format === 'json') session.printJson(standingAsJson(standing, session.speak))
      else if (options.format === 'csv') session.print(standingAsCsv(standing, session.speak))
      else session.print(standingAsText(standing, session.speak, session.paper))
    })
}
