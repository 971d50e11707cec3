import type { Command } from 'commander'
import { standingLineAsJson, traceAsJson, whyAsText } from '../../../reports/index.ts'
import { judgeOne } from '../../../standing/index.ts'
import { Exit } from '../../exit.ts'
import { nearest } from '../../nearest.ts'
import { recordedEvidence } from '../../recorded.ts'
import { Session } from '../../session.ts'

/** `convenio why`: the trace of one clause. */
export function register(program: Command): void {
  program
    .command('why <clause>')
    .description('why a clause stands where it stands: words, formula, inputs, evidence')
    .option('--agreement <path>', 'file or folder of the agreement')
    .option('--as-of <date>', 'the day to judge at (default: today)')
    .option('--known-at <date>', 'with what was known on that day (default: today)')
    .option('--evidence <file>', 'facts in YAML')
    .option('--data <folder>', 'folder of the installation (default: CONVENIO_DATA, else .convenio)')
    .option('--supplement <file>', 'what the parties settled outside the text')
    .option('--format <format>', 'text or json', 'text')
    .action(async (id: string, options) => {
      const session = new Session(options)
      const opened = session.open(options.agreement)
      const line = judgeOne(session.input(opened, await recordedEvidence(session)), id)
      if (!line) {
        const ids = opened.agreement.clauses.map((clause) => clause.id)
        const near = nearest(id, ids)
        throw new Exit(
          2,
          `${session.speak.word('cli.unknown-clause')} ${id}.${near.length > 0 ? ` ${session.speak.word('cli.nearest')} ${near.join(', ')}?` : ''}`,
        )
      }
      if (options.format === 'json')
        session.printJson({
          ...standingLineAsJson(line, session.speak),
          asOf: session.asOf,
          knownAt: session.knownAt,
          trace: traceAsJson(line.judgement.trace, session.speak),
        })
      else session.print(whyAsText(line, opened.texts, session.speak, session.paper))
    })
}
