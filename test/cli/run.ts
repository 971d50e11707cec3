import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What the built command line answers. */
export interface Answer {
  code: number | null
  out: string
  err: string
}

// Whoever works on the repository may have an installation of their own in it; no test may read or touch that.
const NOWHERE = join(tmpdir(), 'convenio-no-installation')

/** Runs the built command line in the repository, without colour, in English and without an installation unless told otherwise. */
export function convenio(args: string[], env: Record<string, string> = {}): Answer {
  const own = { NO_COLOR: '1', CONVENIO_LANGUAGE: 'en', COLUMNS: '80', CONVENIO_DATA: NOWHERE, DATABASE_URL: '' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/cli/main.js'), ...args], {
    cwd: root,
    env: { ...process.env, ...own, ...env },
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 64 * 1024 * 1024,
  })
  return { code: status, out: stdout, err: stderr }
}

/** Writes a file into a new temporary folder and gives its path. */
export function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), 'convenio-')), name)
  writeFileSync(path, content)
  return path
}
