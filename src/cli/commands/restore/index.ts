import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { dataFolder } from '../../data-folder.ts'
import { Exit } from '../../exit.ts'
import { host } from '../../host.ts'
import { inPlainWords, withLedger } from '../../installation.ts'
import { type CommonOptions, Session } from '../../session.ts'

/** `convenio restore`: an installation out of a back-up, in an empty folder, on either database. */
export function register(program: Command): void {
  program
    .command('restore <file>')
    .description('make an installation of a back-up, in an empty folder and on either database')
    .option('--data <folder>', 'folder of the installation (default: CONVENIO_DATA, else .convenio)')
    .action(async (file: string, options: CommonOptions) => {
      const session = new Session(options)
      const { speak } = session
      if (!existsSync(file)) throw new Exit(1, speak.say({ id: 'cli.no-path', params: { path: file } }))
      const folder = dataFolder(options)
      const { restoreBackup, tellAudit } = await import('../../../evidence/ledger/index.ts')
      const restored = await inPlainWords(session, () =>
        restoreBackup(folder, file, host().env.DATABASE_URL || undefined),
      )
      if ('notEmpty' in restored) throw new Exit(1, speak.say({ id: 'restore.not-empty', params: { folder } }))
      if ('refused' in restored) throw new Exit(1, `${file}: ${speak.say(restored.refused)}`)
      await withLedger(session, 'restore', (ledger) =>
        tellAudit(ledger, 'restore', restored.agreement, { members: restored.members }),
      )
      session.print(`${speak.say({ id: 'restore.done', params: { folder, count: restored.members } })}\n`)
    })
}
