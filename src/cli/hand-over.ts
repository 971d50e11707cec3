import { speakerOf } from '../reports/index.ts'
import { Exit } from './exit.ts'
import { type Begun, type Host, host, type Outlet } from './host.ts'
import { type RunningServer, runningServer } from './server-file.ts'
import { languageOf } from './session.ts'

/** How long a server may take until it begins to answer. */
const PATIENCE_MS = 30_000
const INTERRUPTED = 130
/** Nobody has seen the command. */
const UNREACHED = /^(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/

/**
 * Hands a command on an installation over to the server that has its folder, and ends it with the server's exit code. Comes back
 * when there is none: then the command does its own work.
 */
export async function handOver(
  argv: readonly string[],
  { name, folder, language }: Begun & { folder: string },
): Promise<void> {
  const server = runningServer(folder)
  if (server === undefined) return
  const speak = speakerOf(languageOf(language))
  const params = { folder, url: server.url, pid: String(server.pid) }
  if (name === 'serve') throw new Exit(1, speak.say({ id: 'cli.served-already', params }))
  if (name === 'restore') throw new Exit(1, speak.say({ id: 'cli.restore-while-served', params }))
  const answer = await ask(server, argv)
  if (answer === 'silent') return
  if (typeof answer === 'number') throw new Exit(answer)
  if (answer === 'broken off') throw new Exit(1, speak.say({ id: 'cli.server-gone', params }))
  const { refused: status } = answer
  const id = status === 401 || status === 403 ? 'cli.server-refuses' : 'cli.server-fails'
  throw new Exit(1, speak.say({ id, params: { ...params, status: String(status) } }))
}

/** The exit code, or why there is none; a command that was interrupted has the shell's usual code. */
async function ask(
  server: RunningServer,
  argv: readonly string[],
): Promise<number | 'silent' | 'broken off' | { refused: number }> {
  const stopped = new AbortController()
  const late = new AbortController()
  const stop = () => stopped.abort()
  const clock = setTimeout(() => late.abort(), PATIENCE_MS)
  process.once('SIGINT', stop)
  try {
    let isConnected = true
    const response = await fetch(new URL('/api/v1/commands', server.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${server.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(requestOf(argv, host())),
      signal: AbortSignal.any([stopped.signal, late.signal]),
      redirect: 'error',
    }).catch((error: { cause?: { code?: string } }) => {
      isConnected = !UNREACHED.test(error.cause?.code ?? '') && !late.signal.aborted
    })
    clearTimeout(clock)
    if (stopped.signal.aborted) return INTERRUPTED
    // What was asked for may have been begun: it is not done a second time behind the person's back.
    if (!response) return isConnected ? 'broken off' : 'silent'
    if (!response.ok || response.body === null) return { refused: response.status }
    const code = await shown(response.body).catch(() => undefined)
    return stopped.signal.aborted ? INTERRUPTED : (code ?? 'broken off')
  } finally {
    clearTimeout(clock)
    process.off('SIGINT', stop)
  }
}

/** What a server must know of us to answer as if the command ran here. */
function requestOf(argv: readonly string[], { out, err, env, cwd, actor }: Host): object {
  // A passphrase stays where it is: the server has its own.
  const told = Object.entries(env).filter(
    ([name]) =>
      /^(CONVENIO_(?!KEY_PASSPHRASE)\w+|LANG|LC_\w+|NO_COLOR|FORCE_COLOR|COLUMNS)$/.test(name) &&
      env[name] !== undefined,
  )
  return { argv, cwd, env: Object.fromEntries(told), out: lookOf(out), err: lookOf(err), actor }
}

function lookOf({ isTTY, columns, hasColors }: Outlet): object {
  return { isTTY, columns: columns ?? null, hasColors }
}

/** Writes what comes as it comes; gives the exit code, or undefined when the answer ends without one. */
async function shown(body: ReadableStream<Uint8Array>): Promise<number | undefined> {
  const { out, err } = host()
  let rest = ''
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const lines = `${rest}${text}`.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const said = JSON.parse(line) as { out?: string; err?: string; exit?: number }
      if (said.out !== undefined) out.write(said.out)
      if (said.err !== undefined) err.write(said.err)
      if (said.exit !== undefined) return said.exit
    }
  }
  return undefined
}
