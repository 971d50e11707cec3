import { AsyncLocalStorage } from 'node:async_hooks'
import { userInfo } from 'node:os'
import { isAbsolute, normalize, resolve } from 'node:path'
import type { Ledger } from '../evidence/ledger/index.ts'

/** Where a command's text goes, and what is known of who sees it. */
export interface Outlet {
  write(text: string): void
  readonly isTTY: boolean
  readonly columns: number | undefined
  readonly hasColors: boolean
}

/** A command that is about to begin. */
export interface Begun {
  /** Its name as it is typed, such as "audit verify". */
  name: string
  /** The installation's folder; undefined for a command that works on none. */
  folder: string | undefined
  /** What `--language` says. */
  language: string | undefined
}

/** Runs a command that another process asks for on an open ledger; see `answerCommand`. */
export type AnswerCommand = (
  request: unknown,
  ledger: Ledger,
  write: (line: string) => void,
  gone?: AbortSignal,
) => Promise<void>

/** The surroundings of one command: all that it writes to or reads of the person, the terminal and the machine. */
export interface Host {
  /** Standard output: the answer alone. */
  readonly out: Outlet
  /** Standard error: problems and progress. */
  readonly err: Outlet
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Who acts, for the audit. */
  readonly actor: string
  /** A path as whoever typed it meant it. */
  path(typed: string): string
  /** Told before a command's action runs; ends it by throwing `Exit`. */
  begin?(command: Begun): Promise<void>
  /** The open ledger of a server; without one a command opens the installation's itself. */
  readonly ledger?: Ledger
  /** How commands of other processes are answered; only a process itself can serve. */
  readonly answerCommand?: AnswerCommand
  /** Aborted when nobody waits for the answer any more. */
  readonly gone?: AbortSignal
}

const current = new AsyncLocalStorage<Host>()

let own: Host | undefined
// How many commands run in other surroundings than the process's.
let elsewhere = 0

/** The surroundings of the command that runs. */
export function host(): Host {
  return current.getStore() ?? own ?? processHost()
}

/**
 * Takes surroundings for those of the whole process. Carrying them through every promise, as `within` does, would cost a server a good
 * part of its throughput.
 */
export function settle(surroundings: Host): Host {
  own = surroundings
  return surroundings
}

/** Does work in other surroundings than the process's. */
export async function within<T>(surroundings: Host, work: () => Promise<T>): Promise<T> {
  if (surroundings === own) return work()
  elsewhere += 1
  try {
    return await current.run(surroundings, work)
  } finally {
    elsewhere -= 1
    if (elsewhere === 0) current.disable()
  }
}

/** The process itself: its terminal, its environment, its folder; `more` is what only a process that was started for a command has. */
export function processHost(more: Pick<Host, 'begin' | 'answerCommand'> = {}): Host {
  return {
    ...more,
    out: outletOf(process.stdout),
    err: outletOf(process.stderr),
    env: process.env,
    cwd: process.cwd(),
    get actor() {
      return process.env.CONVENIO_ACTOR ?? userInfo().username
    },
    path: (typed) => typed,
  }
}

function outletOf(stream: NodeJS.WriteStream): Outlet {
  return {
    write: (text) => void stream.write(text),
    get isTTY() {
      return stream.isTTY === true
    },
    get columns() {
      return stream.columns
    },
    get hasColors() {
      return stream.isTTY === true && stream.hasColors()
    },
  }
}

/** Paths that somebody typed in another folder than ours: where they lie, and back to what was typed. */
export class TypedPaths {
  readonly #cwd: string
  readonly #typed = new Map<string, string>()

  constructor(cwd: string) {
    this.#cwd = cwd
  }

  /** Where a typed path lies. */
  place(typed: string): string {
    if (typed === '' || isAbsolute(typed) || this.#cwd === process.cwd()) return typed
    const place = resolve(this.#cwd, typed)
    this.#typed.set(place, typed)
    return place
  }

  /** A text in which each place is named again as it was typed, so that it reads as if it was written there. */
  asTyped(text: string): string {
    if (this.#typed.size === 0) return text
    const places = [...this.#typed.keys()].sort((a, b) => b.length - a.length).map(escaped)
    const named = new RegExp(`(?<![\\w./-])(${places.join('|')})(?:(/)|(?![\\w-]|\\.\\w))`, 'g')
    return text.replace(named, (_, place: string, below?: string) => {
      const typed = this.#typed.get(place) ?? place
      if (below === undefined) return typed
      const folder = normalize(`${typed}/`)
      return folder === './' ? '' : folder
    })
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
