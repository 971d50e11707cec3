import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { Temporal } from 'temporal-polyfill'
import type { Head } from '../../../evidence/audit/index.ts'
import { Exit } from '../../exit.ts'
import { host } from '../../host.ts'
import { withLedger } from '../../installation.ts'
import { type CommonOptions, Session } from '../../session.ts'
import { registerSignOff } from './sign-off.ts'

interface VerifyOptions extends CommonOptions {
  checkpoint?: string
  entries?: string
  publicKey?: string
}

const DATA = 'folder of the installation (default: CONVENIO_DATA, else .convenio)'

/** `convenio audit verify | checkpoint | sign-off`: the chain of everything that was done, and proof of it for others. */
export function register(program: Command): void {
  const audit = program
    .command('audit')
    .description('the chain of everything that was done, and proof of it for others')
  audit
    .command('verify')
    .description('follow the chain and hash every file; names the first broken entry and each damaged file')
    .option('--data <folder>', DATA)
    .option('--checkpoint <file>', 'a signed checkpoint that the chain must agree with')
    .option('--entries <file>', 'verify an export with its checkpoint instead of an installation')
    .option('--public-key <base64>', 'the key that the checkpoint must be signed with')
    .action(async (options: VerifyOptions) => {
      const session = new Session(options)
      if (options.entries !== undefined) return verifyExport(options.entries, options, session)
      await withLedger(session, 'audit verify', (ledger) => verifyLedger(ledger, options, session))
    })
  audit
    .command('checkpoint [file]')
    .description('sign how the chain stands now, for another party to keep')
    .option('--data <folder>', DATA)
    .option('--entries <file>', 'also write the entries up to there, as JSON lines')
    .action(async (file: string | undefined, options: VerifyOptions) => {
      const session = new Session(options)
      await withLedger(session, 'audit checkpoint', (ledger) => writeCheckpoint(ledger, file, options, session))
    })
  registerSignOff(audit)
}

type OpenLedger = Parameters<Parameters<typeof withLedger>[2]>[0]

async function verifyLedger(ledger: OpenLedger, options: VerifyOptions, session: Session): Promise<void> {
  const { speak } = session
  const { describeBreak, verifyChain } = await import('../../../evidence/audit/index.ts')
  const { auditEntries, damagedFiles } = await import('../../../evidence/ledger/index.ts')
  const expected = options.checkpoint === undefined ? [] : [await headOf(options.checkpoint, options, session)]
  const chain = await verifyChain(auditEntries(ledger.records.db), { expected })
  const said: string[] = []
  const broken: string[] = []
  if (chain.broken) broken.push(speak.say(describeBreak(chain.broken)))
  else said.push(speak.say({ id: 'audit.sound', params: { entries: chain.entries, head: chain.head.hash } }))
  const { files, damaged } = await damagedFiles(ledger)
  for (const { path, what, import: by } of damaged)
    broken.push(speak.say({ id: `audit.file-${what}`, params: { path, import: by } }))
  if (damaged.length === 0) said.push(speak.say({ id: 'audit.files-sound', params: { count: files } }))
  session.print(said.map((line) => `${line}\n`).join(''))
  if (broken.length > 0) throw new Exit(1, broken.join('\n'))
}

async function headOf(path: string, { publicKey }: VerifyOptions, { speak }: Session): Promise<Head> {
  if (!existsSync(path)) throw new Exit(1, speak.say({ id: 'cli.no-path', params: { path } }))
  const { verifyCheckpoint } = await import('../../../evidence/audit/index.ts')
  const verified = await verifyCheckpoint(readFileSync(path, 'utf8'), publicKey === undefined ? {} : { publicKey })
  if ('refused' in verified) throw new Exit(1, `${path}: ${speak.say(verified.refused)}`)
  return { seq: verified.checkpoint.seq, hash: verified.checkpoint.hash }
}

async function verifyExport(path: string, options: VerifyOptions, session: Session): Promise<void> {
  const { speak } = session
  for (const each of [path, options.checkpoint])
    if (each !== undefined && !existsSync(each))
      throw new Exit(1, speak.say({ id: 'cli.no-path', params: { path: each } }))
  const { describeBreak, readExport, verifyChain } = await import('../../../evidence/audit/index.ts')
  const expected = options.checkpoint === undefined ? [] : [await headOf(options.checkpoint, options, session)]
  const chain = await verifyChain(readExport(path), { expected })
  if (chain.broken) throw new Exit(1, speak.say(describeBreak(chain.broken)))
  session.print(`${speak.say({ id: 'audit.sound', params: { entries: chain.entries, head: chain.head.hash } })}\n`)
}

async function writeCheckpoint(
  ledger: OpenLedger,
  given: string | undefined,
  { entries }: VerifyOptions,
  session: Session,
): Promise<void> {
  const { speak } = session
  const { describeBreak, exportLines, openSigningKey, signCheckpoint, verifyChain } = await import(
    '../../../evidence/audit/index.ts'
  )
  const { auditEntries } = await import('../../../evidence/ledger/index.ts')
  // Nobody should sign for a chain that is broken already.
  const chain = await verifyChain(auditEntries(ledger.records.db))
  if (chain.broken) throw new Exit(1, speak.say(describeBreak(chain.broken)))
  const at = Temporal.Now.instant().toString({ smallestUnit: 'second' })
  const { id: installation, agreement } = ledger.installation
  const key = openSigningKey(join(ledger.places.keys, 'signing.pem'), {
    passphrase: host().env.CONVENIO_KEY_PASSPHRASE,
  })
  const file = given ?? host().path(`checkpoint-${chain.head.seq}.json`)
  writeFileSync(file, signCheckpoint({ installation, agreement, at, ...chain.head }, key))
  session.print(`${speak.say({ id: 'audit.checkpoint-written', params: { seq: chain.head.seq, file } })}\n`)
  if (entries === undefined) return
  const lines: string[] = []
  for await (const line of exportLines(auditEntries(ledger.records.db))) lines.push(line)
  writeFileSync(entries, lines.join(''))
  session.print(`${speak.say({ id: 'audit.entries-written', params: { count: lines.length, file: entries } })}\n`)
}
