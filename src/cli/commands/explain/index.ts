import type { Command } from 'commander'
import { findingPages } from '../../../checks/registry.ts'
import { explainAsText } from '../../../reports/index.ts'
import { Exit } from '../../exit.ts'
import { nearest } from '../../nearest.ts'
import { Session } from '../../session.ts'

/** `convenio explain`: what a finding means. */
export function register(program: Command): void {
  program
    .command('explain <code>')
    .description('what a finding means, with an example; a code, a rule id or a family')
    .option('--format <format>', 'text or json', 'text')
    .action((code: string, options) => {
      const session = new Session(options)
      const pages = findingPages()
      const wanted = Object.entries(pages).filter(
        ([id, page]) => id === code || page.rule === code.toUpperCase() || id.startsWith(`${code}/`),
      )
      if (wanted.length === 0) {
        const near = nearest(code, Object.keys(pages))
        throw new Exit(
          2,
          `${session.speak.word('cli.unknown-code')} ${code}.${near.length > 0 ? ` ${session.speak.word('cli.nearest')} ${near.join(', ')}?` : ''}`,
        )
      }
      if (options.format === 'json') session.printJson(wanted.map(([id, page]) => ({ code: id, ...page })))
      else session.print(wanted.map(([id, page]) => explainAsText(id, page, session.speak, session.paper)).join('\n'))
    })
}
