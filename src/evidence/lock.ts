import { randomBytes } from 'node:crypto'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Message, message } from '../language/index.ts'
import { codeOf, located, replaceNow } from './files.ts'

/** Who has a folder. `elsewhere`: on another machine or in another container, where nobody here can see whether it lives. */
export interface Holder {
  pid: number
  host: string
  since: string
  purpose: string
  elsewhere: boolean
}

/** A folder that is ours until `release`, or until the process ends. */
export interface Lock {
  readonly folder: string
  release(): void
}

/** What is written for one who has, or had, the folder; `pid` 0 stands for nobody. */
interface Turn {
  id: string
  pid: number
  /** When the process began, in the kernel's ticks: a number that is used again belongs to another process. */
  start: string
  boot: string
  space: string
  host: string
  machine: string
  since: string
  purpose: string
}

/*
 * The turns are a chain: `installation.lock` names the first, `after-<id>` the one that follows the turn <id>. Link(2) gives each
 * turn one follower only, and only a turn whose process is dead or that was given back is followed, so two takers
 * cannot both succeed. The holder makes its own turn the first and removes the rest; whoever followed a turn that was removed
 * meanwhile finds itself outside the chain and steps back. The first file is replaced, never removed, and ids never return.
 */
const FIRST = 'installation.lock'
const held = new Map<string, { folder: string; turn: Turn }>()

/** Takes a folder for this process alone, or says who has it after `waitMs`. A dead process of this machine has nothing. */
export async function acquireLock(
  folder: string,
  { purpose, waitMs }: { purpose: string; waitMs: number },
): Promise<Lock | { heldBy: Holder }> {
  mkdirSync(folder, { recursive: true })
  const until = performance.now() + waitMs
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 1.5, 100)) {
    const turn = { ...ourselves(), id: newId(), purpose, since: new Date().toISOString() }
    const answer = attempt(folder, turn)
    if (answer === 'held') return lockOf(folder, turn)
    if (answer === 'again') continue
    const left = until - performance.now()
    if (left <= 0) return { heldBy: holderOf(answer) }
    await sleep(Math.min(pauseMs * (0.5 + Math.random()), left))
  }
}

/** Who has the folder now; undefined for nobody. */
export function holderOfFolder(folder: string): Holder | undefined {
  const last = lastTurn(folder)
  return last !== undefined && stands(last) ? holderOf(last) : undefined
}

/** Says who has a folder, and what to do about it (`.fix` has words as well). */
export function describeHolder(holder: Holder, folder: string): Message {
  const { pid, host, since, purpose } = holder
  const id = holder.elsewhere ? 'evidence/locked-elsewhere' : 'evidence/locked'
  return message(id, { folder, pid: String(pid), host, since, purpose, file: join(folder, FIRST) })
}

function attempt(folder: string, turn: Turn): 'held' | 'again' | Turn {
  const last = lastTurn(folder)
  if (last !== undefined && stands(last)) return last
  const place = last === undefined ? join(folder, FIRST) : followerOf(folder, last)
  if (!linkInto(place, turn, folder)) return 'again'
  if (lastTurn(folder)?.id !== turn.id) {
    rmSync(place, { force: true })
    return 'again'
  }
  replaceNow(join(folder, FIRST), JSON.stringify(turn))
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`${FIRST}.`)) rmSync(join(folder, name), { force: true })
  }
  return 'held'
}

function linkInto(place: string, turn: Turn, folder: string): boolean {
  const own = join(folder, `${FIRST}.${turn.id}.part`)
  try {
    writeFileSync(own, JSON.stringify(turn), { flag: 'wx' })
    linkSync(own, place)
    return true
  } catch (error) {
    // A holder that clears the chain may take our file with it.
    const beaten = codeOf(error) === 'EEXIST' || (codeOf(error) === 'ENOENT' && existsSync(folder))
    if (beaten) return false
    throw located(error, place)
  } finally {
    rmSync(own, { force: true })
  }
}

function lastTurn(folder: string): Turn | undefined {
  let last = readTurn(join(folder, FIRST))
  for (let next = last; next !== undefined; ) {
    last = next
    next = readTurn(followerOf(folder, last))
  }
  return last
}

function followerOf(folder: string, { id }: Turn): string {
  return join(folder, `${FIRST}.after-${id}`)
}

function readTurn(path: string): Turn | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
  try {
    const turn = JSON.parse(text) as Turn
    if (/^[0-9a-f]{32}$/.test(turn.id) && Number.isInteger(turn.pid)) return turn
  } catch {
    // Not of our writing, or of a disk that lost it: it stands, and a person decides.
  }
  return { ...ourselves(), id: 'unreadable', pid: -1, host: '?', purpose: '?', since: '?' }
}

/** Whether a turn still keeps others out. */
function stands(turn: Turn): boolean {
  if (turn.pid === 0) return false
  if (isElsewhere(turn)) return true
  if (turn.boot !== ourselves().boot) return false
  const start = startOf(turn.pid)
  return start !== undefined && (start === '' || turn.start === '' || start === turn.start)
}

function isElsewhere(turn: Turn): boolean {
  const us = ourselves()
  if (turn.host !== us.host || turn.machine !== us.machine) return true
  // Containers may share a host's name but see only their own processes.
  return turn.boot === us.boot && turn.space !== us.space
}

function holderOf(turn: Turn): Holder {
  const { pid, host, since, purpose } = turn
  return { pid, host, since, purpose, elsewhere: isElsewhere(turn) }
}

let known: Omit<Turn, 'id' | 'purpose' | 'since'> | undefined

function ourselves(): Omit<Turn, 'id' | 'purpose' | 'since'> {
  known ??= {
    pid: process.pid,
    start: startOf(process.pid) ?? '',
    boot: textOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
    space: textOf(() => readlinkSync('/proc/self/ns/pid')),
    host: hostname(),
    machine: textOf(() => readFileSync('/etc/machine-id', 'utf8')),
  }
  return known
}

function textOf(read: () => string): string {
  try {
    return read().trim()
  } catch {
    return ''
  }
}

/** When a process began; '' where only its number is known, undefined when it is dead. */
function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return undefined
  }
  const stat = textOf(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  // The second field is the program's name and may hold blanks and brackets; the third is the state, the 22nd the start.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined
  return fields[19] ?? ''
}

function lockOf(folder: string, turn: Turn): Lock {
  held.set(turn.id, { folder, turn })
  if (held.size === 1) watchEnd()
  return { folder, release: () => release(folder, turn) }
}

function release(folder: string, turn: Turn): void {
  if (!held.delete(turn.id)) return
  if (held.size === 0) unwatchEnd()
  const first = join(folder, FIRST)
  // A person may have removed the file, and another taken the folder.
  if (readTurn(first)?.id === turn.id) replaceNow(first, JSON.stringify({ ...turn, id: newId(), pid: 0 }))
}

function releaseAll(): void {
  for (const { folder, turn } of held.values()) {
    try {
      release(folder, turn)
    } catch {
      // The folder is gone or full; a turn of a dead process keeps nobody out.
    }
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

// Whoever else listens to the signal may still be finishing its work in the folder: then the end of the process releases.
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return
  releaseAll()
  process.kill(process.pid, signal)
}

function watchEnd(): void {
  process.on('exit', releaseAll)
  for (const signal of SIGNALS) process.on(signal, onSignal)
}

function unwatchEnd(): void {
  process.off('exit', releaseAll)
  for (const signal of SIGNALS) process.off(signal, onSignal)
}

function newId(): string {
  return randomBytes(16).toString('hex')
}
