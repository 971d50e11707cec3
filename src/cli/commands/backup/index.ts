import type { Command } from 'commander'
import { withLedger } from '../../installation.ts'
import { type CommonOptions, Session } from '../../session.ts'

/** `convenio backup`: records, segments, rejects, audit and the agreement's texts in one portable archive. */
export function register(program: Command): void {
  program
    .command('backup <file>')
    .description('one portable archive of records, segments, rejects and audit chain; keys are never in it')
    .option('--data <folder>', 'folder of the installation (default: CONVENIO_DATA, else .convenio)')
    .action(async (file: string, options: CommonOptions) => {
      const session = new Session(options)
      await withLedger(session, 'backup', async (ledger) => {
        const { backUp } = await import('../../../evidence/ledger/index.ts')
        const members = await backUp(ledger, file)
        const bytes = members.reduce((sum, member) => sum + member.size, 0)
        const params = { file, count: members.length, bytes, keys: ledger.places.keys }
        session.print(`${session.speak.say({ id: 'backup.done', params })}\n`)
      })
    })
}
