import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type Home, type Kind, newHome } from '../evidence/places.ts'

/** The repository, in which children run. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** The built command line. */
export const MAIN = join(ROOT, 'dist/cli/main.js')
/** The example, as an agreement to install and as a business to simulate. */
export const EXAMPLE = 'agreements/wom-aws-chile'

const folders = new Set<string>()

/** A new folder that `clearAway` removes. */
export function newFolder(name = 'convenio-fault-'): string {
  const folder = mkdtempSync(join(tmpdir(), name))
  folders.add(folder)
  return folder
}

/** Removes every folder that was made here; the installations of the simulated business are large. */
export function clearAway(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  folders.clear()
}

const KEPT = 4
const MANY = ['contacts', 'agent-events']

/** Files of a small simulated business: every source, two months; of what an hour delivers only a few. */
export function smallBusiness(seed: number, ...more: string[]): { files: string; said: string } {
  const files = join(newFolder('convenio-business-'), 'files')
  const range = ['--from', '2024-12', '--to', '2025-01', '--scale', '0.02', '--seed', String(seed), ...more]
  const args = [MAIN, 'simulate', join(ROOT, EXAMPLE, 'twin.yaml'), '--out', files, ...range]
  const made = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })
  if (made.status !== 0) throw new Error(made.stderr + made.stdout)
  for (const name of MANY) for (const alias of readdirSync(join(files, name))) thin(join(files, name, alias))
  return { files, said: made.stdout }
}

function thin(folder: string): void {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
    .sort()
  for (const path of all.slice(KEPT)) rmSync(path)
}

/** The environment in which the command line works on a home. */
export function environment(home: Home): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...rest } = process.env
  const own = { CONVENIO_DATA: home.root, CONVENIO_LANGUAGE: 'en', NO_COLOR: '1', CONVENIO_WAIT: '30', COLUMNS: '80' }
  return { ...rest, ...own, ...(home.databaseUrl ? { DATABASE_URL: home.databaseUrl } : {}) }
}

/** How a command ended. */
export interface Ended {
  code: number | null
  out: string
  err: string
}

/** Runs the command line to its end. */
export function run(home: Home, ...args: string[]): Ended {
  const options = { cwd: ROOT, env: environment(home), encoding: 'utf8', timeout: 240_000 } as const
  const done = spawnSync(process.execPath, [MAIN, ...args], { ...options, maxBuffer: 64 * 1024 * 1024 })
  return { code: done.status, out: done.stdout, err: done.stderr }
}

const prepared = new Map<Kind, Home>()
let copies = 0

/** A home with an installation of the example: a copy of one that was made by `convenio init`. */
export async function installed(kind: Kind): Promise<Home> {
  const first = prepared.get(kind)
  if (first) return copyOf(first)
  const home = await newHome(kind)
  folders.add(dirname(home.root))
  const made = run(home, 'init', EXAMPLE)
  if (made.code !== 0) throw new Error(made.err)
  prepared.set(kind, home)
  return copyOf(home)
}

/** A copy of an installation, with its database where a server has it. Nobody may have it open. */
export async function copyOf(home: Home): Promise<Home> {
  const root = join(newFolder(), 'data')
  cpSync(home.root, root, { recursive: true, preserveTimestamps: true })
  if (home.databaseUrl === undefined) return { root }
  const from = new URL(home.databaseUrl)
  const to = new URL(home.databaseUrl)
  copies += 1
  to.pathname = `/copy_${process.pid}_${copies}`
  const admin = new URL(home.databaseUrl)
  admin.pathname = '/postgres'
  const client = new pg.Client(admin.href)
  await client.connect()
  await client.query(`create database ${to.pathname.slice(1)} template ${from.pathname.slice(1)}`)
  await client.end()
  return { root, databaseUrl: to.href }
}

/** Every file below a folder with its path relative to it, in order. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name).slice(folder.length + 1))
    .sort()
}
