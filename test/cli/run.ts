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

/** Runs the built command line in the repository, without colour and in English unless told otherwise. */
export function convenio(args: string[], env: Record<string, string> = {}): Answer {
  const clean = { ...process.env, NO_COLOR: '1', CONVENIO_LANGUAGE: 'en', COLUMNS: '80', ...env }
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/cli/main.js'), ...args], {
    cwd: root,
    env: clean,
    encoding: 'utf8',
    timeout: 60_000,
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
