import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { skipFlag } from './install.mjs'
import { inRoot } from './paths.mjs'
import { run, runNode, runNpm } from './run.mjs'

const example = join('node_modules', 'convenio', 'agreements', 'wom-aws-chile')

/** What a user gets from the registry: packs the build, installs it into an empty folder and uses it there. */
export async function testPackage(tally, built) {
  // The space and the accent are on purpose: folders of real people have them.
  const folder = mkdtempSync(join(tmpdir(), 'convenio paquete ñ '))
  const user = join(folder, 'user')
  try {
    let tarball
    const packed = await tally.step('package: packed', () => {
      if (!built) return failed('not packed, because the build failed')
      const result = pack(folder)
      tarball = result.tarball
      return result
    })
    await tally.step('package: publint', () => (packed ? lint(tarball) : failed('nothing packed')))
    const ready = await tally.step('package: installed into an empty folder', () =>
      packed ? installInto(user, tarball) : failed('nothing packed'),
    )
    for (const [name, use] of uses) {
      await tally.step(`package: ${name}`, () => (ready ? use(user) : failed('nothing installed')))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const uses = [
  ['--version is the package’s', versionIsOurs],
  ['check finds the example’s errors', checkFinds],
  ['check --format json is JSON', checkJson],
  ['standing judges the example', standingJudges],
  ['explain a finding', explainFinding],
  ['refused input: exit 1, no stack', refusedInput],
  ['wrong usage: exit 2, no stack', wrongUsage],
  ['the library loads and has types', libraryLoads],
  ['serve gives pages, and takes over commands', serves],
]

function pack(folder) {
  // npm 10 runs `prepare` even with --ignore-scripts, and it would build a second time what the step before has built.
  const env = { ...process.env, [skipFlag]: '1' }
  const { code, stdout, stderr } = runNpm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { env })
  if (code !== 0) return failed(stdout + stderr)
  const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf('[')))
  const paths = files.map((file) => file.path)
  const wanted = [
    'LICENSE',
    'NOTICE',
    'README.md',
    'CHANGELOG.md',
    'dist/cli/main.js',
    'dist/index.d.ts',
    'dist/schema/agreement.schema.json',
    'dist/web/index.html',
    'dist/client/index.d.ts',
  ]
  const missing = wanted.filter((path) => !paths.includes(path))
  const surplus = paths.filter((path) => !path.startsWith('agreements/') && isForeign(path))
  const output = [
    ...missing.map((path) => `missing in the package: ${path}`),
    ...surplus.map((path) => `not for the package: ${path}`),
  ]
  return { code: output.length === 0 ? 0 : 1, output: output.join('\n'), tarball: join(folder, filename) }
}

/** Cases, tests and sources stay at home. */
function isForeign(path) {
  return (
    /(^|\/)(cases|test|src)\//.test(path) || path.endsWith('.yaml') || (path.endsWith('.ts') && !path.endsWith('.d.ts'))
  )
}

async function lint(tarball) {
  // Loaded here, because `npm test` reads this file before anything is installed.
  const [{ publint }, { formatMessage }] = await Promise.all([import('publint'), import('publint/utils')])
  const content = readFileSync(tarball)
  const archive = content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength)
  const { messages, pkg } = await publint({ pack: { tarball: archive }, level: 'warning', strict: true })
  const output = messages.map((message) => formatMessage(message, pkg)).join('\n')
  return { code: messages.length === 0 ? 0 : 1, output }
}

function installInto(user, tarball) {
  mkdirSync(user)
  writeFileSync(join(user, 'package.json'), '{"name": "user", "private": true, "type": "module"}\n')
  const args = ['install', tarball, '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline']
  const { code, stdout, stderr } = runNpm(args, { cwd: user })
  return { code, output: stdout + stderr }
}

function versionIsOurs(user) {
  const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))
  const said = convenio(user, '--version')
  return expectAll(said, { 'exit 0': said.code === 0, [`prints ${version}`]: said.stdout.trim() === version })
}

function checkFinds(user) {
  const said = convenio(user, 'check', example)
  return expectAll(said, {
    'exit 1': said.code === 1,
    'prints findings': said.stdout.length > 1000,
    'no stack trace': noStack(said),
  })
}

function checkJson(user) {
  const said = convenio(user, 'check', example, '--format', 'json')
  const { findings, clauses } = jsonOf(said)
  return expectAll(said, {
    'exit 1': said.code === 1,
    'has clauses': Array.isArray(clauses) ? clauses.length > 0 : clauses > 0,
    'has an error among its findings': findings.some((finding) => finding.severity === 'error'),
  })
}

function standingJudges(user) {
  const said = convenio(user, 'standing', '--agreement', example, '--as-of', '2025-01-31', '--format', 'json')
  const { clauses, asOf } = jsonOf(said)
  return expectAll(said, {
    'exit 0': said.code === 0,
    'has clauses': clauses.length > 0,
    'is as of the date': asOf === '2025-01-31',
  })
}

function explainFinding(user) {
  const { findings } = jsonOf(convenio(user, 'check', example, '--format', 'json'))
  const said = convenio(user, 'explain', findings[0].code)
  return expectAll(said, { 'exit 0': said.code === 0, 'prints a page': said.stdout.length > 100 })
}

function refusedInput(user) {
  writeFileSync(join(user, 'empty.md'), '')
  return worst(
    ['no-such-file.md', 'empty.md', 'node_modules/.bin'].map((path) => {
      const said = convenio(user, 'check', path)
      return expectAll(said, { [`exit 1 for ${path}`]: said.code === 1, 'no stack trace': noStack(said) })
    }),
  )
}

function wrongUsage(user) {
  return worst(
    [
      ['check'],
      ['no-such-command'],
      ['check', example, '--no-such-option'],
      ['check', example, '--format', 'nonsense'],
    ].map((args) => {
      const said = convenio(user, ...args)
      return expectAll(said, {
        [`exit 2 for ${args.join(' ')}`]: said.code === 2,
        'no stack trace': noStack(said),
        'nothing on standard output': said.stdout === '',
      })
    }),
  )
}

function libraryLoads(user) {
  const said = runNode(['-e', 'import("convenio").then((api) => console.log(Object.keys(api).length))'], { cwd: user })
  const declared = readdirSync(join(user, 'node_modules', 'convenio', 'dist')).includes('index.d.ts')
  return expectAll(said, {
    'exit 0': said.code === 0,
    'exports something': Number(said.stdout) > 0,
    'has types': declared,
  })
}

/** Serves an installation of the example, looks at a page with its script, asks by the client, and hands a command over. */
async function serves(user) {
  const made = convenio(user, 'init', example, '--data', 'mine')
  if (made.code !== 0) return failed(made.stdout + made.stderr)
  const script = join('node_modules', 'convenio', 'dist', 'cli', 'main.js')
  const server = spawn(process.execPath, [script, 'serve', '--data', 'mine', '--port', '0'], { cwd: user })
  try {
    const said = await saidBy(server, /(http:\S+)\/first-administrator#\S+/)
    const url = said.match[1]
    const page = await (await fetch(`${url}/`, { headers: { accept: 'text/html' } })).text()
    const [, asset = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(page) ?? []
    const code = await fetch(`${url}${asset}`)
    const client = `import('convenio/client').then(async ({ convenioClient }) => {
      const { data } = await convenioClient({ server: '${url}' }).GET('/api/v1/session')
      console.log(data.empty)
    })`
    const asked = await later(process.execPath, ['-e', client], user)
    const handed = await later(process.execPath, [script, 'standing', '--data', 'mine', '--format', 'json'], user)
    return expectAll(handed, {
      'serves the page': page.includes('<div id="root"'),
      'serves its script': code.ok && (code.headers.get('content-type') ?? '').includes('javascript'),
      'the client asks': asked.stdout.trim() === 'true',
      'a command is answered while it serves': handed.code === 0 && jsonOf(handed).clauses.length > 0,
    })
  } finally {
    server.kill('SIGTERM')
    await new Promise((resolve) => (server.exitCode === null ? server.once('exit', resolve) : resolve()))
  }
}

/** Waits until a process has said what a pattern finds. */
function saidBy(child, pattern) {
  return new Promise((resolve, reject) => {
    let text = ''
    const hear = (part) => {
      text += part
      const match = pattern.exec(text)
      if (match) resolve({ text, match })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => reject(new Error(`exit ${code}\n${text}`)))
  })
}

/** Runs a program without stopping this one, which a server that asks and is asked would not survive. */
function later(program, args, cwd) {
  const child = spawn(program, args, { cwd })
  const said = { code: 1, stdout: '', stderr: '' }
  child.stdout.on('data', (part) => {
    said.stdout += part
  })
  child.stderr.on('data', (part) => {
    said.stderr += part
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...said, code })))
}

/** The command as npm linked it, so that a lost shebang or executable bit is seen. */
function convenio(user, ...args) {
  const link = join(user, 'node_modules', '.bin', 'convenio')
  if (process.platform === 'win32') return run('cmd.exe', ['/d', '/s', '/c', `${link}.cmd`, ...args], { cwd: user })
  return run(link, args, { cwd: user })
}

function jsonOf({ code, stdout, stderr }) {
  try {
    return JSON.parse(stdout)
  } catch {
    throw new Error(`no JSON on standard output\nexit ${code}\n${stdout.slice(0, 2000)}${stderr.slice(0, 2000)}`)
  }
}

function noStack({ stdout, stderr }) {
  return !/^\s+at .+:\d+:\d+\)?$/m.test(stdout + stderr)
}

function expectAll(said, expectations) {
  const broken = Object.keys(expectations).filter((name) => !expectations[name])
  if (broken.length === 0) return { code: 0 }
  return failed(
    `expected: ${broken.join('; ')}\nexit ${said.code}\n${said.stdout.slice(0, 2000)}${said.stderr.slice(0, 2000)}`,
  )
}

function worst(results) {
  return results.find((result) => result.code !== 0) ?? { code: 0 }
}

function failed(output) {
  return { code: 1, output }
}
