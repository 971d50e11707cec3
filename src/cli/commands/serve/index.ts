import { randomBytes } from 'node:crypto'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { UnreadableAgreement } from '../../../desk/index.ts'
import type { Ledger } from '../../../evidence/ledger/index.ts'
import type { Message } from '../../../language/index.ts'
import { Exit } from '../../exit.ts'
import { host as surroundings } from '../../host.ts'
import { withLedger } from '../../installation.ts'
import { type RunningServer, removeServerFile, writeServerFile } from '../../server-file.ts'
import { type CommonOptions, Session, thisDay } from '../../session.ts'
import { version } from '../../version.ts'

interface ServeOptions extends CommonOptions {
  host: string
  port: number
  log: string
  origin?: string | undefined
}

const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug']

/** `convenio serve`: one process with the pages and the API, which has the installation until it is stopped. */
export function register(program: Command): void {
  program
    .command('serve')
    .description('the pages and the API of an installation, until stopped; other commands on it are handed over')
    .option('--data <folder>', 'folder of the installation (default: CONVENIO_DATA, else .convenio)')
    .option('--host <name>', 'address to listen on; another than this machine’s own needs TLS in front', '127.0.0.1')
    .option('--port <number>', 'port to listen on; 0 is any that is free', portOf, 4600)
    .option('--origin <url>', 'the address people use, when a server with TLS stands in front', originOf)
    .addOption(new Option('--log <level>', 'how much is logged, as lines of JSON').choices(LOG_LEVELS).default('warn'))
    .action(async (options: ServeOptions) => {
      const session = new Session(options)
      const { CONVENIO_ORIGIN: usual } = surroundings().env
      const origin = options.origin ?? (usual ? originOf(usual) : undefined)
      await withLedger(session, 'serve', (ledger) => serve(ledger, { ...options, origin }, session))
    })
}

function portOf(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('Use 0 to 65535.')
  return Number(text)
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw new Exit(2, `${text}: https://name`)
  return url.origin
}

async function serve(ledger: Ledger, options: ServeOptions, session: Session): Promise<void> {
  const { speak } = session
  const { root } = ledger.places
  const secret = randomBytes(32).toString('base64url')
  const server = await listening(ledger, secret, options, session)
  const stop = stopSignal()
  const file: RunningServer = {
    pid: process.pid,
    url: localUrl(server.url, options.host),
    secret,
    startedAt: ledger.now(),
  }
  try {
    writeServerFile(root, file)
    session.print(`${speak.say({ id: 'cli.serving', params: { url: server.url, folder: root } })}\n`)
    if (!isLoopback(options.host) && !options.origin?.startsWith('https:'))
      session.tell('cli.serve-needs-tls', { host: options.host })
    const { firstAdministrator: link } = server
    if (link !== undefined) session.print(`${speak.say({ id: 'cli.first-administrator', params: { link } })}\n`)
    await stop.asked
    session.tell('cli.serve-stopping', {})
  } finally {
    // First of all, so that a command that comes now waits for the folder instead of asking us.
    removeServerFile(root, file)
    await server.close()
    stop.forget()
  }
}

type Listening = { url: string; firstAdministrator?: string; close(): Promise<void> }

async function listening(
  ledger: Ledger,
  secret: string,
  { host, port, log, origin }: ServeOptions,
  session: Session,
): Promise<Listening> {
  const { speak } = session
  const { env, answerCommand } = surroundings()
  if (!answerCommand) throw new Error('only a process of its own can serve')
  // Loaded here: no other command needs a server.
  const { startServer } = await import('../../../api/index.ts')
  try {
    return await startServer({
      ledger,
      host,
      port,
      language: speak.language,
      logLevel: log,
      secret,
      answerCommand,
      today: thisDay,
      version: version(),
      origin: origin ?? env.CONVENIO_ORIGIN,
      perMinute: perMinuteOf(env.CONVENIO_PER_MINUTE),
    })
  } catch (error) {
    if (error instanceof UnreadableAgreement) {
      session.complain(error.problems)
      throw new Exit(1)
    }
    const { code, refused } = error as { code?: unknown; refused?: Message }
    if (refused) throw new Exit(1, speak.say(refused))
    const id = FAULTS[String(code)]
    const params = { host, port: String(port), other: String(port + 1) }
    throw id === undefined ? error : new Exit(1, speak.say({ id, params }))
  }
}

// Requests a minute of one person or address; 0 for no limit.
function perMinuteOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,7}$/.test(text) ? Number(text) : undefined
}

const FAULTS: Record<string, string> = {
  EADDRINUSE: 'cli.port-taken',
  EACCES: 'cli.port-forbidden',
  EADDRNOTAVAIL: 'cli.no-such-address',
  ENOTFOUND: 'cli.no-such-address',
  EAI_AGAIN: 'cli.no-such-address',
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** When somebody asks the process to stop; a second time it ends at once. */
function stopSignal(): { asked: Promise<void>; forget(): void } {
  let first = () => {}
  const asked = new Promise<void>((resolve) => {
    first = resolve
  })
  let times = 0
  const listener = () => {
    times += 1
    if (times > 1) process.exit(130)
    first()
  }
  for (const signal of SIGNALS) process.on(signal, listener)
  return {
    asked,
    forget: () => {
      for (const signal of SIGNALS) process.off(signal, listener)
    },
  }
}

/** How this machine reaches what listens, also on all its addresses. */
function localUrl(url: string, host: string): string {
  const local = new URL(url)
  local.hostname = LOCAL[host] ?? (host.includes(':') ? `[${host}]` : host)
  return local.origin
}

const LOCAL: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
