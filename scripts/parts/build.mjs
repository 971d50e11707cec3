import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, extname, join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inRoot, toolScript } from './paths.mjs'
import { runNode } from './run.mjs'

const source = inRoot('src')
const pages = inRoot('web')
const target = inRoot('dist')
const commandLine = join('cli', 'main.js')

/**
 * Builds dist from src and web: beside it first, and swapped in when complete, so that a failed build leaves the last good one
 * and a running server misses its files for an instant only.
 */
export async function build() {
  const begun = new Date()
  const fresh = inRoot('node_modules', '.cache', `convenio-build-${process.pid}`)
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true })
  try {
    const compiled = runNode([toolScript('typescript', 'tsc'), '-p', 'tsconfig.build.json', '--outDir', fresh])
    if (compiled.code !== 0) return { code: 1, output: compiled.stdout + compiled.stderr }
    const data = await writeData(fresh)
    const web = writePages(join(fresh, 'web'))
    await writeSchemas(fresh, join(fresh, 'schema'))
    makeRunnable(join(fresh, commandLine), begun)
    swap(fresh, target)
    const seconds = ((Date.now() - begun.getTime()) / 1000).toFixed(1)
    const parts = `${countModules(target)} modules, ${data} data files and ${web} files of the pages`
    return { code: 0, output: `Built dist: ${parts} in ${seconds} s` }
  } catch (problem) {
    return { code: 1, output: problem instanceof Error ? problem.message : String(problem) }
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

/** Whether something in src or web, or what steers the compiler, changed after dist was built. */
export function isStale() {
  const built = join(target, commandLine)
  if (!existsSync(built)) return true
  const builtAt = statSync(built).mtimeMs
  const steering = ['tsconfig.json', 'tsconfig.build.json', 'package.json', join('scripts', 'parts', 'build.mjs')]
  const folders = [source, pages].filter((folder) => existsSync(folder))
  const watched = [...folders, ...folders.flatMap(entries), ...steering.map((name) => inRoot(name))]
  // Folders count too: their time is all that tells of a deleted file.
  return watched.some((path) => statSync(path).mtimeMs > builtAt)
}

/** Writes the committed copies of the JSON Schemas, which editors use without building. */
export async function writeCommittedSchema() {
  await writeSchemas(target, inRoot('schema'))
}

/** Each YAML file becomes JSON, because parsing YAML would cost more than all other work at start; other data is copied. */
async function writeData(folder) {
  // Loaded here, because `npm start` reads this file before anything is installed.
  const { parse } = await import('yaml')
  let written = 0
  for (const path of entries(source)) {
    const inside = path.slice(source.length + 1)
    const kind = extname(path)
    if (!statSync(path).isFile() || kind === '.ts' || kind === '.md' || inside.split(sep).includes('cases')) continue
    const place = join(folder, inside)
    mkdirSync(dirname(place), { recursive: true })
    if (kind !== '.yaml') cpSync(path, place)
    else writeFileSync(place.replace(/\.yaml$/, '.json'), JSON.stringify(parseYaml(parse, path)))
    written += 1
  }
  return written
}

/** The pages as a browser takes them; gives how many files they are. */
function writePages(folder) {
  if (!existsSync(pages)) return 0
  const where = ['--config', join(pages, 'vite.config.ts'), '--outDir', folder, '--emptyOutDir']
  const { code, stdout, stderr } = runNode([toolScript('vite'), 'build', pages, ...where, '--logLevel', 'error'])
  if (code !== 0) throw new Error(`The pages were not built.\n${stdout}${stderr}`)
  return entries(folder).filter((path) => statSync(path).isFile()).length
}

function parseYaml(parse, path) {
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch (problem) {
    throw new Error(`${path}: ${problem instanceof Error ? problem.message : problem}`)
  }
}

async function writeSchemas(built, folder) {
  const module = join(built, 'reports', 'schema.js')
  if (!existsSync(module)) return
  const { schemas } = await import(pathToFileURL(module).href)
  mkdirSync(folder, { recursive: true })
  for (const [name, schema] of Object.entries(schemas())) {
    writeFileSync(join(folder, name), `${JSON.stringify(schema, null, 2)}\n`)
  }
}

/** The time is that of the build's beginning: a file edited while the compiler ran makes dist stale. */
function makeRunnable(path, begun) {
  if (!existsSync(path)) return
  chmodSync(path, 0o755)
  utimesSync(path, begun, begun)
}

function swap(fresh, place) {
  rmSync(place, { recursive: true, force: true })
  try {
    renameSync(fresh, place)
  } catch {
    // node_modules may be a mount of its own, and nothing is renamed across mounts.
    cpSync(fresh, place, { recursive: true, preserveTimestamps: true })
  }
}

function countModules(folder) {
  const inPages = join(folder, 'web', sep)
  return entries(folder).filter((path) => path.endsWith('.js') && !path.startsWith(inPages)).length
}

function entries(folder) {
  return readdirSync(folder, { recursive: true }).map((name) => join(folder, name))
}
