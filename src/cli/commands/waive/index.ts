import type { Command } from 'commander'
import { isIsoDate } from '../../../language/index.ts'
import { Exit } from '../../exit.ts'
import { withLedger } from '../../installation.ts'
import { nearest } from '../../nearest.ts'
import { type CommonOptions, Session } from '../../session.ts'

interface WaiveOptions extends CommonOptions {
  reason: string
  approvedBy: string
  until: string
}

/** `convenio waive`: excuses a clause until a day, with a reason and whoever approved it; audited like everything. */
export function register(program: Command): void {
  program
    .command('waive <clause>')
    .description('excuse a clause until a day, with a reason and an approver')
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--approved-by <name>', 'who approved it')
    .requiredOption('--until <date>', 'last day on which it holds')
    .option('--agreement <path>', 'another document than the installation’s')
    .option('--data <folder>', 'folder of the installation (default: CONVENIO_DATA, else .convenio)')
    .action(async (clause: string, options: WaiveOptions) => {
      const session = new Session(options)
      const { speak } = session
      const { reason, approvedBy, until } = options
      if (!isIsoDate(until)) throw new Exit(2, `--until ${until}: ${speak.word('cli.bad-date')}`)
      const ids = session.open(options.agreement).agreement.clauses.map((each) => each.id)
      if (!ids.includes(clause)) throw new Exit(2, unknown(clause, ids, session))
      await withLedger(session, 'waive', async (ledger) => {
        // Loaded here: a command that only reads an agreement needs no databases.
        const { recordWaiver } = await import('../../../desk/waive.ts')
        await recordWaiver(ledger, { clause, reason, approvedBy, until }, session.today)
      })
      session.print(`${speak.say({ id: 'cli.waived', params: { clause, until: { date: until }, by: approvedBy } })}\n`)
    })
}

function unknown(clause: string, ids: readonly string[], { speak }: Session): string {
  const near = nearest(clause, [...ids])
  const hint = near.length > 0 ? ` ${speak.word('cli.nearest')} ${near.join(', ')}?` : ''
  return `${speak.word('cli.unknown-clause')} ${clause}.${hint}`
}
