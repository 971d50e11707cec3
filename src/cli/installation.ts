import { describeFileFault } from '../evidence/index.ts'
import type { Holder, Ledger } from '../evidence/ledger/index.ts'
import { dataFolder } from './data-folder.ts'
import { Exit } from './exit.ts'
import { host } from './host.ts'
import type { Session } from './session.ts'

// On a server these are answered while another command writes; all others wait for their turn.
const READING = ['standing', 'evidence']

/**
 * Opens the ledger for one command and closes it again, whatever happens; a server's open ledger is used and stays open. Every
 * way it can fail is said in plain words.
 */
export async function withLedger<T>(
  session: Session,
  purpose: string,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  const { ledger: served, gone } = host()
  if (served) {
    const whole = () => (gone?.aborted ? Promise.reject(new Exit(130)) : work(served))
    return inPlainWords(session, () => (READING.includes(purpose) ? whole() : served.exclusive(whole)))
  }
  const ledger = await openLedger(session, purpose)
  return inPlainWords(session, async () => {
    try {
      return await work(ledger)
    } finally {
      await ledger.close()
    }
  })
}

async function openLedger(session: Session, purpose: string): Promise<Ledger> {
  const root = dataFolder(session.options)
  const { speak } = session
  const { actor, env } = host()
  // Loaded here: databases are of no use to a command that only reads an agreement.
  const { Ledger, LedgerHeld, NoInstallation } = await import('../evidence/ledger/index.ts')
  try {
    return await Ledger.open({
      root,
      ...(env.DATABASE_URL ? { databaseUrl: env.DATABASE_URL } : {}),
      actor,
      now: () => new Date().toISOString(),
      purpose: `convenio ${purpose}`,
      passphrase: env.CONVENIO_KEY_PASSPHRASE,
      waitMs: waitOf(env.CONVENIO_WAIT),
      // A server answers many at once; a command asks one thing after the other.
      ...(purpose === 'serve' ? { connections: connectionsOf(env.CONVENIO_CONNECTIONS), serves: true } : {}),
    })
  } catch (error) {
    if (error instanceof NoInstallation)
      throw new Exit(2, speak.say({ id: 'cli.no-installation', params: { folder: root } }))
    if (error instanceof LedgerHeld) throw new Exit(1, heldText(error.holder, session, root))
    throw plain(error, session)
  }
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

function connectionsOf(text: string | undefined): number {
  const count = Number(text ?? '20')
  return Number.isInteger(count) && count > 0 && count <= 500 ? count : 20
}
