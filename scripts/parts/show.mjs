import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { parseArgs } from 'node:util'
import { build, isStale } from './build.mjs'
import { install } from './install.mjs'
import { inRoot, root } from './paths.mjs'
import { runNode } from './run.mjs'

const example = 'agreements/wom-aws-chile'
const place = '.convenio/example'
const commandLine = 'dist/cli/main.js'
const files = `${place}/files`
const data = `${place}/data`
// What the simulated business's parties settled: without it a bill in USD cannot be held against a bare $.
const supplement = `${example}/twin-supplement.yaml`
// The day of which the example's own text speaks: its last review.
const day = '2025-01-31'

/**
 * Installs and builds what is missing, simulates the example's business, imports its files, says where its clauses stand, and
 * serves it until stopped. `--port` and `--host` are those of the server; `--no-serve` ends after loading.
 */
export async function show(args) {
  const asked = askedOf(args)
  if (typeof asked === 'string') {
    console.error(`${asked}\nnpm start -- [--port 4601] [--host 127.0.0.1] [--no-serve]`)
    return 2
  }
  if (install().code !== 0) {
    console.error('Installing failed: see the lines above. Convenio needs the npm registry for its first start.')
    return 1
  }
  if (asked.serve && (await isTaken(asked)) && !isServed()) {
    const other = Number(asked.port) + 1
    console.error(`Port ${asked.port} is taken by another program. Choose another: npm start -- --port ${other}`)
    return 1
  }
  if (isStale() && !(await built())) return 1
  const steps = [
    () => existsSync(inRoot(files, 'truth.json')) || simulated(),
    () =>
      existsSync(inRoot(data, 'installation.json')) ||
      present('An installation for it', ['init', example, '--supplement', supplement, '--data', data]) === 0,
    () => present('Their files become evidence', ['import', files, '--data', data]) === 0,
    () => summarised(),
  ]
  if (!steps.every((step) => step())) return 1
  console.log(`\nAsk on: npx convenio standing --as-of ${day} --data ${data}`)
  console.log(`        npx convenio why commitment/year-2 --as-of ${day} --data ${data}`)
  console.log(`        npx convenio check ${example} --as-of ${day}`)
  return asked.serve ? served(asked) : 0
}

function askedOf(args) {
  const options = {
    port: { type: 'string', default: '4600' },
    host: { type: 'string', default: '127.0.0.1' },
    'no-serve': { type: 'boolean', default: false },
  }
  try {
    const { port, host, 'no-serve': noServe } = parseArgs({ args, options }).values
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return `--port ${port} is no port.`
    return { port, host, serve: !noServe }
  } catch (problem) {
    return problem.message
  }
}

/** Whether somebody listens there already. Any other trouble is the server's to tell. */
function isTaken({ port, host }) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', ({ code }) => resolve(code === 'EADDRINUSE'))
    probe.listen(Number(port), host, () => probe.close(() => resolve(false)))
  })
}

/** The server's own words then say where it runs. */
function isServed() {
  return existsSync(inRoot(data, 'server.json'))
}

async function built() {
  const { code, output } = await build()
  console[code === 0 ? 'log' : 'error'](output)
  // Made by another build: made anew, so that what is shown is this build's. A server that still runs keeps its folder.
  if (code === 0 && !isServed()) rmSync(inRoot(place), { recursive: true, force: true })
  return code === 0
}

function simulated() {
  const scenario = `${example}/twin.yaml`
  return present('Three simulated years of that business', ['simulate', scenario, '--out', files, '--seed', '1']) === 0
}

/** The first lines of the standing: how many clauses stand how, and the money at stake. */
function summarised() {
  const args = ['standing', '--as-of', day, '--data', data]
  title('Where the clauses stand', args)
  const env = { ...process.env, COLUMNS: String(Math.min(process.stdout.columns ?? 80, 120)) }
  const { code, stdout, stderr } = runNode([commandLine, ...args], { env })
  process.stderr.write(stderr)
  console.log(stdout.split('\n\n')[0])
  return code === 0
}

/** Runs the server in this terminal. Whoever stops us stops it: we end when it has ended. */
function served({ host, port }) {
  const args = ['serve', '--data', data, '--host', host, '--port', port]
  title('The pages', args)
  return new Promise((resolve) => {
    const server = spawn(process.execPath, [commandLine, ...args], { cwd: root, stdio: 'inherit' })
    // A terminal sends Ctrl-C to both of us; what a program sends to us alone is passed on.
    process.on('SIGINT', () => {})
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal))
    server.on('error', ({ message }) => {
      console.error(message)
      resolve(1)
    })
    server.on('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 130)))
  })
}

function present(heading, args) {
  title(heading, args)
  const { code, crashed } = runNode([commandLine, ...args], { show: 'all' })
  return crashed ? 2 : code
}

function title(heading, args) {
  const text = `${heading}   convenio ${args.join(' ')}`
  const coloured = process.stdout.isTTY && !process.env.NO_COLOR
  const rule = '─'.repeat(Math.min(process.stdout.columns ?? 80, 80))
  console.log(coloured ? `\n\u001b[1m${text}\u001b[0m\n${rule}\n` : `\n${text}\n${rule}\n`)
}
