import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../tidy/tree.ts'

/** Compiles a part of src into a new folder, so that child processes run what stands there now; gives the folder. */
export function compile(...modules: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'convenio-compiled-'))
  const options =
    '--target es2023 --module nodenext --rewriteRelativeImportExtensions --skipLibCheck --noCheck --types node'
  const files = modules.map((name) => join(ROOT, 'src', name))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/typescript/bin/tsc'),
      ...['--ignoreConfig', '--rootDir', join(ROOT, 'src'), '--outDir', folder],
      ...options.split(' '),
      ...files,
    ],
    { cwd: ROOT, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`${stdout}${stderr}`)
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

/** A child process, what it has said so far, and how it ended. */
export interface Child {
  pid: number
  out(): string
  kill(signal: NodeJS.Signals): void
  ended: Promise<{ code: number | null; signal: string | null; out: string }>
}

/** Runs a script written on the spot, in a folder of `compile`; `shell` stands before it, such as limits of resources. */
export function run(folder: string, script: string, shell = ''): Child {
  const args = ['--input-type=module', '-e', script]
  const options = { cwd: folder, env: { ...process.env, SCRIPT: script } }
  const child =
    shell === ''
      ? spawn(process.execPath, args, options)
      : spawn('sh', ['-c', `${shell} exec "${process.execPath}" --input-type=module -e "$SCRIPT"`], options)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => {
      said += text
    })
  }
  const ended = new Promise<{ code: number | null; signal: string | null; out: string }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, out: said }))
  })
  return { pid: child.pid ?? 0, out: () => said, kill: (signal) => child.kill(signal), ended }
}

/** Waits until a child has said something. */
export async function says(child: Child, text: string): Promise<void> {
  const ended = child.ended.then(({ code, signal, out }) => {
    if (!out.includes(text)) throw new Error(`ended with ${code ?? signal}: ${out}`)
  })
  ended.catch(() => undefined)
  while (!child.out().includes(text)) await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 5))])
}
