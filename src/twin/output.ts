import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { message, type Problem } from '../language/index.ts'
import type { Output } from './world.ts'

/** What the twin leaves in a folder that it filled, and by which it knows it again. */
export const TRUTH_FILE = 'truth.json'
/** Says so in the truth. */
export const MADE_BY = 'convenio simulate'
const MARK = '.simulating'

interface Mark {
  madeBy: string
  folders: string[]
}

/** A folder being filled: counts what is written and remembers which folders at its top are the twin's. */
export interface OpenOutput extends Output {
  readonly folders: string[]
  readonly files: number
  readonly bytes: number
  /** Marks folders as the twin's before somebody beside this makes them. */
  expect(folders: readonly string[]): void
  /** Counts what was written beside this. */
  count(written: { folders: readonly string[]; files: number; bytes: number }): void
  /** Writes the truth and takes the mark of unfinished work away. */
  finish(truth: Record<string, unknown>): Promise<void>
}

/**
 * Opens a folder to be filled. The folders of an earlier run are removed first; with anything else beside them the
 * folder is refused and nothing is touched.
 */
export async function openOutput(out: string): Promise<{ output?: OpenOutput; problems: Problem[] }> {
  await mkdir(out, { recursive: true })
  const present = await readdir(out)
  const earlier = await earlierRun(out)
  const foreign = present.filter((name) => !isOwn(name, earlier))
  if (foreign.length > 0) return { problems: [notOurs(out, foreign)] }
  for (const name of present.filter((each) => each !== MARK)) await rm(join(out, name), { recursive: true })
  const output = new Folder(out, true)
  output.expect([])
  return { output, problems: [] }
}

/** The same folder for a thread beside the one that opened it, which marks what is the twin's. */
export function openBeside(out: string): Output & Pick<OpenOutput, 'folders' | 'files' | 'bytes'> {
  return new Folder(out, false)
}

function isOwn(name: string, earlier: Mark | undefined): boolean {
  return earlier !== undefined && (name === TRUTH_FILE || name === MARK || earlier.folders.includes(name))
}

async function earlierRun(out: string): Promise<Mark | undefined> {
  for (const file of [MARK, TRUTH_FILE]) {
    const text = await readFile(join(out, file), 'utf8').catch(() => undefined)
    const mark = text === undefined ? undefined : markIn(text)
    if (mark) return mark
  }
  return undefined
}

function markIn(text: string): Mark | undefined {
  try {
    const mark = JSON.parse(text) as Partial<Mark> | null
    const isMark = mark?.madeBy === MADE_BY && Array.isArray(mark.folders)
    return isMark ? (mark as Mark) : undefined
  } catch {
    return undefined
  }
}

function notOurs(out: string, foreign: readonly string[]): Problem {
  const shown = foreign.slice(0, 5)
  return {
    code: 'twin/not-empty',
    where: { file: out, line: 1, column: 1, endLine: 1, endColumn: 1 },
    message: message('twin/not-empty', { folder: out, names: shown, count: foreign.length }),
    fix: message('twin/not-empty.fix'),
  }
}

class Folder implements OpenOutput {
  readonly #out: string
  readonly #made = new Set<string>()
  readonly #marks: boolean
  readonly #expected: string[] = []
  readonly folders: string[] = []
  files = 0
  bytes = 0

  constructor(out: string, marks: boolean) {
    this.#out = out
    this.#marks = marks
  }

  expect(folders: readonly string[]): void {
    this.#expected.push(...folders)
    const mark: Mark = { madeBy: MADE_BY, folders: [...this.folders, ...this.#expected] }
    if (this.#marks) writeFileSync(join(this.#out, MARK), JSON.stringify(mark))
  }

  count({ folders, files, bytes }: { folders: readonly string[]; files: number; bytes: number }): void {
    this.folders.push(...folders.filter((each) => !this.folders.includes(each)))
    this.files += files
    this.bytes += bytes
  }

  async file(name: string, content: string | Uint8Array): Promise<void> {
    this.#ready(name)
    this.#write(name, content)
    this.files += 1
    this.bytes += typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength
    await turn()
  }

  path(name: string): string {
    this.#ready(name)
    this.files += 1
    return join(this.#out, name)
  }

  async finish(truth: Record<string, unknown>): Promise<void> {
    this.#write(TRUTH_FILE, `${JSON.stringify(truth, null, 2)}\n`)
    await rm(join(this.#out, MARK))
  }

  // The mark names a folder before the folder is there: an interrupted run's files are known as the twin's.
  #ready(name: string): void {
    const top = name.split('/')[0] ?? name
    if (!this.folders.includes(top)) {
      this.folders.push(top)
      this.expect([])
    }
    const folder = dirname(join(this.#out, name))
    if (this.#made.has(folder)) return
    mkdirSync(folder, { recursive: true })
    this.#made.add(folder)
  }

  // The work has nothing to do meanwhile, and there are thousands of files: waiting for each costs more than writing it.
  #write(name: string, content: string | Uint8Array): void {
    const path = join(this.#out, name)
    writeFileSync(`${path}.part`, content)
    renameSync(`${path}.part`, path)
  }
}
