import type { Command } from 'commander'
import { diffAgreements } from '../../../agreement/index.ts'
import { clauseRooms } from '../../../clauses/registry.ts'
import { diffAsText } from '../../../reports/index.ts'
import { Session } from '../../session.ts'

/** `convenio diff`: changes by clause, and whom each favours. */
export function register(program: Command): void {
  program
    .command('diff <old> <new>')
    .description('changes by clause, and whom each favours')
    .option('--format <format>', 'text or json', 'text')
    .option('--as-of <date>', 'both texts as amended by that day')
    .option('--known-at <date>', 'with the amendments recorded by that day')
    .action((before: string, after: string, options) => {
      const session = new Session(options)
      const balance = Object.fromEntries(clauseRooms.map((room) => [room.id, room.favours]))
      const [old, current] = [session.open(before).agreement, session.open(after).agreement]
      const changes = diffAgreements(old, current, balance)
      if (options.format === 'json') session.printJson({ old: old.id, new: current.id, changes })
      else session.print(diffAsText(changes, session.speak, session.paper))
    })
}
