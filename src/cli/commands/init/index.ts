import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { Temporal } from 'temporal-polyfill'
import type { JsonObject } from '../../../evidence/audit/index.ts'
import { dataFolder } from '../../data-folder.ts'
import { Exit } from '../../exit.ts'
import { inPlainWords, withLedger } from '../../installation.ts'
import { type CommonOptions, Session } from '../../session.ts'

interface InitOptions extends CommonOptions {
  billSource?: string
}

/** `convenio init`: a folder for evidence, with the agreement it is about. Again with a newer text: takes that over. */
export function register(program: Command): void {
  program
    .command('init [agreement]')
    .description('make an installation for an agreement, or take over a newer text of it')
    .option('--data <folder>', 'folder of the installation (default: CONVENIO_DATA, else .convenio)')
    .option('--supplement <file>', 'what the parties settled outside the text')
    .option('--bill-source <shape>', 'which counts when a month’s bill comes in two shapes: focus or cur')
    .action(async (path: string | undefined, options: InitOptions) => {
      const session = new Session(options)
      const { speak } = session
      const from = session.agreementPath(path)
      // Read first: a text that cannot be opened makes no installation.
      const { agreement } = session.open(from)
      const folder = dataFolder(options)
      const { createInstallation, readInstallation } = await import('../../../evidence/ledger/index.ts')
      const before = readInstallation(folder)?.agreement
      if (before !== undefined && before !== agreement.id)
        throw new Exit(1, speak.say({ id: 'cli.init-other', params: { folder, before, agreement: agreement.id } }))
      if (options.billSource !== undefined && !/^(focus|cur)$/.test(options.billSource))
        throw new Exit(2, `--bill-source ${options.billSource}: focus, cur`)
      const place = await inPlainWords(session, async () => {
        await createInstallation(folder, agreement.id, Temporal.Now.instant().toString({ smallestUnit: 'second' }))
        return takeOver(from, join(folder, 'agreements', agreement.id), options.supplement)
      })
      await withLedger(session, 'init', async (ledger) => {
        const { changeSetting, tellAudit } = await import('../../../evidence/ledger/index.ts')
        await tellAudit(ledger, before === undefined ? 'init' : 'agreement', agreement.id, { files: hashesOf(place) })
        if (options.billSource) await changeSetting(ledger, 'bill-source', options.billSource, session.today)
      })
      session.print(`${speak.say({ id: 'cli.init-done', params: { folder, agreement: agreement.title, place } })}\n`)
    })
}

// The installation keeps a text of its own, so that it judges by the same words wherever it is moved or restored.
function takeOver(from: string, place: string, supplement: string | undefined): string {
  mkdirSync(place, { recursive: true })
  const own = resolve(place)
  const isFolder = statSync(from).isDirectory()
  // Its own text again, such as for another setting: there is nothing to take over.
  if (resolve(from) !== own && dirname(resolve(from)) !== own) {
    // The older text may have had the other form, and amendments that the newer one contains.
    for (const name of ['agreement.md', 'agreement.yaml', ...(isFolder ? ['amendments'] : [])])
      rmSync(join(place, name), { recursive: true, force: true })
    if (!isFolder) cpSync(from, join(place, `agreement${from.endsWith('.yaml') ? '.yaml' : '.md'}`))
    else
      for (const name of ['agreement.md', 'agreement.yaml', 'supplement.yaml', 'amendments', 'NOTICE'])
        if (existsSync(join(from, name))) cpSync(join(from, name), join(place, name), { recursive: true })
  }
  const settled = join(place, 'supplement.yaml')
  if (supplement !== undefined && resolve(supplement) !== resolve(settled)) cpSync(supplement, settled)
  return place
}

function hashesOf(place: string): JsonObject[string] {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
    .sort()
    .map((path) => `${createHash('sha256').update(readFileSync(path)).digest('hex')} ${basename(path)}`)
}
