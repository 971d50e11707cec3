import type { Command } from 'commander'
import { Exit } from '../../exit.ts'
import { withLedger } from '../../installation.ts'
import { nearest } from '../../nearest.ts'
import { type CommonOptions, Session } from '../../session.ts'

/** `convenio erase`: destroys the key of a customer's personal data, in segments, records, rejects and every back-up. */
export function register(program: Command): void {
  program
    .command('erase <owner>')
    .description('erase what is personal of a customer (or of “partner”), for good, by destroying its key')
    .requiredOption('--reason <text>', 'why, for the audit')
    .option('--data <folder>', 'folder of the installation (default: CONVENIO_DATA, else .convenio)')
    .action(async (owner: string, options: CommonOptions & { reason: string }) => {
      const session = new Session(options)
      const { speak } = session
      await withLedger(session, 'erase', async (ledger) => {
        const { erasePersonal } = await import('../../../evidence/ledger/index.ts')
        const { knownOwners, ownersOf } = await import('../../../sources/owners.ts')
        const known = await knownOwners(ledger)
        // A name mistyped must never be answered as if somebody had been erased.
        if (!known.includes(owner)) {
          const near = nearest(owner, known)
          const hint = near.length > 0 ? ` ${speak.word('cli.nearest')} ${near.join(', ')}?` : ''
          throw new Exit(2, `${speak.say({ id: 'cli.unknown-owner', params: { owner } })}${hint}`)
        }
        // What came in before anybody knew whose an instance is, is sealed under the instance's own name.
        const instances = (await ownersOf(ledger)).filter((each) => each.owner === owner)
        const owners = [owner, ...new Set(instances.map((each) => `instance:${each.instance}`))]
        const erased = await erasePersonal(ledger, owners, options.reason)
        const id = erased.includes(owner) ? 'cli.erased' : 'cli.erased-before'
        session.print(`${speak.say({ id, params: { owners: owner } })}\n`)
      })
    })
}
