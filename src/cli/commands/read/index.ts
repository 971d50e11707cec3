import type { Command } from 'commander'
import { agreementAsData, agreementAsYaml } from '../../../agreement/index.ts'
import { Session } from '../../session.ts'

/** `convenio read`: typed clauses with their places. */
export function register(program: Command): void {
  program
    .command('read <agreement>')
    .description('typed clauses with their places')
    .option('--format <format>', 'yaml or json', 'yaml')
    .option('--as-of <date>', 'the text as amended by that day')
    .option('--known-at <date>', 'with the amendments recorded by that day')
    .action((path: string, options) => {
      const session = new Session(options)
      const { agreement, texts } = session.open(path)
      session.complain(agreement.problems, texts)
      if (options.format === 'json') {
        const data = agreementAsData(agreement)
        const clauses = agreement.clauses.map(
          ({ id, kind, title, section, force, obligor, beneficiary, terms, span, places, amendedBy }) => ({
            id,
            kind,
            title,
            section,
            force,
            obligor,
            beneficiary,
            terms,
            span,
            places,
            ...(amendedBy ? { amendedBy } : {}),
          }),
        )
        session.printJson({
          id: data.id,
          title: data.title,
          language: data.language,
          parties: data.parties,
          clauses,
          unread: clauses.filter((clause) => clause.kind === 'unread').length,
          problems: data.problems,
        })
      } else session.print(agreementAsYaml(agreement))
    })
}
