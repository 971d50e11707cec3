import type { Command } from 'commander'
import { isIsoDate } from '../../../language/index.ts'
import { Exit } from '../../exit.ts'
import { withLedger } from '../../installation.ts'
import { type CommonOptions, Session } from '../../session.ts'

interface RetractOptions extends CommonOptions {
  reason?: string
  receivedAt?: string
}

/** `convenio retract`: takes an import back; it stays readable for whoever asks of an earlier day. */
export function register(program: Command): void {
  program
    .command('retract <import>')
    .description('take an import back: audited, and still readable for earlier days')
    .requiredOption('--reason <text>', 'why, for the audit')
    .option('--data <folder>', 'folder of the installation (default: CONVENIO_DATA, else .convenio)')
    .option('--received-at <date>', 'the day from which it no longer counts (default: today)')
    .action(async (id: string, options: RetractOptions) => {
      const session = new Session(options)
      const { speak } = session
      const receivedAt = options.receivedAt ?? session.today
      if (!isIsoDate(receivedAt)) throw new Exit(2, `--received-at ${receivedAt}: ${speak.word('cli.bad-date')}`)
      await withLedger(session, 'retract', async (ledger) => {
        const { retractImport } = await import('../../../evidence/ledger/index.ts')
        const done = await retractImport(ledger, id, { receivedAt, reason: options.reason ?? '' })
        if ('unknown' in done) throw new Exit(2, speak.say({ id: 'evidence.no-such-import', params: { import: id } }))
        const params = { import: id, date: { date: 'already' in done ? done.already : receivedAt } }
        session.print(`${speak.say({ id: 'already' in done ? 'cli.retracted-before' : 'cli.retracted', params })}\n`)
      })
    })
}
