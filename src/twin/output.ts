import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
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
  const output = new Folder(out)
  output.mark()
  return { output, problems: [] }
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
  readonly folders: string[] = []
  files = 0
  bytes = 0

  constructor(out: string) {
    this.#out = out
  }

  mark(): void {
    const mark: Mark = { madeBy: MADE_BY, folders: this.folders }
    writeFileSync(join(this.#out, MARK), JSON.stringify(mark))
  }

  async file(name: string, content: string | Uint8Array): Promise<void> {
    this.#ready(name)
    await this.#write(name, content)
    this.files += 1
    this.bytes += typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength
  }

  path(name: string): string {
    this.#ready(name)
    this.files += 1
    return join(this.#out, name)
  }

  async finish(truth: Record<string, unknown>): Promise<void> {
    await this.#write(TRUTH_FILE, `${JSON.stringify(truth, null, 2)}\n`)
    await rm(join(this.#out, MARK))
  }

  // The mark names a folder before the folder is there: an interrupted run's files are known as the twin's.
  #ready(name: string): void {
    const top = name.split('/')[0] ?? name
    if (!this.folders.includes(top)) {
      this.folders.push(top)
      this.mark()
    }
    const folder = dirname(join(this.#out, name))
    if (this.#made.has(folder)) return
    mkdirSync(folder, { recursive: true })
    this.#made.add(folder)
  }

  async #write(name: string, content: string | Uint8Array): Promise<void> {
    const path = join(this.#out, name)
    await writeFile(`${path}.part`, content)
    await rename(`${path}.part`, path)
  }
}
