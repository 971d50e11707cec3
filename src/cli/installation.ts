import { userInfo } from 'node:os'
import { Temporal } from 'temporal-polyfill'
import { describeFileFault } from '../evidence/index.ts'
import type { Holder, Ledger } from '../evidence/ledger/index.ts'
import { dataFolder } from './data-folder.ts'
import { Exit } from './exit.ts'
import type { Session } from './session.ts'

/** Opens the ledger for one command and closes it again, whatever happens. Every way it can fail is said in plain words. */
export async function withLedger<T>(
  session: Session,
  purpose: string,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  const root = dataFolder(session.options)
  const { speak } = session
  // Loaded here: databases are of no use to a command that only reads an agreement.
  const { Ledger, LedgerHeld, NoInstallation } = await import('../evidence/ledger/index.ts')
  let ledger: Ledger
  try {
    ledger = await Ledger.open({
      root,
      ...(process.env.DATABASE_URL ? { databaseUrl: process.env.DATABASE_URL } : {}),
      actor: process.env.CONVENIO_ACTOR ?? userInfo().username,
      now: () => Temporal.Now.instant().toString({ smallestUnit: 'millisecond' }),
      purpose: `convenio ${purpose}`,
      passphrase: process.env.CONVENIO_KEY_PASSPHRASE,
      waitMs: waitOf(process.env.CONVENIO_WAIT),
    })
  } catch (error) {
    if (error instanceof NoInstallation)
      throw new Exit(2, speak.say({ id: 'cli.no-installation', params: { folder: root } }))
    if (error instanceof LedgerHeld) throw new Exit(1, heldText(error.holder, session, root))
    throw plain(error, session)
  }
  return inPlainWords(session, async () => {
    try {
      return await work(ledger)
    } finally {
      await ledger.close()
    }
  })
}

/** Does what may fail by the machine's fault (a full disk, missing rights) and says so in a sentence when it does. */
export async function inPlainWords<T>(session: Session, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw plain(error, session)
  }
}

function heldText(holder: Holder, { speak }: Session, folder: string): string {
  const { pid, host, since, purpose, elsewhere } = holder
  const id = elsewhere ? 'cli.held-elsewhere' : 'cli.held'
  return speak.say({ id, params: { folder, pid: String(pid), host, since, purpose } })
}

// What databases say of the disk, in their own words.
const DISK_FAULTS: [RegExp, string][] = [
  [/no space left on device|disk quota exceeded/i, 'evidence/disk-full'],
  [/file too large/i, 'evidence/file-too-big'],
  [/read-only file system/i, 'evidence/read-only'],
  [/permission denied/i, 'evidence/no-access'],
]

// Full disks and missing rights are the machine's faults, not ours: a sentence and what to do, no stack.
function plain(error: unknown, { speak, options }: Session): unknown {
  if (error instanceof Exit) return error
  const folder = dataFolder(options)
  const text = error instanceof Error ? error.message : ''
  const told = DISK_FAULTS.find(([words]) => words.test(text))
  const path = /[«"']([^"'«»]*\/[^"'«»]*)["'»]/.exec(text)?.[1] ?? folder
  const fault = describeFileFault(error) ?? (told && { id: told[1], params: { path } })
  if (fault) return new Exit(1, `${speak.say(fault)} ${speak.say({ ...fault, id: `${fault.id}.fix` })}`)
  const code = (error as { code?: unknown } | null)?.code
  if (code === 'NEWER_RECORDS') return new Exit(1, speak.say({ id: 'cli.newer-records', params: { folder } }))
  if (typeof code === 'string' && /^(ECONNREFUSED|ENOTFOUND|ECONNRESET|57P|3D000|28P01|28000)/.test(code))
    return new Exit(1, speak.say({ id: 'cli.no-database', params: { detail: String((error as Error).message) } }))
  return error
}

function waitOf(text: string | undefined): number {
  const seconds = Number(text ?? '5')
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 5000
}
