import { realpathSync } from 'node:fs'
import { z } from 'zod'
import type { Ledger } from '../evidence/ledger/index.ts'
import { speakerOf } from '../reports/index.ts'
import { Exit } from './exit.ts'
import { type Begun, type Host, type Outlet, processHost, TypedPaths } from './host.ts'
import { runCommand } from './run-command.ts'
import { languageOf } from './session.ts'

const look = z.object({
  isTTY: z.boolean(),
  columns: z.number().int().positive().nullish(),
  hasColors: z.boolean().optional(),
})

const schema = z.object({
  argv: z.array(z.string()),
  cwd: z.string().min(1),
  env: z.record(z.string(), z.string()),
  out: look,
  err: look,
  actor: z.string().min(1),
})

/** A command that another process of this machine asks for, with its surroundings. */
export type CommandRequest = z.infer<typeof schema>

/** So that neither end takes a long silence for a broken connection. */
const SIGN_OF_LIFE_MS = 10_000

/**
 * Runs a command on the server's open ledger as if it ran where it was typed. Writes lines of JSON as they come: `{out}` and
 * `{err}` with text, `{}` as a sign of life, and `{exit}` as the last one. `gone` is aborted when whoever asked went away;
 * `write` may then be called still, and must not throw.
 */
export async function answerCommand(
  request: unknown,
  ledger: Ledger,
  write: (line: string) => void,
  gone?: AbortSignal,
): Promise<void> {
  const tell = (said: { out?: string; err?: string; exit?: number }) => write(`${JSON.stringify(said)}\n`)
  const parsed = schema.safeParse(request)
  if (!parsed.success) {
    tell({ err: `${z.prettifyError(parsed.error)}\n` })
    return tell({ exit: 2 })
  }
  tell({})
  const alive = setInterval(() => tell({}), SIGN_OF_LIFE_MS)
  const acting = ledger.by(parsed.data.actor)
  try {
    tell({ exit: await runCommand(parsed.data.argv, remoteHost(parsed.data, acting, tell, gone)) })
  } finally {
    clearInterval(alive)
    acting.release()
  }
}

function remoteHost(
  request: CommandRequest,
  ledger: Ledger,
  tell: (said: { out?: string; err?: string }) => void,
  gone: AbortSignal | undefined,
): Host {
  const own = processHost()
  const paths = new TypedPaths(request.cwd)
  const outlet = ({ isTTY, columns, hasColors }: CommandRequest['out'], to: 'out' | 'err'): Outlet => ({
    isTTY,
    columns: columns ?? undefined,
    hasColors: hasColors ?? isTTY,
    write: (text) => tell({ [to]: paths.asTyped(text) }),
  })
  const { CONVENIO_KEY_PASSPHRASE, DATABASE_URL } = own.env
  return {
    out: outlet(request.out, 'out'),
    err: outlet(request.err, 'err'),
    env: { ...request.env, CONVENIO_KEY_PASSPHRASE, DATABASE_URL },
    cwd: request.cwd,
    actor: request.actor,
    path: (typed) => paths.place(typed),
    begin: async (command) => refuseOthers(command, ledger),
    ledger,
    ...(gone ? { gone } : {}),
  }
}

/** A server answers for its own folder alone, and does nothing that its folder must be free for. */
function refuseOthers({ name, folder, language }: Begun, ledger: Ledger): void {
  const refused = (id: string, params: Record<string, string>) =>
    new Exit(1, speakerOf(languageOf(language)).say({ id, params }))
  const { root } = ledger.places
  if (folder === undefined || !isSame(folder, root))
    throw refused('cli.other-installation', { command: name, folder: root })
  if (name === 'serve' || name === 'restore') throw refused('cli.not-while-served', { command: name, folder: root })
}

function isSame(folder: string, other: string): boolean {
  try {
    return realpathSync(folder) === realpathSync(other)
  } catch {
    return false
  }
}
