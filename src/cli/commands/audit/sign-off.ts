import { createHash } from 'node:crypto'
import type { Command } from 'commander'
import { standingAsJson } from '../../../reports/index.ts'
import { sourceRooms } from '../../../sources/registry.ts'
import { standingOf } from '../../../standing/index.ts'
import { withLedger } from '../../installation.ts'
import { type CommonOptions, Session } from '../../session.ts'

/** `convenio audit sign-off`: somebody stands for the standing of a day; its digest is in the chain from then on. */
export function registerSignOff(audit: Command): void {
  audit
    .command('sign-off')
    .description(
      'record that somebody stands for where the clauses stood on a day: a digest of the standing, in the chain',
    )
    .requiredOption('--by <name>', 'who signs off')
    .option('--note <text>', 'what for', '')
    .option('--as-of <date>', 'the day to judge at (default: today)')
    .option('--known-at <date>', 'with what was known on that day (default: today)')
    .option('--data <folder>', 'folder of the installation (default: CONVENIO_DATA, else .convenio)')
    .action(async (options: CommonOptions & { by: string; note: string }) => {
      const session = new Session(options)
      const opened = session.open(undefined)
      const { asOf, knownAt, speak } = session
      await withLedger(session, 'audit sign-off', async (ledger) => {
        const { evidenceOf } = await import('../../../sources/evidence-of.ts')
        const { tellAudit } = await import('../../../evidence/ledger/index.ts')
        const standing = standingOf(session.input(opened, await evidenceOf(ledger, sourceRooms, asOf, knownAt)))
        // In one language always, so that the digest is the standing's and not the reader's.
        const json = JSON.stringify(standingAsJson(standing, new Session({ ...options, language: 'en' }).speak))
        const sha256 = createHash('sha256').update(json).digest('hex')
        await tellAudit(ledger, 'sign-off', ledger.agreement, {
          by: options.by,
          note: options.note,
          asOf,
          knownAt,
          sha256,
        })
        session.print(
          `${speak.say({ id: 'audit.signed-off', params: { by: options.by, date: { date: asOf }, sha256 } })}\n`,
        )
      })
    })
}
